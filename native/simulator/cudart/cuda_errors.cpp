#include "simulator/cudart/cuda_errors.h"

namespace wsb {

const char* DescribeCudaError(int error) {
  switch (error) {
    case kCudaSuccess:
      return "no error";
    case kCudaErrorInvalidValue:
      return "invalid argument";
    case kCudaErrorMemoryAllocation:
      return "out of memory";
    case kCudaErrorInvalidDevice:
      return "invalid device ordinal";
    case kCudaErrorInvalidResourceHandle:
      return "invalid resource handle";
    case kCudaErrorLaunchFailure:
      return "unspecified launch failure";
    case kCudaErrorNotSupported:
      return "operation not supported";
    default:
      return "unrecognized error code";
  }
}

}  // namespace wsb
