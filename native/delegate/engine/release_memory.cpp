#include "delegate/engine/release_memory.h"

#include <algorithm>

#include "delegate/application/free_memory.h"
#include "delegate/application/report_budget.h"

namespace wsb {
namespace {

bool Set(int64_t budget, EngineHandle& handle) {
  if (!handle.engine.SetWeightStreamingBudgetV2(budget)) {
    return false;
  }
  handle.fitting.budget = budget;
  return true;
}

// The budget to have instead of `held`, while nothing is resident and there is no context.
int64_t SmallerBudget(uint64_t bytes, int64_t held, EngineHandle& handle) {
  FittingSizes& sizes = handle.fitting.sizes;
  sizes.scratch = handle.engine.GetWeightStreamingScratchMemorySize();
  handle.fitting.keeps_all = held == sizes.streamable && sizes.scratch >= held;
  if (handle.fitting.keeps_all) {
    return held;
  }
  sizes.free = FreeMemory(handle.tensorrt.cuda(), handle.has_unified_memory).value_or(0);
  FittingSizes left = sizes;
  left.free = sizes.free > bytes ? sizes.free - bytes : 0;
  return std::min(FittingBudget(left), held);
}

}  // namespace

bool CanReleaseMemory(const EngineHandle& handle) {
  return handle.context && handle.fitting.budget > 0 && !handle.fitting.keeps_all &&
         !handle.is_pinned;
}

void ReleaseMemory(uint64_t bytes, EngineHandle& handle) {
  if (!CanReleaseMemory(handle)) {
    return;
  }
  const int64_t held = handle.fitting.budget;
  handle.context.Reset();
  if (Set(0, handle)) {
    const int64_t budget = SmallerBudget(bytes, held, handle);
    if (budget > 0) {
      Set(budget, handle);
    }
  }
  handle.context = handle.engine.CreateExecutionContext();
  if (!handle.context && handle.fitting.budget > 0 && Set(0, handle)) {
    handle.context = handle.engine.CreateExecutionContext();
  }
  ReportReleased(held, handle.fitting);
}

}  // namespace wsb
