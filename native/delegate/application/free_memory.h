// How much device memory an automatic budget is fitted into.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_FREE_MEMORY_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_FREE_MEMORY_H_

#include <cstdint>
#include <optional>

#include "tensorrt/cuda_api.h"

namespace wsb {

// Bytes of the current device that can be had; none when that can't be told. On a device that
// shares the memory of the host, cudaMemGetInfo leaves out what caches hold, so that what the
// system says is available counts when it is more (WSB-AUTO-09). Twin:
// reference/rules/free-memory.ts.
std::optional<uint64_t> FreeMemory(const CudaApi& cuda, bool has_unified_memory);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_FREE_MEMORY_H_
