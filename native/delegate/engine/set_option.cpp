#include "delegate/engine/set_option.h"

#include <executorch/runtime/platform/log.h>

#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <optional>

#include "delegate/application/process_budget.h"
#include "delegate/budget/choose_budget.h"
#include "delegate/engine/live_engines.h"

namespace wsb {
namespace {

using executorch::runtime::BackendOption;
using executorch::runtime::Error;
using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::Span;

void ReportRejection(const BudgetChoice& choice) {
  switch (choice.rejection) {
    case BudgetRejection::kOptionOfWrongType:
      ET_LOG(Error, "set_option: %s is a bool: give a byte count as a string or an int",
             kBudgetKey);
      break;
    case BudgetRejection::kOptionNegative:
      ET_LOG(Error, "set_option: %s is negative: give a byte count", kBudgetKey);
      break;
    default:
      ET_LOG(Error, "set_option: %s is malformed at byte %zu: give a byte count in decimal digits",
             kBudgetKey, choice.parsed.at);
      break;
  }
}

}  // namespace

Error SetOption(Span<const BackendOption> options) {
  // As a load-time option is read, with no compile specs behind it.
  const BudgetChoice choice = ChooseBudget(options, {});
  if (choice.IsRejected()) {
    ReportRejection(choice);
    return Error::InvalidArgument;
  }
  if (!choice.IsExplicit()) {
    if (choice.option_ignored) {
      ForgetProcessBudget();
    }
    return Error::Ok;
  }
  const Error error = ChangeLiveEngines(choice.bytes);
  if (error != Error::Ok) {
    ET_LOG(Error,
           "set_option: TensorRT refused %s of %" PRId64
           ", and all engines have what they had: free device memory or ask for less",
           kBudgetKey, choice.bytes);
  }
  return error;
}

Error GetOption(Span<BackendOption> options) {
  const std::optional<int64_t> bytes = BudgetOfProcess().bytes;
  for (BackendOption& option : options) {
    if (std::memcmp(option.key, kBudgetKey, sizeof(kBudgetKey)) != 0 || !bytes.has_value()) {
      return Error::NotFound;
    }
    std::array<char, kMaxOptionValueLength> text{};
    std::snprintf(text.data(), text.size(), "%" PRId64, *bytes);
    option.value = text;
  }
  return Error::Ok;
}

}  // namespace wsb
