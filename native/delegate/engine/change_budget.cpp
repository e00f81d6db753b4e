#include "delegate/engine/change_budget.h"

#include <executorch/runtime/platform/log.h>

#include <algorithm>
#include <cinttypes>
#include <mutex>

#include "tensorrt/cuda_device_scope.h"

namespace wsb {
namespace {

// Makes the device of an engine the current one; false, which is logged, when it can't be.
bool Select(const EngineHandle& handle, CudaDeviceScope& scope) {
  CudaError error = scope.entry_error();
  if (error == kCudaSuccess) {
    error = scope.SetIfOther(handle.device);
  }
  if (error != kCudaSuccess) {
    ET_LOG(Error, "CUDA device %d can't be used: %s", handle.device,
           handle.tensorrt.cuda().Describe(error));
  }
  return error == kCudaSuccess;
}

void DropContext(EngineHandle& handle) {
  handle.Drain();
  handle.context.Reset();
}

// Where TensorRT takes the budget back or makes no context, there is none.
void Restore(int64_t held, EngineHandle& handle) {
  if (handle.engine.GetWeightStreamingBudgetV2() == held ||
      handle.engine.SetWeightStreamingBudgetV2(held)) {
    handle.context = handle.engine.CreateExecutionContext();
  }
  if (!handle.context) {
    ET_LOG(Error,
           "an engine has no execution context any more, since its budget of %" PRId64
           " bytes can't be had again: unload its method and load it again",
           held);
  }
}

bool Exchange(int64_t budget, int64_t held, EngineHandle& handle) {
  DropContext(handle);
  if (budget == held || handle.engine.SetWeightStreamingBudgetV2(budget)) {
    handle.context = handle.engine.CreateExecutionContext();
  }
  if (handle.context) {
    return true;
  }
  Restore(held, handle);
  return false;
}

}  // namespace

BudgetChange ChangeBudget(int64_t requested, EngineHandle& handle, int64_t* held) {
  // Held by an execution to its end.
  const std::lock_guard<std::mutex> lock(handle.mutex);
  const int64_t streamable = handle.engine.GetStreamableWeightsSize();
  if (streamable <= 0) {
    return BudgetChange::kKept;
  }
  const int64_t budget = std::min(requested, streamable);
  *held = handle.engine.GetWeightStreamingBudgetV2();
  if (budget == *held && handle.context) {
    return BudgetChange::kKept;
  }
  CudaDeviceScope scope(handle.tensorrt.cuda());
  if (!Select(handle, scope) || !Exchange(budget, *held, handle)) {
    return BudgetChange::kFailed;
  }
  ET_LOG(Info, "streaming weights: budget changed from %" PRId64 " to %" PRId64 " of %" PRId64 " bytes",
         *held, budget, streamable);
  return BudgetChange::kChanged;
}

void UndoChange(int64_t held, EngineHandle& handle) {
  const std::lock_guard<std::mutex> lock(handle.mutex);
  CudaDeviceScope scope(handle.tensorrt.cuda());
  if (Select(handle, scope)) {
    DropContext(handle);
    Restore(held, handle);
  }
}

}  // namespace wsb
