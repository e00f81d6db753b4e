#include "delegate/carry_out_budget.h"

#include "delegate/budget_observer.h"
#include "delegate/decide_budget.h"
#include "delegate/report_budget.h"

namespace wsb {

using executorch::runtime::ArrayRef;
using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;
using executorch::runtime::Error;
using executorch::runtime::Span;

Error CarryOutBudget(Span<const BackendOption> options, ArrayRef<CompileSpec> specs,
                     const Engine& engine) {
  const BudgetDecision decision = DecideBudget(options, specs, engine);
  ReportChoice(decision.choice);
  if (!decision.choice.IsRejected()) {
    ReportApplication(decision.choice, decision.application, engine);
  }
  NotifyBudgetObserver(decision.Source());
  return decision.IsRejected() ? Error::InvalidProgram : Error::Ok;
}

}  // namespace wsb
