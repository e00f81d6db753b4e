// The checks that load programs with the delegate.

#include <array>
#include <chrono>
#include <thread>

#include "common/json_line.h"
#include "device-check/checks.h"
#include "device-check/loaded_program.h"

namespace wsb {
namespace {

using executorch::runtime::Error;

int64_t Code(Error error) { return static_cast<int64_t>(error); }

std::string TextOf(const Budget& budget) { return budget.value_or("absent"); }

// The last answers of TensorRT: the automatic budget, a set, and whether a context was made.
void AddCalls(const Bench& bench, JsonLine* line) {
  size_t count = 0;
  const TrtSimEvent* const events = bench.subject().simulator().events(&count);
  const TrtSimEvent* automatic = nullptr;
  const TrtSimEvent* set = nullptr;
  const TrtSimEvent* context = nullptr;
  for (size_t n = 0; n < count; ++n) {
    const TrtSimEvent& event = events[n];
    automatic = event.call == kTrtSimGetWeightStreamingAutomaticBudget ? &event : automatic;
    set = event.call == kTrtSimSetWeightStreamingBudgetV2 ? &event : set;
    context = event.call == kTrtSimCreateExecutionContext ? &event : context;
  }
  if (automatic != nullptr) {
    line->Decimal("automatic", automatic->value);
  }
  if (set != nullptr) {
    line->Decimal("set", set->value).Flag("accepted", set->ok != 0);
  }
  if (context != nullptr) {
    line->Flag("context", context->ok != 0);
  }
}

// Loads and runs once. The line holds what came of both.
JsonLine LoadAndRun(LoadedProgram* program, const Budget& budget) {
  JsonLine line;
  line.Text("budget", TextOf(budget));
  const Error loaded = program->Load(budget);
  line.Decimal("load", Code(loaded));
  if (loaded == Error::Ok) {
    const RunResult result = program->Run();
    line.Decimal("run", Code(result.error))
        .Decimal("checksum", result.checksum)
        .Flag("allZero", result.all_zero);
  }
  return line;
}

}  // namespace

bool Outputs(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  const auto program = LoadedProgram::Read(arguments.program, error);
  if (program == nullptr) {
    return false;
  }
  for (const Budget& budget : arguments.budgets) {
    LoadAndRun(program.get(), budget).Print();
    program->Unload();
  }
  return true;
}

bool RepeatedLoads(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  const auto program = LoadedProgram::Read(arguments.program, error);
  if (program == nullptr) {
    return false;
  }
  const Budget budget = arguments.BudgetOf(0);
  int64_t failed = 0;
  DeviceBytes first;
  DeviceBytes last;
  for (int64_t n = 0; n < arguments.times; ++n) {
    const bool ok = program->Load(budget) == Error::Ok && program->Run().error == Error::Ok;
    failed += ok ? 0 : 1;
    program->Unload();
    // What a first load leaves behind (code, pools) is kept for the next.
    if (!bench.ReadMemory(n == 0 ? &first : &last)) {
      *error = "the CUDA runtime does not report how much memory is free";
      return false;
    }
  }
  const TrtSimLive live = bench.subject().simulator().live();
  JsonLine()
      .Decimal("times", arguments.times)
      .Decimal("failed", failed)
      .Decimal("freeAfterFirst", first.free)
      .Decimal("freeAtEnd", last.free)
      .Decimal("alive",
               live.runtimes + live.engines + live.contexts + live.events + live.allocations)
      .Print();
  return true;
}

bool TwoThreads(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  constexpr size_t kThreads = 2;
  struct Seen {
    std::string error;
    int64_t failed = 0;
    int64_t different = 0;
    uint32_t checksum = 0;
  };
  std::array<Seen, kThreads> seen;
  const auto work = [&](Seen* own, const Budget& budget) {
    bench.Begin();
    const auto program = LoadedProgram::Read(arguments.program, &own->error);
    for (int64_t n = 0; program != nullptr && n < arguments.times; ++n) {
      RunResult result;
      result.error = program->Load(budget);
      if (result.error == Error::Ok) {
        result = program->Run();
      }
      own->failed += result.error == Error::Ok ? 0 : 1;
      own->different += n > 0 && result.checksum != own->checksum ? 1 : 0;
      own->checksum = result.checksum;
      program->Unload();
    }
  };
  std::array<std::thread, kThreads> threads;
  for (size_t n = 0; n < kThreads; ++n) {
    threads[n] = std::thread(work, &seen[n], arguments.BudgetOf(n));
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const Seen& own : seen) {
    if (!own.error.empty()) {
      *error = own.error;
      return false;
    }
    JsonLine()
        .Decimal("times", arguments.times)
        .Decimal("failed", own.failed)
        .Decimal("different", own.different)
        .Decimal("checksum", own.checksum)
        .Print();
  }
  return true;
}

bool Changes(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  const auto program = LoadedProgram::Read(arguments.program, error);
  if (program == nullptr) {
    return false;
  }
  bool known = true;
  // Does a step, runs what is loaded, and prints what came of both.
  const auto step = [&](const char* name, const Budget& budget, const auto& work) {
    const auto started = std::chrono::steady_clock::now();
    const Error done = work();
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - started;
    const RunResult result = program->Run();
    DeviceBytes memory;
    known = known && bench.ReadMemory(&memory);
    JsonLine()
        .Text("step", name)
        .Text("budget", TextOf(budget))
        .Decimal("error", Code(done))
        .Decimal("nanoseconds", took.count())
        .Decimal("run", Code(result.error))
        .Decimal("checksum", result.checksum)
        .Flag("allZero", result.all_zero)
        .Decimal("free", memory.free)
        .Print();
  };
  const auto load = [&](const Budget& budget) { return program->Load(budget); };
  // What a first load of a process takes and keeps is not looked at.
  LoadAndRun(program.get(), arguments.BudgetOf(0));
  program->Unload();
  step("load", arguments.BudgetOf(0), [&] { return load(arguments.BudgetOf(0)); });
  for (int64_t n = 1; n <= arguments.times; ++n) {
    const Budget budget = arguments.BudgetOf(static_cast<size_t>(n));
    step("change", budget, [&] { return LoadedProgram::Change(TextOf(budget)); });
  }
  LoadedProgram::Change("");
  for (int64_t n = 1; n <= arguments.times; ++n) {
    const Budget budget = arguments.BudgetOf(static_cast<size_t>(n));
    step("reload", budget, [&] {
      program->Unload();
      return load(budget);
    });
  }
  program->Unload();
  if (!known) {
    *error = "the CUDA runtime does not report how much memory is free";
  }
  return known;
}

bool TightMemory(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  const auto program = LoadedProgram::Read(arguments.program, error);
  if (program == nullptr) {
    return false;
  }
  // The first load of a process takes memory for code that stays; it must not come out of what is
  // left.
  LoadAndRun(program.get(), "0").Text("step", "warm-up").Print();
  program->Unload();
  DeviceBytes memory;
  HeldMemory held(bench.tensorrt().cuda());
  if (!bench.HoldAllBut(arguments.free, &held) || !bench.ReadMemory(&memory)) {
    *error = "the rest of the device memory can't be held";
    return false;
  }
  if (!bench.subject().is_simulated()) {
    bench.Begin();
  }
  const Budget budget = arguments.BudgetOf(0);
  JsonLine().Text("step", "held").Decimal("free", memory.free).Print();
  JsonLine line = LoadAndRun(program.get(), budget);
  AddCalls(bench, &line);
  line.Text("step", "load").Decimal("free", memory.free).Print();
  return true;
}

bool Devices(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  const auto program = LoadedProgram::Read(arguments.program, error);
  if (program == nullptr) {
    return false;
  }
  const CudaApi& cuda = bench.tensorrt().cuda();
  const auto current = static_cast<int>(arguments.current);
  const Budget budget = arguments.BudgetOf(0);
  // What a first load takes on a device and keeps is not looked at.
  LoadAndRun(program.get(), budget).Text("step", "warm-up").Print();
  program->Unload();
  bool known = cuda.SetDevice(current) == kCudaSuccess;
  // Says which device is current, then visits each for its free memory and comes back.
  const auto say = [&](const char* step, JsonLine* line) {
    int now = -1;
    known = known && cuda.GetDevice(&now) == kCudaSuccess;
    line->Text("step", step).Decimal("current", now);
    for (int device = 0; device < arguments.devices; ++device) {
      DeviceBytes memory;
      known = known && cuda.SetDevice(device) == kCudaSuccess && bench.ReadMemory(&memory);
      line->Decimal(("free" + std::to_string(device)).c_str(), memory.free);
    }
    known = known && cuda.SetDevice(now) == kCudaSuccess;
    line->Print();
  };
  JsonLine before;
  say("before", &before);
  JsonLine loading;
  const Error loaded = program->Load(budget);
  loading.Decimal("load", Code(loaded));
  say("load", &loading);
  if (loaded == Error::Ok) {
    JsonLine running;
    const RunResult result = program->Run();
    running.Decimal("run", Code(result.error))
        .Decimal("checksum", result.checksum)
        .Flag("allZero", result.all_zero);
    say("run", &running);
  }
  program->Unload();
  JsonLine unloading;
  say("unload", &unloading);
  if (!known) {
    *error = "the CUDA runtime does not tell what is free on each of " +
             std::to_string(arguments.devices) + " devices";
  }
  return known;
}

}  // namespace wsb
