#include "delegate/budget/parse_budget.h"

#include <limits>

namespace wsb {
namespace {

constexpr uint64_t kMaxBudget = std::numeric_limits<int64_t>::max();

ParsedBudget Fault(BudgetFault fault, size_t at) { return {0, fault, at}; }

}  // namespace

ParsedBudget ParseBudget(const char* text, size_t size) noexcept {
  if (text == nullptr) {
    return Fault(BudgetFault::kNull, 0);
  }
  if (size == 0) {
    return Fault(BudgetFault::kEmpty, 0);
  }
  uint64_t value = 0;
  for (size_t at = 0; at < size; ++at) {
    if (text[at] < '0' || text[at] > '9') {
      return Fault(BudgetFault::kNotADigit, at);
    }
    const auto digit = static_cast<uint64_t>(text[at] - '0');
    // Looked at before the digit is taken in, so that the value neither wraps nor saturates.
    if (value > (kMaxBudget - digit) / 10) {
      return Fault(BudgetFault::kTooLarge, at);
    }
    value = value * 10 + digit;
  }
  return {static_cast<int64_t>(value), BudgetFault::kNone, 0};
}

}  // namespace wsb
