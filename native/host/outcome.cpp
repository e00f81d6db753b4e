#include "host/outcome.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <variant>

namespace wsb {
namespace {

using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::OptionValue;

using OptionText = std::array<char, kMaxOptionValueLength>;

constexpr uint8_t kVersion = 1;
constexpr uint8_t kTooMuch = 255;
constexpr size_t kMaxCount = 255;
constexpr size_t kHeaderBytes = 4 + 4 + 5 * 2 + 2;
constexpr size_t kStepBytes = 3;
constexpr size_t kEngineBytes = 4 + 8;
constexpr size_t kCallBytes = 2 + 8;

template <typename T>
uint8_t* Put(uint8_t* at, T value) {
  std::memcpy(at, &value, sizeof(value));
  return at + sizeof(value);
}

// What stands behind the type of a value, and the types themselves.
enum class ValueType : uint8_t { kBool = 0, kInt = 1, kString = 2 };

size_t TextLength(const OptionText& text) { return strnlen(text.data(), text.size()); }

size_t SizeOf(const StepOutcome& step) {
  if (!step.value.has_value()) {
    return kStepBytes;
  }
  if (const auto* text = std::get_if<OptionText>(&*step.value)) {
    return kStepBytes + 1 + sizeof(uint16_t) + TextLength(*text);
  }
  return kStepBytes + 1 + (std::holds_alternative<int>(*step.value) ? sizeof(int32_t) : 1);
}

uint8_t* PutValue(uint8_t* at, const OptionValue& value) {
  if (const bool* truth = std::get_if<bool>(&value)) {
    at = Put(at, ValueType::kBool);
    return Put(at, static_cast<uint8_t>(*truth ? 1 : 0));
  }
  if (const int* number = std::get_if<int>(&value)) {
    at = Put(at, ValueType::kInt);
    return Put(at, static_cast<int32_t>(*number));
  }
  const auto& text = std::get<OptionText>(value);
  const size_t length = TextLength(text);
  at = Put(at, ValueType::kString);
  at = Put(at, static_cast<uint16_t>(length));
  return std::copy_n(reinterpret_cast<const uint8_t*>(text.data()), length, at);
}

uint8_t* PutStep(uint8_t* at, const StepOutcome& step) {
  constexpr int kWarned = 1;
  constexpr int kHasValue = 2;
  at = Put(at, static_cast<uint8_t>(step.error));
  at = Put(at, static_cast<uint8_t>(step.phase));
  at = Put(at, static_cast<uint8_t>((step.warned ? kWarned : 0) |
                                    (step.value.has_value() ? kHasValue : 0)));
  return step.value.has_value() ? PutValue(at, *step.value) : at;
}

uint16_t Saturated(uint32_t count) { return static_cast<uint16_t>(std::min(count, 0xffffu)); }

bool IsContractCall(const TrtSimEvent& event) {
  return event.call < kTrtSimCreateInferRuntime && event.engine >= 0;
}

uint8_t* PutHeader(uint8_t* at, size_t size, uint8_t program, size_t steps, size_t engines,
                   const TrtSimLive& live, size_t violations) {
  at = Put(at, static_cast<uint32_t>(size));
  at = Put(at, kVersion);
  at = Put(at, program);
  at = Put(at, static_cast<uint8_t>(steps));
  at = Put(at, static_cast<uint8_t>(engines));
  for (const uint32_t count :
       {live.runtimes, live.engines, live.contexts, live.events, live.allocations}) {
    at = Put(at, Saturated(count));
  }
  return Put(at, static_cast<uint16_t>(violations));
}

}  // namespace

void Outcome::Clear() {
  program = executorch::runtime::Error::Ok;
  steps.clear();
  engines.clear();
}

bool AreEqualButRuntimes(const std::vector<uint8_t>& one, const std::vector<uint8_t>& other) {
  // The first of the counts of what is left alive.
  constexpr size_t kRuntimesAt = 4 + 4;
  constexpr size_t kBehind = kRuntimesAt + sizeof(uint16_t);
  return one.size() == other.size() &&
         std::equal(one.begin(), one.begin() + kRuntimesAt, other.begin()) &&
         std::equal(one.begin() + kBehind, one.end(), other.begin() + kBehind);
}

void AddViolation(uint8_t violation, std::vector<uint8_t>* record) {
  constexpr size_t kCountAt = kHeaderBytes - sizeof(uint16_t);
  uint16_t count = 0;
  std::memcpy(&count, record->data() + kCountAt, sizeof(count));
  if (count >= kMaxCount) {
    return;
  }
  record->push_back(violation);
  Put(record->data() + kCountAt, static_cast<uint16_t>(count + 1));
  Put(record->data(), static_cast<uint32_t>(record->size()));
}

void OutcomeWriter::Append(const Outcome& outcome, const SimulatedCalls& calls,
                           std::vector<uint8_t>* bytes) {
  const size_t start = bytes->size();
  if (!CountCalls(outcome, calls)) {
    bytes->resize(start + kHeaderBytes);
    PutHeader(bytes->data() + start, kHeaderBytes, kTooMuch, 0, 0, calls.live, 0);
    return;
  }
  size_t size = kHeaderBytes + calls.violation_count;
  for (const StepOutcome& step : outcome.steps) {
    size += SizeOf(step);
  }
  for (const EngineCalls& engine : by_engine_) {
    size += kEngineBytes + engine.count * kCallBytes;
  }
  bytes->resize(start + size);
  uint8_t* at =
      PutHeader(bytes->data() + start, size, static_cast<uint8_t>(outcome.program),
                outcome.steps.size(), outcome.engines.size(), calls.live, calls.violation_count);
  for (const StepOutcome& step : outcome.steps) {
    at = PutStep(at, step);
  }
  at = PutEngines(outcome, at);
  PutCalls(calls);
  std::copy_n(calls.violations, calls.violation_count, at);
}

// False when something exceeds what a record can hold.
bool OutcomeWriter::CountCalls(const Outcome& outcome, const SimulatedCalls& calls) {
  by_engine_.assign(outcome.engines.size(), EngineCalls());
  if (outcome.engines.size() > kMaxCount || calls.violation_count > kMaxCount) {
    return false;
  }
  for (size_t n = 0; n < calls.event_count; ++n) {
    const TrtSimEvent& event = calls.events[n];
    if (!IsContractCall(event)) {
      continue;
    }
    const auto number = static_cast<size_t>(event.engine);
    if (number >= by_engine_.size() || ++by_engine_[number].count > kMaxCount) {
      return false;
    }
    if (event.call == kTrtSimSetWeightStreamingBudgetV2 && event.ok != 0) {
      by_engine_[number].has_applied = true;
      by_engine_[number].applied = event.value;
    }
  }
  return true;
}

// Leaves room for the calls of each engine.
uint8_t* OutcomeWriter::PutEngines(const Outcome& outcome, uint8_t* at) {
  for (size_t n = 0; n < by_engine_.size(); ++n) {
    EngineCalls& calls = by_engine_[n];
    at = Put(at, outcome.engines[n].step);
    // A source says where an applied budget came from.
    at = Put(at, static_cast<uint8_t>(calls.has_applied ? outcome.engines[n].source : 0));
    at = Put(at, static_cast<uint8_t>(calls.has_applied ? 1 : 0));
    at = Put(at, static_cast<uint8_t>(calls.count));
    at = Put(at, calls.applied);
    calls.next_call = at;
    at += calls.count * kCallBytes;
  }
  return at;
}

void OutcomeWriter::PutCalls(const SimulatedCalls& calls) {
  for (size_t n = 0; n < calls.event_count; ++n) {
    const TrtSimEvent& event = calls.events[n];
    if (IsContractCall(event)) {
      uint8_t*& at = by_engine_[static_cast<size_t>(event.engine)].next_call;
      at = Put(at, event.call);
      at = Put(at, event.ok);
      at = Put(at, event.value);
    }
  }
}

}  // namespace wsb
