// device-check: looks at what only a device can show, and prints it.
//
// Exit codes: 0 looked at, 1 it could not be, 2 usage, 4 no usable TensorRT or device.

#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

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
    "  tight --program FILE --free BYTES [--budget B]\n"
    "--policy fitting (default) or upstream says who chooses automatic budgets.\n"
    "Programs have one method, forward. TensorRT and the CUDA runtime are those that\n"
    "WSB_INTERPOSED_TENSORRT and WSB_INTERPOSED_CUDART name (native/interposer).\n";

struct Given {
  std::string delegate;
  std::string interposer;
  WsbPolicy policy = kWsbPolicyFitting;
  wsb::CheckArguments check;
};

bool ReadNumber(std::string_view text, int64_t* number) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, *number);
  return error == std::errc() && rest == end && *number > 0;
}

bool ReadOption(std::string_view name, const std::string& value, Given* given) {
  if (name == "--times") {
    return ReadNumber(value, &given->check.times);
  }
  if (name == "--policy") {
    return wsb::ReadPolicy(value, &given->policy);
  }
  if (name == "--free") {
    return ReadNumber(value, &given->check.free);
  }
  if (name == "--budget") {
    given->check.budgets.push_back(value == "absent" ? wsb::Budget() : wsb::Budget(value));
    return true;
  }
  const struct {
    std::string_view name;
    std::string* value;
  } texts[] = {{"--delegate", &given->delegate},
               {"--interposer", &given->interposer},
               {"--program", &given->check.program},
               {"--plan", &given->check.plan}};
  for (const auto& text : texts) {
    if (text.name == name) {
      *text.value = value;
      return true;
    }
  }
  return false;
}

bool ReadArguments(int argc, char** argv, Given* given) {
  for (int n = 2; n < argc; n += 2) {
    if (n + 1 == argc || !ReadOption(argv[n], argv[n + 1], given)) {
      return false;
    }
  }
  return argc > 1 && !given->delegate.empty() && !given->interposer.empty();
}

struct Check {
  std::string_view name;
  bool (*run)(const wsb::Bench&, const wsb::CheckArguments&, std::string*);
};

bool ProbeOnly(const wsb::Bench& bench, const wsb::CheckArguments&, std::string* error) {
  return wsb::Probe(bench, error);
}

constexpr Check kChecks[] = {
    {"probe", &ProbeOnly},         {"budget-calls", &wsb::BudgetCalls},
    {"outputs", &wsb::Outputs},    {"loads", &wsb::RepeatedLoads},
    {"threads", &wsb::TwoThreads}, {"tight", &wsb::TightMemory},
};

}  // namespace

int main(int argc, char** argv) {
  constexpr int kDone = 0, kNotMade = 1, kUsageExit = 2, kNoDevice = 4;
  Given given;
  const Check* check = nullptr;
  for (const Check& each : kChecks) {
    check = argc > 1 && each.name == argv[1] ? &each : check;
  }
  if (check == nullptr || !ReadArguments(argc, argv, &given)) {
    std::fputs(kUsage, stderr);
    return kUsageExit;
  }
  std::string error;
  const auto bench = wsb::Bench::Open(given.delegate, given.interposer, given.policy, &error);
  if (bench != nullptr && check->run(*bench, given.check, &error)) {
    return kDone;
  }
  std::fprintf(stderr, "device-check: %s\n", error.c_str());
  return bench == nullptr || check->run == &ProbeOnly ? kNoDevice : kNotMade;
}
