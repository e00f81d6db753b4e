// The budget rules as one: which budget an engine gets, and what TensorRT made of it.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_DECIDE_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_DECIDE_BUDGET_H_

#include <executorch/runtime/backend/interface.h>

#include <cstdint>
#include <optional>

#include "delegate/application/apply_budget.h"
#include "delegate/budget/choose_budget.h"
#include "tensorrt/engine.h"

namespace wsb {

struct BudgetDecision {
  BudgetChoice choice;
  // Of no meaning when the choice was rejected.
  BudgetApplication application;

  // init() ends with InvalidProgram.
  bool IsRejected() const {
    return choice.IsRejected() || application.effect == BudgetEffect::kRefused;
  }
  // A budget that somebody gave came to nothing, or the load does: the log has to say so at Error
  // level (WSB-OPT-06, WSB-APPLY-08, WSB-FAIL-09).
  bool CallsForAttention() const {
    return choice.option_ignored || IsRejected() ||
           (application.effect == BudgetEffect::kSkipped && choice.IsExplicit());
  }
  // Where the budget comes from that the engine now has; kNone when none took effect.
  BudgetSource Source() const {
    return !choice.IsRejected() && application.effect == BudgetEffect::kApplied
               ? choice.source
               : BudgetSource::kNone;
  }
};

// Chooses a budget and applies it to `engine`, which has no context yet. A rejected choice makes no
// budget call (WSB-APPLY-12). Logs nothing. `set`: see ChooseBudget(); `room`: see ApplyBudget().
// Twin: reference/rules/decide.ts.
BudgetDecision DecideBudget(
    executorch::runtime::Span<const executorch::runtime::BackendOption> options,
    executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> specs,
    std::optional<int64_t> set, const Engine& engine, const DeviceRoom* room);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_DECIDE_BUDGET_H_
