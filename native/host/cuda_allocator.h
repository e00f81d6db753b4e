// Device memory for ExecuTorch, from a CUDA runtime.

#ifndef WSB_NATIVE_HOST_CUDA_ALLOCATOR_H_
#define WSB_NATIVE_HOST_CUDA_ALLOCATOR_H_

#include <string>

namespace wsb {

// Makes ExecuTorch take CUDA memory of the CUDA runtime in `cudart`, a library that stays loaded,
// unless somebody has registered an allocator for that device. Called once, before any program is
// loaded. False when a function is missing; `error` then names it.
bool RegisterCudaAllocator(void* cudart, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_CUDA_ALLOCATOR_H_
