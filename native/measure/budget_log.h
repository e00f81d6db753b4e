// What the delegate logs about budgets.

#ifndef WSB_NATIVE_MEASURE_BUDGET_LOG_H_
#define WSB_NATIVE_MEASURE_BUDGET_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

namespace wsb {

// Listens to ExecuTorch's log, which is where a delegate says which budget an engine got. For one
// thread.
class BudgetLog {
 public:
  // Takes the log of this process over. To be called before anything else of ExecuTorch's. False
  // when someone else has taken it.
  static bool Install();

  // Forgets what was logged.
  static void Clear();

  // The budgets applied since Clear(), in bytes, an engine after another.
  static const std::vector<int64_t>& Budgets();

  // The first record of Error level since Clear(); empty when there was none.
  static const std::string& FirstError();
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_BUDGET_LOG_H_
