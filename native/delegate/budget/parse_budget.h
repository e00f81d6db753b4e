// Reads a weight streaming budget.

#ifndef WSB_NATIVE_DELEGATE_BUDGET_PARSE_BUDGET_H_
#define WSB_NATIVE_DELEGATE_BUDGET_PARSE_BUDGET_H_

#include <cstddef>
#include <cstdint>

namespace wsb {

// Why a text is not a budget.
enum class BudgetFault : uint8_t { kNone, kNull, kEmpty, kNotADigit, kTooLarge };

// A budget in bytes, or why there is none and at which byte of the text that showed.
struct ParsedBudget {
  int64_t bytes = 0;
  BudgetFault fault = BudgetFault::kNone;
  size_t at = 0;

  bool ok() const { return fault == BudgetFault::kNone; }
};

// Reads a budget from the `size` bytes at `text`, which need not be terminated: nothing beyond them
// is looked at (WSB-PARSE-09). Valid are decimal digits that fill the whole range (WSB-PARSE-01,
// -03 to -05, -07, -08), leading zeros included (WSB-PARSE-02), with a value up to 2^63-1
// (WSB-PARSE-06). Allocates nothing, never throws. Twin: reference/rules/parse-budget.ts.
ParsedBudget ParseBudget(const char* text, size_t size) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BUDGET_PARSE_BUDGET_H_
