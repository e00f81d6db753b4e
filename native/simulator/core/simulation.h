// The simulated device and TensorRT of one thread.

#ifndef WSB_NATIVE_SIMULATOR_CORE_SIMULATION_H_
#define WSB_NATIVE_SIMULATOR_CORE_SIMULATION_H_

#include <cstddef>
#include <cstdint>

#include "simulator/control.h"
#include "simulator/core/call_log.h"
#include "simulator/core/device_allocations.h"
#include "simulator/core/device_memory.h"
#include "simulator/core/export.h"
#include "simulator/core/fault_schedule.h"
#include "simulator/core/object.h"
#include "simulator/core/object_pool.h"

namespace wsb {

// Everything that the calls of one thread read and write. An object remembers the simulation that
// made it and reports there; it may be used by one thread at a time.
class WSB_SIMULATOR_API Simulation {
 public:
  // The simulation of the calling thread. It stays valid when the thread ends; another thread then
  // takes it over.
  static Simulation& OfThisThread();

  // Begins a case (trtsim_begin).
  void Begin(const TrtSimDevice& device);

  // Ends a step of the case (trtsim_end_step).
  void EndStep();

  uint64_t case_number() const { return case_number_; }
  CallLog& log() { return log_; }
  const ProgramMemory& program() const { return program_; }
  DeviceMemory& memory() { return memory_; }
  FaultSchedule& faults() { return faults_; }
  DeviceAllocations& allocations() { return allocations_; }
  const DeviceAllocations& allocations() const { return allocations_; }
  TrtSimLive& live() { return live_; }

  ObjectPool<RuntimeObject>& runtimes() { return runtimes_; }
  ObjectPool<EngineObject>& engines() { return engines_; }
  ObjectPool<ContextObject>& contexts() { return contexts_; }
  ObjectPool<EventObject>& events() { return events_; }

  // Counts an attempt to deserialize; its number, from 0.
  int NextEngine() { return static_cast<int>(engine_count_++); }
  uint32_t engine_count() const { return engine_count_; }

  // The device that cudaSetDevice made current, and the error that cudaGetLastError reports.
  int current_device = 0;
  int last_cuda_error = 0;

 private:
  uint64_t case_number_ = 0;
  ProgramMemory program_;
  uint32_t engine_count_ = 0;
  int device_of_step_ = 0;
  TrtSimLive live_{};
  CallLog log_;
  DeviceMemory memory_;
  FaultSchedule faults_;
  DeviceAllocations allocations_;
  ObjectPool<RuntimeObject> runtimes_;
  ObjectPool<EngineObject> engines_;
  ObjectPool<ContextObject> contexts_;
  ObjectPool<EventObject> events_;
};

// The TensorRT version that the simulator stands for: major * 10000 + minor * 100 + patch.
// Process-wide; 110100 unless set.
WSB_SIMULATOR_API int32_t SimulatedVersion();

// False, and nothing is changed, for a version whose slots are not known.
bool SetSimulatedVersion(int32_t version);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_SIMULATION_H_
