// What a case did: calls and violations; and whether its plans lie where they may.

#ifndef WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_
#define WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "simulator/control.h"

namespace wsb {

// Calls that no conforming delegate makes; the numbers are those of spec/wire-format.md.
enum class Violation : uint8_t {
  kUnknownSlot = 0,
  kUseAfterDestroy = 1,
  kSetWithContext = 2,
  kDestroyEngineWithContext = 3,
  kDestroyRuntimeWithEngine = 4,
  kPlanOutOfBounds = 5,
  kMisalignedPlan = 6,
  kNullArgument = 7,
  kDeviceLeftChanged = 8,
  kWrongMemory = 9,
};

// Keeps its memory from case to case, and never more than a case can need: a delegate that calls
// without end fills it once.
class CallLog {
 public:
  void Reset() {
    events_.clear();
    violations_.clear();
  }
  void set_tracing(bool tracing) { tracing_ = tracing; }
  void set_yield(TrtSimYield yield, void* context) {
    yield_ = yield;
    yield_context_ = context;
  }

  // `engine` is the number of the engine, -1 for none.
  void Record(TrtSimCall call, bool ok, int engine, int64_t value) {
    const bool is_contract = call < kTrtSimCreateInferRuntime;
    if ((is_contract || tracing_) && events_.size() < kMaxEvents) {
      events_.push_back({static_cast<uint8_t>(call), static_cast<uint8_t>(ok ? 1 : 0),
                         static_cast<int16_t>(engine), value});
    }
    if (yield_ != nullptr) {
      yield_(yield_context_);
    }
  }

  void Note(Violation violation) {
    if (violations_.size() < kMaxViolations) {
      violations_.push_back(static_cast<uint8_t>(violation));
    }
  }

  const std::vector<TrtSimEvent>& events() const { return events_; }
  const std::vector<uint8_t>& violations() const { return violations_; }

 private:
  static constexpr size_t kMaxEvents = 1 << 20;
  static constexpr size_t kMaxViolations = 0xffff;

  bool tracing_ = false;
  TrtSimYield yield_ = nullptr;
  void* yield_context_ = nullptr;
  std::vector<TrtSimEvent> events_;
  std::vector<uint8_t> violations_;
};

// The program of a case in memory, from which the plans come.
class ProgramMemory {
 public:
  // A null program is one whose place is not known.
  void Set(const void* program, size_t size) {
    begin_ = static_cast<const char*>(program);
    size_ = size;
  }

  // Whether the bytes of a plan may be read. What is wrong with their place is noted.
  bool MayRead(const void* plan, size_t size, CallLog* log) const {
    constexpr uintptr_t kPlanAlignment = 16;
    if (plan == nullptr) {
      log->Note(Violation::kNullArgument);
      return false;
    }
    if (reinterpret_cast<uintptr_t>(plan) % kPlanAlignment != 0) {
      log->Note(Violation::kMisalignedPlan);
    }
    const bool past_end = RunsPastEnd(static_cast<const char*>(plan), size);
    if (past_end) {
      log->Note(Violation::kPlanOutOfBounds);
    }
    return !past_end;
  }

 private:
  // Whether the plan begins in the program, or right behind it, and runs past its end. A plan that
  // begins elsewhere is a copy that the delegate made.
  bool RunsPastEnd(const char* plan, size_t size) const {
    const std::less<const char*> before;
    if (begin_ == nullptr || before(plan, begin_) || before(begin_ + size_, plan)) {
      return false;
    }
    return size > static_cast<size_t>(begin_ + size_ - plan);
  }

  const char* begin_ = nullptr;
  size_t size_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_
