// What a loaded delegate is made of.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_ENGINE_HANDLE_H_
#define WSB_NATIVE_DELEGATE_ENGINE_ENGINE_HANDLE_H_

#include <executorch/runtime/core/exec_aten/exec_aten.h>

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delegate/application/fit_budget.h"
#include "delegate/application/load_key.h"
#include "tensorrt/context.h"
#include "tensorrt/cuda_event.h"
#include "tensorrt/device_buffer.h"
#include "tensorrt/dims.h"
#include "tensorrt/engine.h"
#include "tensorrt/runtime.h"
#include "tensorrt/tensorrt.h"

namespace wsb {

// An input of the engine; the n-th is the n-th argument of the delegate.
struct InputBinding {
  InputBinding(std::string name, const CudaApi& cuda) : name(std::move(name)), staging(cuda) {}

  std::string name;
  // The type of its elements; none where ExecuTorch has no such type.
  std::optional<executorch::aten::ScalarType> type;
  // Least and largest shape of the engine's profile.
  Dims min;
  Dims max;
  // An output is written over this input.
  bool is_aliased = false;
  // Holds the input while it is in host memory.
  DeviceBuffer staging;
};

// An output of the engine; they follow the inputs among the arguments of the delegate.
struct OutputBinding {
  OutputBinding(std::string name, const CudaApi& cuda) : name(std::move(name)), staging(cuda) {}

  std::string name;
  // The type of its elements; none where ExecuTorch has no such type.
  std::optional<executorch::aten::ScalarType> type;
  // Index of the input that it is written over.
  std::optional<size_t> aliased_input;
  // Takes the output when it has to go to host memory.
  DeviceBuffer staging;
};

// An engine ready to run: what init() hands to ExecuTorch. It lies in memory of ExecuTorch's, so it
// is made with placement new and ended by a call of its destructor.
struct EngineHandle {
  // Makes nothing yet: init() does, step by step. `tensorrt` has to outlive the handle.
  EngineHandle(const TensorRt& tensorrt, int device, LoadKey load)
      : tensorrt(tensorrt), device(device), load(load), done(tensorrt.cuda()) {}

  // Ends the load for those that come, and destroys what was made, in the order that TensorRT asks
  // for: staging memory, context, engine, runtime, and the event last. The device of the calling
  // thread is what it was, afterwards.
  ~EngineHandle();

  EngineHandle(const EngineHandle&) = delete;
  EngineHandle& operator=(const EngineHandle&) = delete;

  // Waits for work on the device that an execution that failed may have left behind.
  void Drain();

  const TensorRt& tensorrt;
  // The CUDA device of the engine.
  const int device;
  // The load that it belongs to.
  const LoadKey load;
  // The device can read and write host memory.
  bool has_unified_memory = false;

  Runtime runtime;
  Engine engine;
  Context context;
  // How its budget came about; step kNone when it is not a fitting one.
  Fitting fitting;
  std::vector<InputBinding> inputs;
  std::vector<OutputBinding> outputs;

  // One execution at a time: a context can't run two, and they would share the staging memory.
  std::mutex mutex;
  // It ran, or tried to, so that its context stays as it is. Under the mutex.
  bool executed = false;
  // Recorded behind the work of an execution.
  CudaEvent done;
  // Work may be on its way that nobody has waited for.
  bool in_flight = false;
  // Somebody set its budget while it lived, so that it keeps its memory. Under the mutex.
  bool is_pinned = false;
};

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_ENGINE_HANDLE_H_
