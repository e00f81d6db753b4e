// How a simulated CUDA call ends.

#ifndef WSB_NATIVE_SIMULATOR_CUDART_RESULT_H_
#define WSB_NATIVE_SIMULATOR_CUDART_RESULT_H_

#include "simulator/core/simulation.h"
#include "simulator/cudart/cuda_errors.h"

namespace wsb {

// Returns `error`, and keeps a failure for cudaGetLastError.
inline int Result(Simulation* simulation, CudaErrorCode error) {
  if (error != kCudaSuccess) {
    simulation->last_cuda_error = error;
  }
  return error;
}

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CUDART_RESULT_H_
