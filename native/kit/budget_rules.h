// The weight streaming budget of one engine: the part of a delegate that the suite is about, free
// of ExecuTorch and of TensorRT, so that it can be tested at decision depth too. A starting point
// for your own; subject.cpp and backend.cpp call it.

#ifndef WSB_NATIVE_KIT_BUDGET_RULES_H_
#define WSB_NATIVE_KIT_BUDGET_RULES_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

inline constexpr std::string_view kBudgetKey = "weight_streaming_budget";

// A load-time option. A text ends before its first NUL.
struct Option {
  enum Type { kBool, kInt, kText } type;
  std::string key;
  int64_t number;
  std::string text;
};

// A key ends before its first NUL, a value does not.
struct CompileSpec {
  std::string key;
  std::string value;
};

// TensorRT's engine, as far as the budget goes; it has no execution context yet.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual int64_t GetStreamableWeightsSize() = 0;
  virtual int64_t GetWeightStreamingAutomaticBudget() = 0;
  virtual bool SetWeightStreamingBudgetV2(int64_t budget) = 0;
};

enum class Source { kNone, kOption, kCompileSpec, kAutomatic };

struct Decision {
  // init() has to return InvalidProgram.
  bool rejected;
  // The log has to say, at the level Error, that a budget came to nothing.
  bool warned;
  // Where the budget came from that the engine now has.
  Source source;
};

inline constexpr Decision kRejected = {true, true, Source::kNone};

// Decimal digits and nothing else, up to 2^63 - 1.
inline std::optional<int64_t> ParseBudget(std::string_view text) {
  uint64_t value = 0;
  for (const char byte : text) {
    if (byte < '0' || byte > '9') {
      return std::nullopt;
    }
    const auto digit = static_cast<uint64_t>(byte - '0');
    if (value > (INT64_MAX - digit) / 10) {
      return std::nullopt;
    }
    value = value * 10 + digit;
  }
  return text.empty() ? std::nullopt : std::optional(static_cast<int64_t>(value));
}

// What an option that is not empty asks for; nothing when it is not a budget.
inline std::optional<int64_t> ReadOption(const Option& option) {
  if (option.type == Option::kText) {
    return ParseBudget(option.text);
  }
  return option.type == Option::kInt && option.number >= 0 ? std::optional(option.number)
                                                           : std::nullopt;
}

// Sets what was asked for, cut to what the engine can stream; or, when nothing was, TensorRT's own
// choice, and 0 when it refuses that.
inline bool Apply(std::optional<int64_t> budget, int64_t streamable, Engine& engine) {
  if (budget.has_value()) {
    return engine.SetWeightStreamingBudgetV2(std::min(*budget, streamable));
  }
  return engine.SetWeightStreamingBudgetV2(engine.GetWeightStreamingAutomaticBudget()) ||
         engine.SetWeightStreamingBudgetV2(0);
}

// Chooses a budget, the option before the compile spec before TensorRT's own, and applies it.
inline Decision DecideBudget(const std::vector<Option>& options,
                             const std::vector<CompileSpec>& specs, Engine& engine) {
  const auto is_budget = [](const auto& entry) { return entry.key == kBudgetKey; };
  const auto option = std::find_if(options.begin(), options.end(), is_budget);
  const bool ignored =
      option != options.end() && option->type == Option::kText && option->text.empty();
  Source source = Source::kAutomatic;
  std::optional<int64_t> budget;
  if (option != options.end() && !ignored) {
    source = Source::kOption;
    budget = ReadOption(*option);
  } else if (const auto found = std::count_if(specs.begin(), specs.end(), is_budget); found > 0) {
    source = Source::kCompileSpec;
    budget = found == 1 ? ParseBudget(std::find_if(specs.begin(), specs.end(), is_budget)->value)
                        : std::nullopt;
  }
  if (source != Source::kAutomatic && !budget.has_value()) {
    return kRejected;
  }
  const int64_t streamable = engine.GetStreamableWeightsSize();
  if (streamable <= 0) {
    return {false, ignored || budget.has_value(), Source::kNone};
  }
  return Apply(budget, streamable, engine) ? Decision{false, ignored, source} : kRejected;
}

}  // namespace kit

#endif  // WSB_NATIVE_KIT_BUDGET_RULES_H_
