#include "tensorrt/cuda_device_scope.h"

namespace wsb {

CudaDeviceScope::CudaDeviceScope(const CudaApi& cuda)
    : cuda_(cuda), entry_error_(cuda.GetDevice(&entry_)), current_(entry_) {}

CudaDeviceScope::~CudaDeviceScope() {
  if (entry_error_ != kCudaSuccess) {
    return;
  }
  // A scope within this one may have failed to go back, so what is current is asked for.
  int now = current_;
  if (cuda_.GetDevice(&now) != kCudaSuccess) {
    cuda_.ClearError();
    now = current_;
  }
  if (now != entry_) {
    cuda_.SetDevice(entry_);
  }
}

CudaError CudaDeviceScope::Set(int device) {
  const CudaError error = cuda_.SetDevice(device);
  if (error == kCudaSuccess) {
    current_ = device;
  }
  return error;
}

CudaError CudaDeviceScope::SetIfOther(int device) {
  return entry_error_ == kCudaSuccess && current_ == device ? kCudaSuccess : Set(device);
}

}  // namespace wsb
