// Device memory that grows.

#ifndef WSB_NATIVE_TENSORRT_DEVICE_BUFFER_H_
#define WSB_NATIVE_TENSORRT_DEVICE_BUFFER_H_

#include <cstddef>

#include "tensorrt/cuda_api.h"

namespace wsb {

// Owns memory of the device that was current when it was allocated. Empty after a move.
class DeviceBuffer {
 public:
  explicit DeviceBuffer(const CudaApi& cuda) : cuda_(&cuda) {}
  ~DeviceBuffer() { Free(); }
  DeviceBuffer(DeviceBuffer&& other) noexcept;
  DeviceBuffer& operator=(DeviceBuffer&&) = delete;

  // Memory of at least `size` bytes, and at least one; what it held is lost when it has to grow.
  // Null, and the buffer empty, when the device has not that much.
  void* Reserve(size_t size);
  void Free();

 private:
  const CudaApi* cuda_;
  void* address_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_DEVICE_BUFFER_H_
