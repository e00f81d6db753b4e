// Tells people what became of a weight streaming budget.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_REPORT_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_REPORT_BUDGET_H_

#include "delegate/application/apply_budget.h"
#include "delegate/budget/choose_budget.h"
#include "tensorrt/engine.h"

namespace wsb {

// Logs, at Error level and naming the key, what the caller has to know: an empty option that was
// ignored (WSB-OPT-06), or why the choice is rejected. Else nothing.
void ReportChoice(const BudgetChoice& choice);

// Logs what became of `choice` on `engine`. At Error level, naming the key: an explicit budget that
// a resident engine can't follow (WSB-APPLY-08), and a refusal that ends the load. At Info level:
// the budget applied, with streamable weights and scratch, and for a fitted one what it was fitted
// into. Nothing for a resident engine that nobody asked for anything.
void ReportApplication(const BudgetChoice& choice, const BudgetApplication& application,
                       const Engine& engine);

// Logs, at Info level, that there was no execution context to be had, and which smaller budget is
// tried next.
void ReportLowered(const Fitting& fitting);

// Logs, at Info level, that an engine gave up the budget `held` (bytes) for one that comes after
// it.
void ReportReleased(int64_t held, const Fitting& fitting);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_REPORT_BUDGET_H_
