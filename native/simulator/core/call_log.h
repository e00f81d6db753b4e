// What a case did: calls and violations.

#ifndef WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_
#define WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_

#include <cstddef>
#include <cstdint>
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

  // `engine` is the number of the engine, -1 for none.
  void Record(TrtSimCall call, bool ok, int engine, int64_t value) {
    const bool is_contract = call < kTrtSimCreateInferRuntime;
    if ((is_contract || tracing_) && events_.size() < kMaxEvents) {
      events_.push_back({static_cast<uint8_t>(call), static_cast<uint8_t>(ok ? 1 : 0),
                         static_cast<int16_t>(engine), value});
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
  std::vector<TrtSimEvent> events_;
  std::vector<uint8_t> violations_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_CALL_LOG_H_
