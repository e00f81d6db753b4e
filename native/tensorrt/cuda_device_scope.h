// Leaves the caller's CUDA device as it was.

#ifndef WSB_NATIVE_TENSORRT_CUDA_DEVICE_SCOPE_H_
#define WSB_NATIVE_TENSORRT_CUDA_DEVICE_SCOPE_H_

#include "tensorrt/cuda_api.h"

namespace wsb {

// Notes the current device of this thread, lets it be changed, and sets it again when the scope
// ends, if it was changed. Where the current device can't be asked for, it can't be restored
// either: nothing is done then.
class CudaDeviceScope {
 public:
  explicit CudaDeviceScope(const CudaApi& cuda);
  ~CudaDeviceScope();
  CudaDeviceScope(const CudaDeviceScope&) = delete;
  CudaDeviceScope& operator=(const CudaDeviceScope&) = delete;

  // Error of asking for the current device.
  CudaError entry_error() const { return entry_error_; }
  // Makes `device` the current one, whatever it was before.
  CudaError Set(int device);
  // Makes `device` the current one unless it is known to be.
  CudaError SetIfOther(int device);

 private:
  const CudaApi& cuda_;
  int entry_ = 0;
  CudaError entry_error_;
  int current_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_CUDA_DEVICE_SCOPE_H_
