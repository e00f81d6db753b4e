#include "delegate/application/carry_out_budget.h"

#include "delegate/application/automatic_policy.h"
#include "delegate/application/budget_observer.h"
#include "delegate/application/decide_budget.h"
#include "delegate/application/process_budget.h"
#include "delegate/application/report_budget.h"

namespace wsb {

using executorch::runtime::ArrayRef;
using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;
using executorch::runtime::Error;
using executorch::runtime::Span;

Error CarryOutBudget(Span<const BackendOption> options, ArrayRef<CompileSpec> specs,
                     const Engine& engine, const DeviceRoom& room, Fitting* fitting) {
  const bool fits = PolicyOfProcess() == AutomaticPolicy::kFitting;
  const BudgetDecision decision =
      DecideBudget(options, specs, BudgetOfProcess().bytes, engine, fits ? &room : nullptr);
  ReportChoice(decision.choice);
  if (!decision.choice.IsRejected()) {
    ReportApplication(decision.choice, decision.application, engine);
  }
  *fitting = decision.application.fitting;
  NotifyBudgetObserver(decision.Source());
  return decision.IsRejected() ? Error::InvalidProgram : Error::Ok;
}

}  // namespace wsb
