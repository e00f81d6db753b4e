// Calls that fail because a case says so.

#ifndef WSB_NATIVE_SIMULATOR_CORE_FAULT_SCHEDULE_H_
#define WSB_NATIVE_SIMULATOR_CORE_FAULT_SCHEDULE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "simulator/control.h"

namespace wsb {

// Counts the calls of a case and says which of them fail.
class FaultSchedule {
 public:
  // Begins to count anew. `faults` has to outlive the case.
  void Reset(const TrtSimFault* faults, size_t count) {
    faults_ = faults;
    fault_count_ = count;
    calls_ = {};
  }

  // Counts one call; true when this one has to fail.
  bool Fails(TrtSimFaultCall call) {
    const uint32_t occurrence = ++calls_[call];
    for (size_t n = 0; n < fault_count_; ++n) {
      if (faults_[n].call == call && faults_[n].occurrence == occurrence) {
        return true;
      }
    }
    return false;
  }

 private:
  const TrtSimFault* faults_ = nullptr;
  size_t fault_count_ = 0;
  std::array<uint32_t, kTrtSimLastFault + 1> calls_{};
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_FAULT_SCHEDULE_H_
