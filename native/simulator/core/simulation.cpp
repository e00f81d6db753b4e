#include "simulator/core/simulation.h"

#include <atomic>
#include <mutex>
#include <vector>

#include "tensorrt/slots.h"

namespace wsb {
namespace {

// Simulations whose thread has ended. None is ever destroyed: an object may outlive its thread.
struct Idle {
  std::mutex mutex;
  std::vector<Simulation*> simulations;
};

Idle& TheIdle() {
  static Idle* const idle = new Idle;
  return *idle;
}

Simulation* TakeIdle() {
  Idle& idle = TheIdle();
  const std::lock_guard lock(idle.mutex);
  if (idle.simulations.empty()) {
    return new Simulation;
  }
  Simulation* const simulation = idle.simulations.back();
  idle.simulations.pop_back();
  return simulation;
}

// Holds a simulation for as long as a thread lives.
class Lease {
 public:
  Lease() : simulation_(TakeIdle()) {}
  ~Lease() {
    Idle& idle = TheIdle();
    const std::lock_guard lock(idle.mutex);
    idle.simulations.push_back(simulation_);
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Simulation& get() const { return *simulation_; }

 private:
  Simulation* simulation_;
};

std::atomic<int32_t> g_version{110100};

}  // namespace

Simulation& Simulation::OfThisThread() {
  thread_local const Lease lease;
  return lease.get();
}

void Simulation::Begin(const TrtSimDevice& device) {
  ++case_number_;
  program_.Set(device.program, device.program_size);
  engine_count_ = 0;
  live_ = {};
  log_.Reset();
  memory_.Reset(device.total_bytes, device.free_bytes);
  faults_.Reset(device.faults, device.fault_count);
  allocations_.Recycle();
  runtimes_.Recycle();
  engines_.Recycle();
  contexts_.Recycle();
  events_.Recycle();
  current_device = 0;
  device_of_step_ = 0;
  last_cuda_error = 0;
}

void Simulation::EndStep() {
  if (current_device != device_of_step_) {
    log_.Note(Violation::kDeviceLeftChanged);
  }
  device_of_step_ = current_device;
}

int32_t SimulatedVersion() { return g_version.load(); }

bool SetSimulatedVersion(int32_t version) {
  if (SlotsForVersion(version) == nullptr) {
    return false;
  }
  g_version.store(version);
  return true;
}

}  // namespace wsb
