#include "delegate/application/process_budget.h"

#include <atomic>

namespace wsb {
namespace {

constexpr int64_t kNone = -1;

std::atomic<int64_t> bytes_of_process{kNone};
std::atomic<uint64_t> number_of_process{0};

}  // namespace

ProcessBudget BudgetOfProcess() noexcept {
  ProcessBudget budget;
  // The number first: bytes that are set meanwhile have a later one.
  budget.number = number_of_process.load();
  const int64_t bytes = bytes_of_process.load();
  if (bytes != kNone) {
    budget.bytes = bytes;
  }
  return budget;
}

void SetBudgetOfProcess(std::optional<int64_t> bytes) noexcept {
  bytes_of_process.store(bytes.value_or(kNone));
  ++number_of_process;
}

}  // namespace wsb
