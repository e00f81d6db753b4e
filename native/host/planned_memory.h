// The memory that a method's tensors were planned into.

#ifndef WSB_NATIVE_HOST_PLANNED_MEMORY_H_
#define WSB_NATIVE_HOST_PLANNED_MEMORY_H_

#include <executorch/runtime/core/device_memory_buffer.h>
#include <executorch/runtime/core/hierarchical_allocator.h>
#include <executorch/runtime/executor/method_meta.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/aligned_buffer.h"

namespace wsb {

// The planned buffers of one method, in host memory or, where the program says so, on a device.
// Keeps its host memory for the next method.
class PlannedMemory {
 public:
  // All buffers of a method together have at most this many bytes.
  static constexpr int64_t kMaxBytes = int64_t{256} << 20;
  // A method has at most so many buffers.
  static constexpr size_t kMaxBuffers = 65'535;

  // Lays out the buffers that `meta` asks for, those in host memory filled with zeros.
  // MemoryAllocationFailed when they are more than kMaxBuffers or larger than kMaxBytes together,
  // or the device has no room; NotFound for a device that nobody has an allocator for.
  executorch::runtime::Error Prepare(const executorch::runtime::MethodMeta& meta);

  // What was laid out last.
  executorch::runtime::HierarchicalAllocator* allocator() { return &*allocator_; }

  // Frees what lies on devices. Nothing that was laid out may be used any more.
  void Release();

 private:
  executorch::runtime::Error ReadBuffers(const executorch::runtime::MethodMeta& meta,
                                         int64_t* host_bytes);
  executorch::runtime::Error PlaceOnDevice(size_t n);

  AlignedBuffer memory_;
  std::vector<int64_t> sizes_;
  std::vector<executorch::runtime::etensor::Device> devices_;
  std::vector<executorch::runtime::DeviceMemoryBuffer> on_device_;
  std::vector<executorch::runtime::Span<uint8_t>> buffers_;
  std::optional<executorch::runtime::HierarchicalAllocator> allocator_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PLANNED_MEMORY_H_
