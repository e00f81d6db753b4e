// What the delegate tells a test host about itself, and its budget rules alone. Plain C, exported
// by libtensorrt_delegate.so.
//
// A delegate needs none of this to conform; the suite uses it to see which source a budget came
// from when two sources hold the same value.

#ifndef WSB_NATIVE_DELEGATE_OBSERVER_H_
#define WSB_NATIVE_DELEGATE_OBSERVER_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Source of a budget; the numbers are those of spec/wire-format.md.
enum WsbBudgetSource {
  kWsbSourceNone = 0,
  kWsbSourceOption = 1,
  kWsbSourceCompileSpec = 2,
  kWsbSourceAutomatic = 3,
  kWsbSourceSetOption = 4,
};

// Called once for each engine whose budget rules were carried out: before there is a context.
// `source` is kWsbSourceNone when no budget took effect.
typedef void (*WsbBudgetObserver)(void* context, uint8_t source);

// Sets the observer of this thread; null removes it.
void wsb_delegate_observe(WsbBudgetObserver observer, void* context);

// Writes what is to be read in place of /proc/meminfo, at most `size` bytes; returns how many, 0
// when it can't be read.
typedef size_t (*WsbMeminfoReader)(void* context, char* buffer, size_t size);

// Sets the reader of this thread; null stands for the file itself.
void wsb_delegate_meminfo(WsbMeminfoReader reader, void* context);

// Says which libraries stand for TensorRT and the CUDA runtime, before the first use of the
// delegate in the process. Null keeps the default: the environment variables WSB_TENSORRT_LIBRARY
// and WSB_CUDART_LIBRARY, else the system's libnvinfer and libcudart. Returns 0, or -1 when a
// library was loaded already.
int wsb_delegate_configure(const char* tensorrt_library, const char* cudart_library);

// Who chooses a budget that neither an option nor a compile spec gives.
enum WsbPolicy {
  // The delegate: the most that the free device memory has room for beside the execution context;
  // TensorRT where the free memory can't be told.
  kWsbPolicyFitting = 0,
  // TensorRT, whose answer is set as it is given, as the upstream delegate does.
  kWsbPolicyUpstream = 1,
};

// Sets the policy of the process, for the loads that begin after the call. kWsbPolicyFitting until
// then. Returns 0, or -1 for a number that is not a WsbPolicy.
int wsb_delegate_policy(int32_t policy);

// What the budget rules came to for one engine: the ExecuTorch error code that init() would return
// for it (0 when it may go on), the source of the budget that it now has (a WsbBudgetSource), and
// whether the log would have said at Error level that a budget came to nothing (0 or 1).
typedef struct WsbDecision {
  uint32_t error;
  uint8_t source;
  uint8_t warned;
} WsbDecision;

// Carries out the budget rules on one engine, and nothing else: no program, no log, no context, and
// no device whose memory could be asked for, so that an automatic budget is TensorRT's.
// `engine` is an ICudaEngine of the TensorRT `version` given; it is destroyed before the call
// returns. `options` are executorch::runtime::BackendOption, `specs` are
// executorch::runtime::CompileSpec, each an array. Returns 0, or -1 when the version is not known
// or `engine` can't be an object.
int wsb_delegate_decide(void* engine, int32_t version, const void* options, size_t option_count,
                        const void* specs, size_t spec_count, WsbDecision* decision);

#ifdef __cplusplus
}
#endif

#endif  // WSB_NATIVE_DELEGATE_OBSERVER_H_
