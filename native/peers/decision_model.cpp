#include "peers/decision_model.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

namespace wsb {
namespace {

constexpr std::string_view kBudgetKey = "weight_streaming_budget";
constexpr uint8_t kInvalidProgram = 0x23;

enum class Found { kAbsent, kIgnored, kBudget, kBad };

struct Choice {
  Found found = Found::kAbsent;
  int64_t bytes = 0;
};

struct EngineOutcome {
  uint8_t source = 0;
  uint8_t flags = 0;
  uint8_t sets = 0;
  uint8_t answers = 0;
  uint32_t zero = 0;
  int64_t budgets[2] = {0, 0};
};
static_assert(sizeof(EngineOutcome) == 24);

constexpr uint8_t kWarned = 1;
constexpr uint8_t kAutomaticRead = 2;

template <class Number>
Number Take(const uint8_t** at) {
  Number number;
  std::memcpy(&number, *at, sizeof(number));
  *at += sizeof(number);
  return number;
}

std::string_view TakeText(const uint8_t** at, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(*at), size);
  *at += size;
  return text;
}

std::string_view UpToNul(std::string_view text) { return text.substr(0, text.find('\0')); }

std::optional<int64_t> Parse(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  int64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9' || __builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, digit - '0', &value)) {
      return std::nullopt;
    }
  }
  return value;
}

Choice Parsed(std::string_view text) {
  const std::optional<int64_t> value = Parse(text);
  return value.has_value() ? Choice{Found::kBudget, *value} : Choice{Found::kBad, 0};
}

// The first option with the key decides.
Choice TakeOptions(const uint8_t** at, uint8_t count) {
  Choice choice;
  for (; count > 0; --count) {
    const std::string_view key = UpToNul(TakeText(at, Take<uint8_t>(at)));
    Choice value{Found::kBad, 0};
    switch (Take<uint8_t>(at)) {
      case 0:
        ++*at;
        break;
      case 1: {
        const auto number = Take<int32_t>(at);
        value = number >= 0 ? Choice{Found::kBudget, number} : value;
        break;
      }
      default: {
        const std::string_view text = UpToNul(TakeText(at, Take<uint16_t>(at)));
        value = text.empty() ? Choice{Found::kIgnored, 0} : Parsed(text);
      }
    }
    if (choice.found == Found::kAbsent && key == kBudgetKey) {
      choice = value;
    }
  }
  return choice;
}

// Two with the key are one too many.
Choice TakeSpecs(const uint8_t** at, uint8_t count) {
  Choice choice;
  for (; count > 0; --count) {
    const std::string_view key = UpToNul(TakeText(at, Take<uint8_t>(at)));
    const std::string_view value = TakeText(at, Take<uint16_t>(at));
    if (key == kBudgetKey) {
      choice = choice.found == Found::kAbsent ? Parsed(value) : Choice{Found::kBad, 0};
    }
  }
  return choice;
}

class Engine {
 public:
  Engine(int64_t streamable, int64_t automatic, uint8_t answers)
      : streamable_(streamable), automatic_(automatic), answers_(answers) {}

  // Whether the load goes on.
  bool Apply(const Choice& option, const Choice& spec) {
    const bool by_option = option.found == Found::kBudget;
    outcome_.flags = option.found == Found::kIgnored ? kWarned : 0;
    if (option.found == Found::kBad || (!by_option && spec.found == Found::kBad)) {
      return Refused();
    }
    if (!by_option && spec.found == Found::kAbsent) {
      return streamable_ <= 0 || ApplyAutomatic();
    }
    if (streamable_ <= 0) {
      outcome_.flags |= kWarned;
      return true;
    }
    if (!Set(std::min(by_option ? option.bytes : spec.bytes, streamable_))) {
      return Refused();
    }
    outcome_.source = by_option ? 1 : 2;
    return true;
  }

  const EngineOutcome& outcome() const { return outcome_; }

 private:
  bool ApplyAutomatic() {
    outcome_.flags |= kAutomaticRead;
    if (!Set(automatic_) && !Set(0)) {
      return Refused();
    }
    outcome_.source = 3;
    return true;
  }

  bool Set(int64_t budget) {
    const uint8_t bit = static_cast<uint8_t>(1u << outcome_.sets);
    outcome_.budgets[outcome_.sets++] = budget;
    outcome_.answers |= answers_ & bit;
    return (answers_ & bit) != 0;
  }

  bool Refused() {
    outcome_.flags |= kWarned;
    return false;
  }

  int64_t streamable_;
  int64_t automatic_;
  uint8_t answers_;
  EngineOutcome outcome_;
};

}  // namespace

void ModelDecision(const uint8_t* record, std::vector<uint8_t>* outcomes) {
  const uint8_t* at = record + 4;
  const Choice option = TakeOptions(&at, record[2]);
  const size_t header = outcomes->size();
  outcomes->resize(header + 2);
  bool loading = true;
  uint8_t reached = 0;
  for (; reached < record[3] && loading; ++reached) {
    const auto streamable = Take<int64_t>(&at);
    const auto automatic = Take<int64_t>(&at);
    const auto answers = Take<uint8_t>(&at);
    ++at;
    Engine engine(streamable, automatic, answers);
    const uint8_t specs = Take<uint8_t>(&at);
    loading = engine.Apply(option, TakeSpecs(&at, specs));
    const auto* const bytes = reinterpret_cast<const uint8_t*>(&engine.outcome());
    outcomes->insert(outcomes->end(), bytes, bytes + sizeof(EngineOutcome));
  }
  (*outcomes)[header] = loading ? 0 : kInvalidProgram;
  (*outcomes)[header + 1] = reached;
}

}  // namespace wsb
