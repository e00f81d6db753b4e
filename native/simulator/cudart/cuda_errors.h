// The values of cudaError_t that the simulated CUDA runtime returns.

#ifndef WSB_NATIVE_SIMULATOR_CUDART_CUDA_ERRORS_H_
#define WSB_NATIVE_SIMULATOR_CUDART_CUDA_ERRORS_H_

namespace wsb {

enum CudaErrorCode : int {
  kCudaSuccess = 0,
  kCudaErrorInvalidValue = 1,
  kCudaErrorMemoryAllocation = 2,
  kCudaErrorInvalidDevice = 101,
  kCudaErrorInvalidResourceHandle = 400,
  kCudaErrorLaunchFailure = 719,
  kCudaErrorNotSupported = 801,
};

// What an error means; never null.
const char* DescribeCudaError(int error);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CUDART_CUDA_ERRORS_H_
