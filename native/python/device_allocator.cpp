// The host's allocator for CUDA memory, for Python's ExecuTorch, which has none.

#include <dlfcn.h>

#include <string>

#include "host/cuda_allocator.h"

// Makes the ExecuTorch of this process take CUDA memory of the CUDA runtime in the file `cudart`.
// 0 when it does.
extern "C" __attribute__((visibility("default"))) int wsb_register_cuda_allocator(
    const char* cudart) {
  std::string error;
  void* const library = dlopen(cudart, RTLD_NOW | RTLD_GLOBAL);
  return library != nullptr && wsb::RegisterCudaAllocator(library, &error) ? 0 : 1;
}
