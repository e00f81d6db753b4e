#include "tensorrt/device_buffer.h"

#include <algorithm>
#include <utility>

namespace wsb {

DeviceBuffer::DeviceBuffer(DeviceBuffer&& other) noexcept
    : cuda_(other.cuda_),
      address_(std::exchange(other.address_, nullptr)),
      capacity_(std::exchange(other.capacity_, 0)) {}

void* DeviceBuffer::Reserve(size_t size) {
  const size_t needed = std::max<size_t>(size, 1);
  if (needed > capacity_) {
    Free();
    if (cuda_->Malloc(&address_, needed) != kCudaSuccess) {
      address_ = nullptr;
      return nullptr;
    }
    capacity_ = needed;
  }
  return address_;
}

void DeviceBuffer::Free() {
  if (address_ != nullptr) {
    cuda_->Free(address_);
    address_ = nullptr;
  }
  capacity_ = 0;
}

}  // namespace wsb
