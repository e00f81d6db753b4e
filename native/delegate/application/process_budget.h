// The budget that set_option() left for the loads to come.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_PROCESS_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_PROCESS_BUDGET_H_

#include <cstdint>
#include <optional>

namespace wsb {

struct ProcessBudget {
  // None when none is set.
  std::optional<int64_t> bytes;
  // Differs from that of every budget that was set before, or taken back.
  uint64_t number = 0;
};

// From any thread. Where it changes meanwhile, the bytes may be later than the number.
ProcessBudget BudgetOfProcess() noexcept;

// None takes it back. One thread at a time.
void SetBudgetOfProcess(std::optional<int64_t> bytes) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_PROCESS_BUDGET_H_
