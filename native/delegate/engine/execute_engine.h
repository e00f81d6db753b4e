// Runs an engine once.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_EXECUTE_ENGINE_H_
#define WSB_NATIVE_DELEGATE_ENGINE_EXECUTE_ENGINE_H_

#include <executorch/runtime/core/error.h>
#include <executorch/runtime/core/evalue.h>
#include <executorch/runtime/core/span.h>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Runs the engine on `args`, the inputs followed by the outputs, and waits for the results. Tensors
// in device memory are used where they are, those in host memory are copied through staging memory;
// outputs get the shape that TensorRT computes. The CUDA device of the calling thread is what it
// was, afterwards.
//   InvalidArgument         too few arguments or too many, one that is not a tensor or of another
//                           element type, a shape outside of the profile, an aliased input in
//                           host memory
//   InvalidState            TensorRT refuses a shape, an address or the run, or there is no context
//   InvalidProgram          a CUDA call fails
//   MemoryAllocationFailed  no device memory for staging
//   any of resize_tensor()  an output can't take its shape
executorch::runtime::Error ExecuteEngine(
    EngineHandle& handle, executorch::runtime::Span<executorch::runtime::EValue*> args);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_EXECUTE_ENGINE_H_
