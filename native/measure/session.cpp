#include "measure/session.h"

#include <chrono>
#include <optional>
#include <sstream>
#include <vector>

#include "common/json_line.h"
#include "host/policy_name.h"
#include "measure/budget_log.h"

namespace wsb {
namespace {

using executorch::runtime::Error;

// Microseconds that `work` takes.
template <typename Work>
double TimeOf(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

// Times of `runs` successful calls of `run`, after a first one, which takes what is taken only
// then. Fewer when a call fails.
template <typename Run>
std::vector<double> TimesOf(int runs, Run run) {
  std::vector<double> times;
  bool ok = run();
  for (int n = 0; n < runs && ok; ++n) {
    const double time = TimeOf([&] { ok = run(); });
    if (ok) {
      times.push_back(time);
    }
  }
  return times;
}

std::optional<int64_t> BudgetOf(const std::string& text) {
  return text == "-" ? std::nullopt : std::optional<int64_t>(std::stoll(text));
}

unsigned CodeOf(Error error) { return static_cast<unsigned>(error); }

void AnswerTimes(Error error, const std::vector<double>& microseconds, const std::string& message) {
  JsonLine()
      .Number("error", CodeOf(error))
      .Times("microseconds", microseconds)
      .Text("message", message)
      .Print();
}

}  // namespace

bool Session::Open(std::string* error) {
  program_ = DeviceProgram::Open(program_file_, machine_.cuda(), error);
  return program_ != nullptr && plan_.Read(plan_file_, error);
}

bool Session::Run(const std::string& line, std::string* error) {
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
  } else if (command == "load" && words >> policy >> budget >> number) {
    Load(policy, budget, static_cast<int>(number));
  } else if (command == "time-load" && words >> policy >> budget) {
    TimeLoad(policy, budget);
  } else if (command == "time-direct-load" && words >> budget) {
    TimeDirectLoad(budget);
  } else if (command == "keep" && words >> budget) {
    Keep(budget);
  } else if (command == "time-runs" && words >> number) {
    TimeRuns(static_cast<int>(number));
  } else if (command == "time-direct-runs" && words >> number) {
    TimeDirectRuns(static_cast<int>(number));
  } else {
    *error = "no command: " + line + "\n" + kSessionCommands;
    return false;
  }
  return true;
}

bool Session::Describe(std::string* error) {
  const Runtime runtime = machine_.tensorrt().CreateRuntime();
  const Engine engine =
      runtime ? runtime.DeserializeCudaEngine(plan_.data(), plan_.size()) : Engine();
  if (!engine) {
    *error = "TensorRT refused " + plan_file_;
    return false;
  }
  const int64_t streamable = engine.GetStreamableWeightsSize();
  const int64_t activations = engine.GetDeviceMemorySizeV2();
  // The scratch is told only while a budget streams.
  const bool streams = streamable > 0 && engine.SetWeightStreamingBudgetV2(0);
  JsonLine()
      .Number("tensorrt", static_cast<unsigned>(machine_.tensorrt().version()))
      .Decimal("streamable", streamable)
      .Decimal("scratch", streams ? engine.GetWeightStreamingScratchMemorySize() : 0)
      .Decimal("activations", activations)
      .Print();
  return true;
}

void Session::Hold(uint64_t free) {
  free_ = free;
  if (free == 0) {
    held_.Release();
  }
  const bool reached = free == 0 || held_.LeaveFree(free);
  JsonLine().Decimal("free", held_.Free()).Flag("reached", reached).Print();
}

Error Session::LoadProgram(const std::string& policy, const std::string& budget) {
  BudgetLog::Clear();
  WsbPolicy chosen = kWsbPolicyFitting;
  ReadPolicy(policy, &chosen);
  return machine_.SetPolicy(chosen) ? program_->Load(budget == "-" ? nullptr : budget.c_str())
                                    : Error::NotSupported;
}

void Session::Load(const std::string& policy, const std::string& budget, int runs) {
  // What a load before this one has kept is made up for.
  const bool reached = free_ == 0 || held_.LeaveFree(free_);
  const uint64_t free = held_.Free();
  Error error = LoadProgram(policy, budget);
  const bool loaded = error == Error::Ok;
  std::vector<double> times;
  if (loaded) {
    times = TimesOf(runs, [&] {
      error = program_->Execute();
      return error == Error::Ok;
    });
  }
  program_->Unload();
  JsonLine()
      .Decimal("free", free)
      .Flag("reached", reached)
      .Flag("loaded", loaded)
      .Number("error", CodeOf(error))
      .Decimals("budgets", BudgetLog::Budgets())
      .Times("microseconds", times)
      .Text("message", BudgetLog::FirstError())
      .Print();
}

void Session::TimeLoad(const std::string& policy, const std::string& budget) {
  Error error = Error::Ok;
  const double time = TimeOf([&] { error = LoadProgram(policy, budget); });
  program_->Unload();
  AnswerTimes(error, {time}, BudgetLog::FirstError());
}

void Session::TimeDirectLoad(const std::string& budget) {
  bool ok = false;
  const double time = TimeOf([&] { ok = direct_.Load(plan_, BudgetOf(budget)); });
  direct_.Unload();
  AnswerTimes(ok ? Error::Ok : Error::InvalidProgram, {time},
              ok ? "" : "TensorRT, called directly, refused");
}

void Session::Keep(const std::string& budget) {
  program_->Unload();
  direct_.Unload();
  const Error error = LoadProgram("upstream", budget);
  const bool ok =
      error == Error::Ok && direct_.Load(plan_, BudgetOf(budget)) && direct_.BindTensors();
  AnswerTimes(error != Error::Ok || ok ? error : Error::InvalidProgram, {},
              BudgetLog::FirstError());
}

void Session::TimeRuns(int runs) {
  Error error = Error::Ok;
  const std::vector<double> times = TimesOf(runs, [&] {
    error = program_->Execute();
    return error == Error::Ok;
  });
  AnswerTimes(error, times, "");
}

void Session::TimeDirectRuns(int runs) {
  const std::vector<double> times = TimesOf(runs, [&] { return direct_.Execute(); });
  const bool ok = times.size() == static_cast<size_t>(runs);
  AnswerTimes(ok ? Error::Ok : Error::InvalidState, times, "");
}

}  // namespace wsb
