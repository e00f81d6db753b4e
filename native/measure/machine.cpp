#include "measure/machine.h"

#include <cstdio>
#include <utility>

#include "measure/budget_log.h"
#include "simulator/control.h"
#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

void LogMessage(LogSeverity severity, const char* message) noexcept {
  if (severity <= LogSeverity::kError) {
    std::fprintf(stderr, "TensorRT: %s\n", message);
  }
}

// Lays out the memory of the simulated device.
bool BeginSimulation(const MachinePaths& paths, std::string* error) {
  const SharedLibrary simulator = SharedLibrary::Open({paths.simulator}, error);
  if (!simulator.IsOpen()) {
    return false;
  }
  decltype(&trtsim_begin) begin = nullptr;
  if (!simulator.Find("trtsim_begin", &begin)) {
    *error = paths.simulator + " is not the simulator: it lacks trtsim_begin";
    return false;
  }
  TrtSimDevice device{};
  device.total_bytes = paths.simulated_bytes;
  device.free_bytes = paths.simulated_bytes;
  begin(&device);
  return true;
}

}  // namespace

std::unique_ptr<const Machine> Machine::Open(const MachinePaths& paths, std::string* error) {
  if (!BudgetLog::Install()) {
    *error = "something else in this process has taken over ExecuTorch's log";
    return nullptr;
  }
  if (!paths.simulator.empty() && !BeginSimulation(paths, error)) {
    return nullptr;
  }
  std::unique_ptr<Machine> machine(new Machine);
  machine->tensorrt_ = TensorRt::Load({paths.tensorrt}, {paths.cudart}, &LogMessage, error);
  if (machine->tensorrt_ == nullptr) {
    return nullptr;
  }
  const SharedLibrary delegate = SharedLibrary::Open({paths.delegate}, error);
  if (!delegate.IsOpen()) {
    *error = "cannot load the delegate: " + *error;
    return nullptr;
  }
  decltype(&wsb_delegate_configure) configure = nullptr;
  if (delegate.Find("wsb_delegate_configure", &configure) &&
      configure(paths.tensorrt.c_str(), paths.cudart.c_str()) != 0) {
    *error = paths.delegate + " has loaded another TensorRT already";
    return nullptr;
  }
  delegate.Find("wsb_delegate_policy", &machine->set_policy_);
  return machine;
}

bool Machine::SetPolicy(WsbPolicy policy) const {
  return set_policy_ != nullptr && set_policy_(policy) == 0;
}

}  // namespace wsb
