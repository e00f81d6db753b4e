// Holds ParseBudget() against a second way of reading: strip leading zeros, compare as text.

#include <algorithm>
#include <string>

#include "delegate/budget/parse_budget.h"
#include "fuzz/fuzz.h"

namespace wsb {
namespace {

const char* FaultText(BudgetFault fault) {
  switch (fault) {
    case BudgetFault::kEmpty:
      return "empty";
    case BudgetFault::kNotADigit:
      return "not-a-digit";
    case BudgetFault::kTooLarge:
      return "too-large";
    default:
      return "null";
  }
}

}  // namespace

std::string ReadInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const ParsedBudget parsed = ParseBudget(text.data(), text.size());
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  const std::string number = text.substr(std::min(text.find_first_not_of('0'), text.size()));
  static const std::string kMax = std::to_string(INT64_MAX);
  const bool fits = number.size() < kMax.size() || (number.size() == kMax.size() && number <= kMax);
  Require(parsed.ok() == (digits && fits));
  Require(!parsed.ok() || std::to_string(parsed.bytes) == (number.empty() ? "0" : number));
  Require(parsed.ok() || parsed.at <= text.size());
  return parsed.ok() ? std::to_string(parsed.bytes)
                     : std::string(FaultText(parsed.fault)) + " at " + std::to_string(parsed.at);
}

}  // namespace wsb
