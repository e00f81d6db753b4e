#include <cstddef>
#include <fstream>
#include <iterator>

#include "common/json_line.h"
#include "device-check/checks.h"

namespace wsb {
namespace {

// One engine, and a line for each call on it.
class WatchedEngine {
 public:
  WatchedEngine(const Bench& bench, const Engine& engine) : bench_(bench), engine_(engine) {}

  int64_t streamable() const { return engine_.GetStreamableWeightsSize(); }

  void Set(int64_t budget, bool context_lives) const {
    const bool ok = engine_.SetWeightStreamingBudgetV2(budget);
    Line("set", ok).Number("budget", budget).Flag("context", context_lives).Print();
  }

  Context Create() const {
    Context context = engine_.CreateExecutionContext();
    Line("context", static_cast<bool>(context)).Print();
    return context;
  }

  void Say(const char* call) const { Line(call, true).Print(); }

 private:
  JsonLine Line(const char* call, bool ok) const {
    DeviceBytes memory;
    bench_.ReadMemory(&memory);
    JsonLine line;
    line.Text("call", call)
        .Flag("ok", ok)
        .Number("inForce", engine_.GetWeightStreamingBudgetV2())
        .Number("scratch", engine_.GetWeightStreamingScratchMemorySize())
        .Number("free", memory.free);
    return line;
  }

  const Bench& bench_;
  const Engine& engine_;
};

// Streams with a budget: what a context takes, and that it locks the budget.
void StreamWith(const WatchedEngine& engine, int64_t budget, int64_t other) {
  engine.Set(budget, false);
  {
    const Context context = engine.Create();
    engine.Set(other, true);
    engine.Set(budget, true);
  }
  engine.Say("context gone");
  engine.Set(other, false);
}

}  // namespace

bool BudgetCalls(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  std::ifstream file(arguments.plan, std::ios::binary);
  const std::string plan((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const Runtime runtime = bench.tensorrt().CreateRuntime();
  if (plan.empty() || !runtime) {
    *error = plan.empty() ? arguments.plan + " can't be read" : "TensorRT makes no runtime";
    return false;
  }
  const Engine engine = runtime.DeserializeCudaEngine(plan.data(), plan.size());
  if (!engine) {
    *error = "TensorRT refuses the plan " + arguments.plan;
    return false;
  }
  const WatchedEngine watched(bench, engine);
  const int64_t all = watched.streamable();
  watched.Say("deserialize");
  watched.Set(-1, false);
  watched.Set(0, false);
  watched.Set(all, false);
  watched.Set(0, false);
  watched.Set(all + 1, false);
  StreamWith(watched, 0, all);
  StreamWith(watched, all / 2, 0);
  StreamWith(watched, all, 0);
  return true;
}

}  // namespace wsb
