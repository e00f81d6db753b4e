// device-check: looks at what only a device can show, and prints it.
//
// Exit codes: 0 looked at, 1 it could not be, 2 usage, 4 no usable TensorRT or device.

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "common/command_options.h"
#include "device-check/bench.h"
#include "device-check/checks.h"
#include "host/policy_name.h"

namespace {

constexpr char kUsage[] =
    "usage: device-check CHECK --delegate FILE --interposer FILE [options]\n"
    "  probe                                        versions and device\n"
    "  budget-calls --plan FILE                     each budget call on TensorRT alone\n"
    "  outputs --program FILE --budget B ...        a run at each budget (absent: none)\n"
    "  loads --program FILE --times N [--budget B]  load, run, unload\n"
    "  threads --program FILE --times N [--budget B ...]\n"
    "  changes --program FILE --times N --budget B ...  changed while loaded\n"
    "  tight --program FILE --free BYTES [--budget B]\n"
    "  devices --program FILE --devices N [--current N] [--budget B]\n"
    "--policy fitting (default) or upstream says who chooses automatic budgets.\n"
    "Programs have one method, forward. TensorRT and the CUDA runtime are those that\n"
    "WSB_INTERPOSED_TENSORRT and WSB_INTERPOSED_CUDART name (native/interposer).\n";

struct Given {
  std::string delegate;
  std::string interposer;
  WsbPolicy policy = kWsbPolicyFitting;
  wsb::CheckArguments check;
};

bool ReadArguments(const std::vector<std::string>& words, Given* given, std::string* error) {
  const auto budget = [given](const std::string& value) {
    given->check.budgets.push_back(value == "absent" ? wsb::Budget() : wsb::Budget(value));
    return true;
  };
  const auto policy = [given](const std::string& value) {
    return wsb::ReadPolicy(value, &given->policy);
  };
  const std::vector<wsb::CommandOption> options = {
      {"--delegate", wsb::TextInto(&given->delegate)},
      {"--interposer", wsb::TextInto(&given->interposer)},
      {"--policy", policy},
      {"--program", wsb::TextInto(&given->check.program)},
      {"--plan", wsb::TextInto(&given->check.plan)},
      {"--budget", budget},
      {"--free", wsb::NumberInto<int64_t>(&given->check.free, 1)},
      {"--times", wsb::NumberInto<int64_t>(&given->check.times, 1)},
      {"--devices", wsb::NumberInto<int64_t>(&given->check.devices, 1, wsb::kMostDevices)},
      {"--current", wsb::NumberInto<int64_t>(&given->check.current, 0, wsb::kMostDevices - 1)},
  };
  if (!wsb::ReadOptions(words, options, error)) {
    return false;
  }
  *error = "--delegate and --interposer have to be given";
  return !given->delegate.empty() && !given->interposer.empty();
}

struct Check {
  std::string_view name;
  bool (*run)(const wsb::Bench&, const wsb::CheckArguments&, std::string*);
};

constexpr Check kChecks[] = {
    {"probe", &wsb::Probe},        {"budget-calls", &wsb::BudgetCalls},
    {"outputs", &wsb::Outputs},    {"loads", &wsb::RepeatedLoads},
    {"threads", &wsb::TwoThreads}, {"tight", &wsb::TightMemory},
    {"devices", &wsb::Devices},    {"changes", &wsb::Changes},
};

}  // namespace

int main(int argc, char** argv) {
  constexpr int kDone = 0, kNotMade = 1, kUsageExit = 2, kNoDevice = 4;
  Given given;
  const Check* check = nullptr;
  for (const Check& each : kChecks) {
    check = argc > 1 && each.name == argv[1] ? &each : check;
  }
  std::string error = "a check has to be named";
  if (check == nullptr ||
      !ReadArguments(std::vector<std::string>(argv + 2, argv + argc), &given, &error)) {
    std::fprintf(stderr, "%sdevice-check: %s\n", kUsage, error.c_str());
    return kUsageExit;
  }
  const auto bench = wsb::Bench::Open(given.delegate, given.interposer, given.policy, &error);
  if (bench != nullptr && check->run(*bench, given.check, &error)) {
    return kDone;
  }
  std::fprintf(stderr, "device-check: %s\n", error.c_str());
  return bench == nullptr || check->run == &wsb::Probe ? kNoDevice : kNotMade;
}
