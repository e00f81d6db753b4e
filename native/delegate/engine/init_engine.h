// Loads one delegate of a program.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_INIT_ENGINE_H_
#define WSB_NATIVE_DELEGATE_ENGINE_INIT_ENGINE_H_

#include <executorch/runtime/backend/interface.h>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Makes an engine ready to run from the blob in `processed`, with the budget that the context's
// load-time options or `specs` ask for. The handle lies in the context's runtime allocator; whoever
// gets it calls its destructor. `processed` is freed on success. On failure nothing that was made
// stays alive (WSB-FAIL-04). In this order:
//   InvalidArgument         `processed` or its data is null
//   InvalidProgram          the blob is damaged (WSB-FAIL-01)
//   InvalidState            there is no runtime allocator
//   MemoryAllocationFailed  the allocator, or the heap, has no memory
//   InvalidProgram          device, event, runtime, engine (WSB-FAIL-02), budget, binding names,
//   execution
//                           context (WSB-FAIL-03), aliases, profiles
// The CUDA device of the calling thread is what it was, afterwards.
executorch::runtime::Result<EngineHandle*> InitEngine(
    executorch::runtime::BackendInitContext& context,
    executorch::runtime::FreeableBuffer* processed,
    executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> specs);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_INIT_ENGINE_H_
