// Takes an automatic budget back that leaves too little for others.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_RELEASE_MEMORY_H_
#define WSB_NATIVE_DELEGATE_ENGINE_RELEASE_MEMORY_H_

#include <cstdint>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Whether an engine with a fitting budget has a context, keeps weights resident and would hold less
// without.
bool CanReleaseMemory(const EngineHandle& handle);

// Gives an engine with a fitting budget and a context that was never used a smaller budget: the
// largest that leaves `bytes` of device memory free, or 0. Its context is destroyed first and made
// again then (WSB-APPLY-11), at the latest with a budget of 0. One that can't release memory is
// left alone; one that would hold no less by streaming keeps everything resident, and can't release
// any more. Afterwards `context` of the handle is null when TensorRT made none any more. Twin:
// reference/delegate/yield-budget.ts.
void ReleaseMemory(uint64_t bytes, EngineHandle& handle);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_RELEASE_MEMORY_H_
