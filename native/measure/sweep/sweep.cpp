// wsb-sweep: loads a program again and again with more or less device memory free, and says what
// became of it. A command a line on standard input, an answer a line (JSON) on standard output; a
// process that ends without an answer has crashed at that command.
//
//   describe                 sizes of the plan
//   hold BYTES               leaves that much device memory free from now on; 0: all
//   load POLICY BUDGET RUNS  loads with POLICY (fitting, upstream) and the option BUDGET (- for
//                            none), executes RUNS times, unloads
//
// Exit codes: 0 standard input ended, 2 usage, 4 a library, the program or the GPU can't be used.

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "measure/machine/arguments.h"
#include "measure/machine/budget_log.h"
#include "measure/machine/device_program.h"
#include "measure/machine/file_bytes.h"
#include "measure/machine/held_memory.h"
#include "measure/machine/json_text.h"
#include "measure/machine/machine.h"

namespace wsb {
namespace {

enum ExitCode { kEnded = 0, kUsageError = 2, kInfrastructure = 4 };

using executorch::runtime::Error;

class Sweep {
 public:
  Sweep(const Machine& machine, const MeasureArguments& arguments)
      : machine_(machine), arguments_(arguments), held_(machine.cuda()) {}

  bool Open(std::string* error) {
    program_ = DeviceProgram::Open(arguments_.program, machine_.cuda(), error);
    return program_ != nullptr;
  }

  // Carries out a command; false when it is none.
  bool Run(const std::string& line, std::string* error);

 private:
  bool Describe(std::string* error);
  void Hold(uint64_t free);
  void Load(const std::string& policy, const std::string& budget, int runs);
  Error Execute(int runs, std::vector<double>* microseconds);

  const Machine& machine_;
  const MeasureArguments& arguments_;
  HeldMemory held_;
  // What is to be free; 0 for all.
  uint64_t free_ = 0;
  std::unique_ptr<DeviceProgram> program_;
};

bool Sweep::Run(const std::string& line, std::string* error) {
  std::istringstream words(line);
  std::string command;
  std::string policy;
  std::string budget;
  uint64_t number = 0;
  words >> command;
  if (command == "describe") {
    return Describe(error);
  }
  if (command == "hold" && words >> number) {
    Hold(number);
    return true;
  }
  if (command == "load" && words >> policy >> budget >> number) {
    Load(policy, budget, static_cast<int>(number));
    return true;
  }
  *error = "no command: " + line;
  return false;
}

bool Sweep::Describe(std::string* error) {
  FileBytes plan;
  if (!plan.Read(arguments_.plan, error)) {
    return false;
  }
  const Runtime runtime = machine_.tensorrt().CreateRuntime();
  const Engine engine =
      runtime ? runtime.DeserializeCudaEngine(plan.data(), plan.size()) : Engine();
  if (!engine) {
    *error = "TensorRT refused " + arguments_.plan;
    return false;
  }
  const int64_t streamable = engine.GetStreamableWeightsSize();
  const int64_t activations = engine.GetDeviceMemorySizeV2();
  // The scratch is told only while a budget streams.
  const bool streams = streamable > 0 && engine.SetWeightStreamingBudgetV2(0);
  std::printf("{\"tensorrt\":%" PRId32 ",\"streamable\":\"%" PRId64 "\",\"scratch\":\"%" PRId64
              "\",\"activations\":\"%" PRId64 "\",\"free\":\"%" PRIu64 "\"}\n",
              machine_.tensorrt().version(), streamable,
              streams ? engine.GetWeightStreamingScratchMemorySize() : 0, activations,
              held_.Free());
  return true;
}

void Sweep::Hold(uint64_t free) {
  free_ = free;
  if (free == 0) {
    held_.Release();
  }
  const bool reached = free == 0 || held_.LeaveFree(free);
  std::printf("{\"free\":\"%" PRIu64 "\",\"reached\":%s}\n", held_.Free(),
              reached ? "true" : "false");
}

void Sweep::Load(const std::string& policy, const std::string& budget, int runs) {
  // What a load before this one has kept is made up for.
  const bool reached = free_ == 0 || held_.LeaveFree(free_);
  const uint64_t free = held_.Free();
  BudgetLog::Clear();
  Error error =
      machine_.SetPolicy(policy == "upstream" ? BudgetPolicy::kUpstream : BudgetPolicy::kFitting)
          ? Error::Ok
          : Error::NotSupported;
  if (error == Error::Ok) {
    error = program_->Load(budget == "-" ? nullptr : budget.c_str());
  }
  const bool loaded = error == Error::Ok;
  std::vector<double> microseconds;
  if (loaded) {
    error = Execute(runs, &microseconds);
  }
  const uint64_t free_while_loaded = held_.Free();
  program_->Unload();

  std::string budgets;
  for (const int64_t applied : BudgetLog::Budgets()) {
    budgets += (budgets.empty() ? "\"" : ",\"") + std::to_string(applied) + "\"";
  }
  std::string times;
  for (const double time : microseconds) {
    char text[32];
    std::snprintf(text, sizeof(text), "%s%.1f", times.empty() ? "" : ",", time);
    times += text;
  }
  std::printf("{\"free\":\"%" PRIu64
              "\",\"reached\":%s,\"loaded\":%s,\"error\":%u,\"budgets\":[%s]"
              ",\"freeWhileLoaded\":\"%" PRIu64 "\",\"microseconds\":[%s],\"message\":%s}\n",
              free, reached ? "true" : "false", loaded ? "true" : "false",
              static_cast<unsigned>(error), budgets.c_str(), free_while_loaded, times.c_str(),
              JsonText(BudgetLog::FirstError()).c_str());
}

// The first run, which is not timed, takes what TensorRT takes only then.
Error Sweep::Execute(int runs, std::vector<double>* microseconds) {
  for (int run = -1; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const Error error = program_->Execute();
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    if (error != Error::Ok) {
      return error;
    }
    if (run >= 0) {
      microseconds->push_back(time.count());
    }
  }
  return Error::Ok;
}

int Fail(ExitCode code, const std::string& error) {
  std::fprintf(stderr, "wsb-sweep: %s\n", error.c_str());
  return code;
}

int Main(int count, char** words) {
  MeasureArguments arguments;
  std::string error;
  if (!ReadMeasureArguments(count - 1, words + 1, &arguments, &error)) {
    return Fail(kUsageError, error + "\nusage: wsb-sweep" + kMeasureUsage);
  }
  const std::unique_ptr<const Machine> machine = Machine::Open(arguments.machine, &error);
  if (machine == nullptr) {
    return Fail(kInfrastructure, error);
  }
  Sweep sweep(*machine, arguments);
  if (!sweep.Open(&error)) {
    return Fail(kInfrastructure, error);
  }
  for (std::string line; std::getline(std::cin, line);) {
    if (!sweep.Run(line, &error)) {
      return Fail(kInfrastructure, error);
    }
    std::fflush(stdout);
  }
  return kEnded;
}

}  // namespace
}  // namespace wsb

int main(int count, char** words) {
  try {
    return wsb::Main(count, words);
  } catch (const std::exception& exception) {
    return wsb::Fail(wsb::kInfrastructure, exception.what());
  }
}
