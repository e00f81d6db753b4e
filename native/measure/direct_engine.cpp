#include "measure/direct_engine.h"

#include "common/zeroed_tensors.h"

namespace wsb {

bool DirectEngine::Load(const FileBytes& plan, std::optional<int64_t> budget) {
  runtime_ = tensorrt_.CreateRuntime();
  if (!runtime_) {
    return false;
  }
  engine_ = runtime_.DeserializeCudaEngine(plan.data(), plan.size());
  if (!engine_ || (budget.has_value() && !engine_.SetWeightStreamingBudgetV2(*budget))) {
    return false;
  }
  context_ = engine_.CreateExecutionContext();
  return static_cast<bool>(context_);
}

bool DirectEngine::BindTensors() {
  return BindZeros(tensorrt_.cuda(), engine_, context_, &tensors_) &&
         (done_.IsCreated() || done_.Create() == kCudaSuccess);
}

bool DirectEngine::Execute() {
  return context_.EnqueueV3(kCudaStreamPerThread) &&
         done_.Record(kCudaStreamPerThread) == kCudaSuccess && done_.Synchronize() == kCudaSuccess;
}

void DirectEngine::Unload() {
  context_.Reset();
  engine_.Reset();
  runtime_.Reset();
  tensors_.clear();
}

}  // namespace wsb
