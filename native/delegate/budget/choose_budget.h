// Chooses between the sources of a weight streaming budget.

#ifndef WSB_NATIVE_DELEGATE_BUDGET_CHOOSE_BUDGET_H_
#define WSB_NATIVE_DELEGATE_BUDGET_CHOOSE_BUDGET_H_

#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>

#include <cstdint>
#include <optional>

#include "delegate/budget/parse_budget.h"

namespace wsb {

// The key of the load-time option and of the compile spec. Twin:
// reference/rules/budget-key.ts.
inline constexpr char kBudgetKey[] = "weight_streaming_budget";

// Where a budget comes from; the numbers are those of WsbBudgetSource.
enum class BudgetSource : uint8_t {
  kNone = 0,
  kOption = 1,
  kCompileSpec = 2,
  kAutomatic = 3,
  kSetOption = 4,
};

// Why the sources hold no usable budget. Each of them ends init() with InvalidProgram.
enum class BudgetRejection : uint8_t {
  kNone,
  kOptionOfWrongType,
  kOptionNegative,
  kOptionMalformed,
  kSpecDuplicate,
  kSpecMalformed,
};

// What is to be applied, decided before the engine is asked anything.
struct BudgetChoice {
  // kOption, kSetOption or kCompileSpec for an explicit budget; kAutomatic when TensorRT is to
  // choose.
  BudgetSource source = BudgetSource::kAutomatic;
  // The explicit budget in bytes, not yet held against any engine.
  int64_t bytes = 0;
  BudgetRejection rejection = BudgetRejection::kNone;
  // What is wrong with the text of a malformed budget.
  ParsedBudget parsed;
  // There was a load-time option, but an empty one.
  bool option_ignored = false;

  bool IsRejected() const { return rejection != BudgetRejection::kNone; }
  bool IsExplicit() const { return source != BudgetSource::kAutomatic; }
};

// Decides which budget holds: the load-time option when there is one that is not empty (WSB-PREC-01
// to -03, WSB-PREC-09), else `set`, the bytes that set_option() left for the process (WSB-SET-16),
// else the compile spec (WSB-PREC-04, -06 to -08), else TensorRT's own choice (WSB-PREC-05). Trusts
// neither keys nor values of options to be terminated. Allocates nothing, never throws. Twin:
// reference/rules/choose-budget.ts.
BudgetChoice ChooseBudget(
    executorch::runtime::Span<const executorch::runtime::BackendOption> options,
    executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> specs,
    std::optional<int64_t> set = std::nullopt) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BUDGET_CHOOSE_BUDGET_H_
