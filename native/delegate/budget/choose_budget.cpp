#include "delegate/budget/choose_budget.h"

#include <array>
#include <cstring>
#include <variant>

namespace wsb {
namespace {

using executorch::runtime::ArrayRef;
using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;
using executorch::runtime::kMaxOptionKeyLength;
using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::Span;

using OptionText = std::array<char, kMaxOptionValueLength>;

static_assert(sizeof(kBudgetKey) <= kMaxOptionKeyLength,
              "a look-up reads no more than the key array");

BudgetChoice Explicit(BudgetSource source, int64_t bytes) {
  BudgetChoice choice;
  choice.source = source;
  choice.bytes = bytes;
  return choice;
}

BudgetChoice Rejected(BudgetSource source, BudgetRejection rejection) {
  BudgetChoice choice;
  choice.source = source;
  choice.rejection = rejection;
  return choice;
}

BudgetChoice Malformed(BudgetSource source, BudgetRejection rejection, const ParsedBudget& parsed) {
  BudgetChoice choice = Rejected(source, rejection);
  choice.parsed = parsed;
  return choice;
}

// The first option under the key; one behind it plays no part (WSB-OPT-12).
const BackendOption* FindOption(Span<const BackendOption> options) {
  for (const BackendOption& option : options) {
    // The terminator is compared too: another key that begins like ours is another key
    // (WSB-OPT-11).
    if (std::memcmp(option.key, kBudgetKey, sizeof(kBudgetKey)) == 0) {
      return &option;
    }
  }
  return nullptr;
}

// The bytes before the first NUL, at most all of them (WSB-OPT-07, WSB-OPT-08).
size_t TextLength(const OptionText& text) { return strnlen(text.data(), text.size()); }

BudgetChoice FromOptionText(const OptionText& text) {
  const size_t length = TextLength(text);
  if (length == 0) {
    // As good as no option, but for the log (WSB-OPT-05, WSB-OPT-06).
    BudgetChoice choice;
    choice.option_ignored = true;
    return choice;
  }
  const ParsedBudget parsed = ParseBudget(text.data(), length);
  if (!parsed.ok()) {
    return Malformed(BudgetSource::kOption, BudgetRejection::kOptionMalformed, parsed);
  }
  return Explicit(BudgetSource::kOption, parsed.bytes);
}

// What the load-time options say; the choice is automatic where they say nothing.
BudgetChoice FromOptions(Span<const BackendOption> options) {
  const BackendOption* const option = FindOption(options);
  if (option == nullptr) {
    return {};
  }
  if (const auto* text = std::get_if<OptionText>(&option->value)) {
    return FromOptionText(*text);
  }
  if (const int* bytes = std::get_if<int>(&option->value)) {
    return *bytes < 0 ? Rejected(BudgetSource::kOption, BudgetRejection::kOptionNegative)
                      : Explicit(BudgetSource::kOption, *bytes);
  }
  return Rejected(BudgetSource::kOption, BudgetRejection::kOptionOfWrongType);
}

bool IsBudgetSpec(const CompileSpec& spec) {
  return spec.key != nullptr && std::strcmp(spec.key, kBudgetKey) == 0;
}

// What the compile specs say; the choice is automatic where they say nothing.
BudgetChoice FromSpecs(ArrayRef<CompileSpec> specs) {
  const CompileSpec* found = nullptr;
  for (const CompileSpec& spec : specs) {
    if (!IsBudgetSpec(spec)) {
      continue;
    }
    // Two contradict each other whatever their values, so neither is read (WSB-PREC-06).
    if (found != nullptr) {
      return Rejected(BudgetSource::kCompileSpec, BudgetRejection::kSpecDuplicate);
    }
    found = &spec;
  }
  if (found == nullptr) {
    return {};
  }
  const ParsedBudget parsed =
      ParseBudget(static_cast<const char*>(found->value.buffer), found->value.nbytes);
  if (!parsed.ok()) {
    return Malformed(BudgetSource::kCompileSpec, BudgetRejection::kSpecMalformed, parsed);
  }
  return Explicit(BudgetSource::kCompileSpec, parsed.bytes);
}

}  // namespace

BudgetChoice ChooseBudget(Span<const BackendOption> options, ArrayRef<CompileSpec> specs,
                          std::optional<int64_t> set) noexcept {
  const BudgetChoice from_options = FromOptions(options);
  if (from_options.IsExplicit()) {
    return from_options;
  }
  if (set.has_value()) {
    BudgetChoice from_process = Explicit(BudgetSource::kSetOption, *set);
    from_process.option_ignored = from_options.option_ignored;
    return from_process;
  }
  BudgetChoice choice = FromSpecs(specs);
  choice.option_ignored = from_options.option_ignored;
  return choice;
}

}  // namespace wsb
