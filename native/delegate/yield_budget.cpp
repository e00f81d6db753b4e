#include "delegate/yield_budget.h"

#include <algorithm>

#include "delegate/report_budget.h"

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
  sizes.free = handle.tensorrt.cuda().FreeMemory().value_or(0);
  sizes.scratch = handle.engine.GetWeightStreamingScratchMemorySize();
  FittingSizes left = sizes;
  left.free = sizes.free > bytes ? sizes.free - bytes : 0;
  const int64_t budget = std::min(FittingBudget(left), held);
  const bool is_less =
      held < sizes.streamable || sizes.scratch < 0 || budget < sizes.streamable - sizes.scratch;
  return is_less ? budget : held;
}

}  // namespace

void YieldBudget(uint64_t bytes, EngineHandle& handle) {
  const int64_t held = handle.fitting.budget;
  if (!handle.context || held == 0) {
    return;
  }
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
  ReportYielded(held, handle.fitting);
}

}  // namespace wsb
