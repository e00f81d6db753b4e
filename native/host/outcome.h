// What was observed of a delegate over one request, encoded (spec/wire-format.md).

#ifndef WSB_NATIVE_HOST_OUTCOME_H_
#define WSB_NATIVE_HOST_OUTCOME_H_

#include <executorch/runtime/backend/options.h>
#include <executorch/runtime/core/error.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "simulator/control.h"

namespace wsb {

enum class StepPhase : uint8_t {
  kNone = 0,
  kOptions = 1,
  kLoad = 2,
  kExecute = 3,
  kSetOption = 4,
  kGetOption = 5,
};

struct StepOutcome {
  executorch::runtime::Error error;
  // Where the error arose; kNone without one.
  StepPhase phase;
  bool warned;
  // What get_option() gave.
  std::optional<executorch::runtime::OptionValue> value = std::nullopt;
};

// Of one attempt to deserialize an engine.
struct EngineOutcome {
  uint8_t step;
  // What the delegate said about its source (WsbBudgetSource).
  uint8_t source;
};

// Of the simulator's; spans of its memory.
struct SimulatedCalls {
  const TrtSimEvent* events;
  size_t event_count;
  const uint8_t* violations;
  size_t violation_count;
  TrtSimLive live;
};

// One object serves request after request and keeps its memory.
struct Outcome {
  executorch::runtime::Error program = executorch::runtime::Error::Ok;
  std::vector<StepOutcome> steps;
  std::vector<EngineOutcome> engines;

  void Clear();
};

// What a host adds to the violations that the simulator notes: the threads of a request had other
// outcomes than it has alone.
inline constexpr uint8_t kThreadsDiffer = 10;

// Whether two outcome records are the same, but for how many runtimes were left alive: a runtime is
// the delegate's own affair (spec/decisions.md), and one for all threads is left where it was made.
bool AreEqualButRuntimes(const std::vector<uint8_t>& one, const std::vector<uint8_t>& other);

// Adds a violation to an outcome record, unless it has all that it can hold.
void AddViolation(uint8_t violation, std::vector<uint8_t>* record);

// Writes outcome records. One object serves request after request and keeps its memory.
class OutcomeWriter {
 public:
  // Appends the record of `outcome` and `calls` to `bytes`. Where a count exceeds what a record can
  // hold, the record says so with error code 255 for the program.
  void Append(const Outcome& outcome, const SimulatedCalls& calls, std::vector<uint8_t>* bytes);

 private:
  // Of one engine, what its part of the record needs.
  struct EngineCalls {
    size_t count = 0;
    bool has_applied = false;
    int64_t applied = 0;
    uint8_t* next_call = nullptr;
  };

  bool CountCalls(const Outcome& outcome, const SimulatedCalls& calls);
  uint8_t* PutEngines(const Outcome& outcome, uint8_t* at);
  void PutCalls(const SimulatedCalls& calls);

  std::vector<EngineCalls> by_engine_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_OUTCOME_H_
