// Control of the simulated TensorRT and CUDA by a test host. Plain C, exported by libtrtsim.so.
//
// Everything but the table of recorded plans is per thread: a thread scripts, runs and reads its
// own cases.

#ifndef WSB_NATIVE_SIMULATOR_CONTROL_H_
#define WSB_NATIVE_SIMULATOR_CONTROL_H_

#include <stddef.h>
#include <stdint.h>

#define TRTSIM_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

// Calls that a fault can make fail; the numbers are those of spec/wire-format.md.
enum TrtSimFaultCall {
  kTrtSimFaultCreateInferRuntime = 0,
  kTrtSimFaultCudaSetDevice = 1,
  kTrtSimFaultCudaEventCreate = 2,
  kTrtSimFaultCudaDeviceGetAttribute = 3,
  kTrtSimFaultCudaMalloc = 4,
  kTrtSimFaultCudaMemcpy = 5,
  kTrtSimFaultDeserializeCudaEngine = 6,
  kTrtSimFaultSetWeightStreamingBudgetV2 = 7,
  kTrtSimFaultCreateExecutionContext = 8,
  kTrtSimFaultEnqueueV3 = 9,
  kTrtSimFaultCudaMemcpyAsync = 10,
  kTrtSimFaultCudaEventRecord = 11,
  kTrtSimFaultCudaEventSynchronize = 12,
  kTrtSimLastFault = kTrtSimFaultCudaEventSynchronize,
};

// Lets the `occurrence`-th call (from 1) of `call` since trtsim_begin fail.
typedef struct TrtSimFault {
  uint8_t call;
  uint16_t occurrence;
} TrtSimFault;

// The simulated device of one case. Sizes are bytes. [program, program + program_size) is the
// memory that plans may lie in (bytes of the loaded file); null when that is not to be checked.
typedef struct TrtSimDevice {
  uint64_t total_bytes;
  uint64_t free_bytes;
  const TrtSimFault* faults;
  size_t fault_count;
  const void* program;
  size_t program_size;
} TrtSimDevice;

// Recorded calls; the first five numbers are those of spec/wire-format.md.
enum TrtSimCall {
  kTrtSimDeserializeCudaEngine = 0,
  kTrtSimGetWeightStreamingAutomaticBudget = 1,
  kTrtSimSetWeightStreamingBudgetV2 = 2,
  kTrtSimCreateExecutionContext = 3,
  kTrtSimEnqueueV3 = 4,
  // Free to any delegate; recorded only when tracing is on.
  kTrtSimCreateInferRuntime = 16,
  kTrtSimGetStreamableWeightsSize = 17,
  kTrtSimGetWeightStreamingBudgetV2 = 18,
  kTrtSimGetWeightStreamingScratchMemorySize = 19,
  kTrtSimGetDeviceMemorySizeV2 = 20,
  kTrtSimDestroyContext = 21,
  kTrtSimDestroyEngine = 22,
  kTrtSimDestroyRuntime = 23,
  kTrtSimCudaSetDevice = 24,
};

// One call. `engine` numbers the deserialize attempts of the case from 0; -1 for calls on no
// engine. `value` is the argument of a set, the answer of a read, else 0. `ok` is 1 for success or
// true.
typedef struct TrtSimEvent {
  uint8_t call;
  uint8_t ok;
  int16_t engine;
  int64_t value;
} TrtSimEvent;

// Objects of the case that are alive.
typedef struct TrtSimLive {
  uint32_t runtimes;
  uint32_t engines;
  uint32_t contexts;
  uint32_t events;
  uint32_t allocations;
} TrtSimLive;

// Begins a case on this thread: forgets events, violations and counts, and lays out the device.
// `faults` and `program` are read during the case and have to outlive it. Objects of an earlier
// case that are still alive stay valid to destroy and no longer count; of those that leaked, the
// last few thousand are kept.
TRTSIM_API void trtsim_begin(const TrtSimDevice* device);

// Sets how many bytes of the device are free, as if others took or gave back the difference.
TRTSIM_API void trtsim_set_free(uint64_t free_bytes);

// Makes the device one that shares the memory of the host, until the next case: it is integrated,
// and `available_bytes` can be taken of it, though no more than what is free is told to be.
TRTSIM_API void trtsim_share_memory(uint64_t available_bytes);

// How much memory of such a device can be taken, the free one included.
TRTSIM_API uint64_t trtsim_available(void);

// Switches the recording of calls from kTrtSimCreateInferRuntime on. Off at the start of a thread.
TRTSIM_API void trtsim_trace(int on);

// Sets what this thread calls behind each call of TensorRT and of the CUDA runtime that the log can
// hold, so that a host can let another thread go on there; null for nothing.
typedef void (*TrtSimYield)(void* context);
TRTSIM_API void trtsim_set_yield(TrtSimYield yield, void* context);

// The events and violations of the case so far; valid until the next call into the simulator on
// this thread. Violations are indices into the list of spec/wire-format.md. After a million events
// or 65,535 violations of one case no more are kept.
TRTSIM_API const TrtSimEvent* trtsim_events(size_t* count);
TRTSIM_API const uint8_t* trtsim_violations(size_t* count);
TRTSIM_API TrtSimLive trtsim_live(void);

// Tells that a step of the case is over: another current device than at its beginning is a
// violation. The first step begins with the case.
TRTSIM_API void trtsim_end_step(void);

// How many attempts to deserialize a plan the case has seen so far.
TRTSIM_API uint32_t trtsim_engines(void);

// Makes the plan whose SHA-256 is `sha256` (32 bytes) answer as the scripted or modelled plan
// given, which is copied; a second call for the same SHA-256 replaces it. Process-wide, from any
// thread. Returns 0, or -1 when the plan is malformed or the table (64 entries) is full.
TRTSIM_API int trtsim_record_plan(const uint8_t* sha256, const void* plan, size_t plan_size);

// The version that getInferLibVersion answers: major * 10000 + minor * 100 + patch. Process-wide;
// 110100 unless set. Only versions with known slots are played (10.2 to 10.16 and 11.0 to 11.4);
// returns 0, or -1 for another. A caller that passes another known version to createInferRuntime is
// served with that one's.
TRTSIM_API int trtsim_set_version(int32_t version);

#ifdef __cplusplus
}
#endif

#endif  // WSB_NATIVE_SIMULATOR_CONTROL_H_
