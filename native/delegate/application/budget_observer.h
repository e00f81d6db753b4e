// Tells a test host where budgets come from.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_BUDGET_OBSERVER_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_BUDGET_OBSERVER_H_

#include "delegate/budget/choose_budget.h"

namespace wsb {

// Calls this thread's observer (see wsb_delegate_observe()), if there is one, with the source of
// the budget that an engine now has; kNone when none took effect.
void NotifyBudgetObserver(BudgetSource source);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_BUDGET_OBSERVER_H_
