// The libraries that the interposer stands before.

#ifndef WSB_NATIVE_INTERPOSER_INTERPOSED_LIBRARIES_H_
#define WSB_NATIVE_INTERPOSER_INTERPOSED_LIBRARIES_H_

#include <cstdint>

#include "simulator/control.h"
#include "tensorrt/cuda_api.h"
#include "tensorrt/slots.h"

namespace wsb {

// A TensorRT and a CUDA runtime, loaded from the files that the environment names.
struct InterposedLibraries {
  int32_t (*get_infer_lib_version)();
  void* (*create_infer_runtime)(void* logger, int32_t version);
  CudaApi cuda;
  // cudaMemcpy, which delegates do not need; null when the library has none.
  CudaError (*copy)(void* to, const void* from, size_t size, CudaMemcpyKind kind);
  // Of the simulator behind a simulated TensorRT; null for a real one.
  decltype(&trtsim_begin) begin_simulation;
  decltype(&trtsim_record_plan) record_plan;
  decltype(&trtsim_set_version) set_version;
};

// Those of WSB_INTERPOSED_TENSORRT and WSB_INTERPOSED_CUDART, loaded at the first call; null when
// one of them can't be used, which is said once on standard error. Safe from any thread.
const InterposedLibraries* Interposed();

}  // namespace wsb

#endif  // WSB_NATIVE_INTERPOSER_INTERPOSED_LIBRARIES_H_
