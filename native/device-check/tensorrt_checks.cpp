// The checks that call TensorRT and the CUDA runtime alone.

#include <string>

#include "common/file_bytes.h"
#include "common/json_line.h"
#include "common/version_text.h"
#include "device-check/checks.h"

namespace wsb {
namespace {

// cudaDevAttrComputeCapabilityMajor and Minor.
constexpr int kComputeMajor = 75;
constexpr int kComputeMinor = 76;

// One engine, and a line for each call on it.
class WatchedEngine {
 public:
  WatchedEngine(const Bench& bench, const Engine& engine) : bench_(bench), engine_(engine) {}

  int64_t streamable() const { return engine_.GetStreamableWeightsSize(); }

  void Set(int64_t budget, bool context_lives) const {
    const bool ok = engine_.SetWeightStreamingBudgetV2(budget);
    Line("set", ok).Decimal("budget", budget).Flag("context", context_lives).Print();
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
        .Decimal("inForce", engine_.GetWeightStreamingBudgetV2())
        .Decimal("scratch", engine_.GetWeightStreamingScratchMemorySize())
        .Decimal("free", memory.free);
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

bool Probe(const Bench& bench, const CheckArguments& /*arguments*/, std::string* error) {
  bench.Begin();
  const CudaApi& cuda = bench.tensorrt().cuda();
  DeviceBytes memory;
  const CudaError selected = cuda.SetDevice(0);
  if (selected != kCudaSuccess || !bench.ReadMemory(&memory)) {
    *error = std::string("there is no CUDA device: ") + cuda.Describe(selected);
    return false;
  }
  if (!bench.tensorrt().CreateRuntime()) {
    *error = "TensorRT makes no runtime on this device";
    return false;
  }
  int major = 0;
  int minor = 0;
  cuda.DeviceGetAttribute(&major, kComputeMajor, 0);
  cuda.DeviceGetAttribute(&minor, kComputeMinor, 0);
  JsonLine()
      .Text("tensorrt", VersionText(bench.tensorrt().version()))
      .Flag("simulated", bench.subject().is_simulated())
      .Text("compute", std::to_string(major) + '.' + std::to_string(minor))
      .Decimal("free", memory.free)
      .Decimal("total", memory.total)
      .Decimal("devices", bench.CountDevices())
      .Print();
  return true;
}

bool BudgetCalls(const Bench& bench, const CheckArguments& arguments, std::string* error) {
  bench.Begin();
  FileBytes plan;
  if (!plan.Read(arguments.plan, error)) {
    return false;
  }
  const Runtime runtime = bench.tensorrt().CreateRuntime();
  if (!runtime) {
    *error = "TensorRT makes no runtime";
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
