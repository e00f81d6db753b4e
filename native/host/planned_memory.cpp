#include "host/planned_memory.h"

#include <cstring>
#include <utility>

namespace wsb {
namespace {

using executorch::runtime::Error;
using executorch::runtime::MethodMeta;
using executorch::runtime::Result;
using executorch::runtime::Span;

using executorch::runtime::DeviceMemoryBuffer;
using executorch::runtime::etensor::Device;
using executorch::runtime::etensor::kNumDeviceTypes;

constexpr int64_t kAlignment = AlignedBuffer::kAlignment;

int64_t Rounded(int64_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

Error PlannedMemory::Prepare(const MethodMeta& meta) {
  Release();
  int64_t host_bytes = 0;
  Error error = ReadBuffers(meta, &host_bytes);
  if (error != Error::Ok) {
    return error;
  }
  uint8_t* at = memory_.Reserve(static_cast<size_t>(host_bytes));
  if (at == nullptr) {
    return Error::MemoryAllocationFailed;
  }
  std::memset(at, 0, static_cast<size_t>(host_bytes));
  for (size_t n = 0; n < sizes_.size(); ++n) {
    if (devices_[n].is_cpu()) {
      buffers_.emplace_back(at, static_cast<size_t>(sizes_[n]));
      at += Rounded(sizes_[n]);
    } else if (error = PlaceOnDevice(n); error != Error::Ok) {
      Release();
      return error;
    }
  }
  const Span<Span<uint8_t>> buffers(buffers_.data(), buffers_.size());
  if (on_device_.empty()) {
    allocator_.emplace(buffers);
  } else {
    allocator_.emplace(buffers, Span<const Device>(devices_.data(), devices_.size()));
  }
  return Error::Ok;
}

void PlannedMemory::Release() {
  sizes_.clear();
  devices_.clear();
  buffers_.clear();
  on_device_.clear();
}

// Sizes and devices of all buffers, and what those in host memory take together.
Error PlannedMemory::ReadBuffers(const MethodMeta& meta, int64_t* host_bytes) {
  int64_t asked = 0;
  const size_t count = meta.num_memory_planned_buffers();
  if (count > kMaxBuffers) {
    return Error::MemoryAllocationFailed;
  }
  for (size_t n = 0; n < count; ++n) {
    const Result<int64_t> size = meta.memory_planned_buffer_size(n);
    const Result<Device> device = meta.memory_planned_buffer_device(n);
    if (!size.ok() || !device.ok()) {
      return size.ok() ? device.error() : size.error();
    }
    if (*size < 0 || *size > kMaxBytes - asked) {
      return Error::MemoryAllocationFailed;
    }
    asked += *size;
    *host_bytes += device->is_cpu() ? Rounded(*size) : 0;
    sizes_.push_back(*size);
    devices_.push_back(*device);
  }
  return Error::Ok;
}

Error PlannedMemory::PlaceOnDevice(size_t n) {
  const Device& device = devices_[n];
  // ExecuTorch ends the process when it is asked for a device that it does not know.
  if (static_cast<size_t>(device.type()) >= kNumDeviceTypes) {
    return Error::NotFound;
  }
  Result<DeviceMemoryBuffer> buffer = DeviceMemoryBuffer::create(
      static_cast<size_t>(sizes_[n]), device.type(), device.index());
  if (!buffer.ok()) {
    return buffer.error();
  }
  buffers_.push_back(buffer->as_span());
  on_device_.push_back(std::move(*buffer));
  return Error::Ok;
}

}  // namespace wsb
