#include "engine-builder/plan_check.h"

#include "tensorrt/engine.h"

namespace wsb {

bool CheckPlan(const Runtime& runtime, const HostMemory& plan, const NetworkSpec& spec,
               int64_t* streamable, std::string* error) {
  const Engine engine = runtime.DeserializeCudaEngine(plan.Data(), plan.Size());
  if (!engine) {
    *error = "TensorRT does not load the plan that it built";
    return false;
  }
  if (engine.GetNbIoTensors() != 2 || engine.GetTensorIoMode(kInputName) != TensorIoMode::kInput ||
      engine.GetTensorIoMode(kOutputName) != TensorIoMode::kOutput) {
    *error = std::string("the engine's tensors are not ") + kInputName + " and " + kOutputName;
    return false;
  }
  *streamable = engine.GetStreamableWeightsSize();
  if (spec.streaming != (*streamable > 0)) {
    *error = spec.streaming ? "TensorRT built an engine without streamable weights"
                            : "TensorRT built an engine with streamable weights, unrequested";
    return false;
  }
  return true;
}

}  // namespace wsb
