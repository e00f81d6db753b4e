// Device memory for the tensors of a run whose values do not matter.

#ifndef WSB_NATIVE_COMMON_ZEROED_TENSORS_H_
#define WSB_NATIVE_COMMON_ZEROED_TENSORS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tensorrt/cuda_api.h"
#include "tensorrt/device_buffer.h"
#include "tensorrt/engine.h"

namespace wsb {

// `size` bytes of `buffer`, filled with zeros; null when the device has not that much.
inline void* ReserveZeros(const CudaApi& cuda, size_t size, DeviceBuffer* buffer) {
  void* const address = buffer->Reserve(size);
  const std::vector<uint8_t> zeros(size);
  const bool filled = address != nullptr &&
                      cuda.MemcpyAsync(address, zeros.data(), size, CudaMemcpyKind::kHostToDevice,
                                       kCudaStreamPerThread) == kCudaSuccess &&
                      cuda.DeviceSynchronize() == kCudaSuccess;
  return filled ? address : nullptr;
}

// Binds every tensor of `engine`, whose shapes are static, to zeros in `buffers`. False when the
// device has not that much memory, or TensorRT refuses.
inline bool BindZeros(const CudaApi& cuda, const Engine& engine, const Context& context,
                      std::vector<DeviceBuffer>* buffers) {
  // No type of TensorRT's takes more.
  constexpr size_t kElementBytes = 8;
  for (int32_t n = 0; n < engine.GetNbIoTensors(); ++n) {
    const char* const name = engine.GetIoTensorName(n);
    const Dims shape = engine.GetTensorShape(name);
    size_t size = kElementBytes;
    for (int32_t axis = 0; axis < shape.rank; ++axis) {
      size *= static_cast<size_t>(std::max<int64_t>(shape.extents[axis], 1));
    }
    void* const address = ReserveZeros(cuda, size, &buffers->emplace_back(cuda));
    if (address == nullptr || !context.SetTensorAddress(name, address)) {
      cuda.ClearError();
      return false;
    }
  }
  return true;
}

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_ZEROED_TENSORS_H_
