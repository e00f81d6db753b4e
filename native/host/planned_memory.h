// The memory that a method's tensors were planned into.

#ifndef WSB_NATIVE_HOST_PLANNED_MEMORY_H_
#define WSB_NATIVE_HOST_PLANNED_MEMORY_H_

#include <executorch/runtime/core/hierarchical_allocator.h>
#include <executorch/runtime/executor/method_meta.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/aligned_buffer.h"

namespace wsb {

// The planned buffers of one method; keeps its memory for the next.
class PlannedMemory {
 public:
  // All buffers of a method together have at most this many bytes.
  static constexpr int64_t kMaxBytes = int64_t{256} << 20;
  // A method has at most so many buffers.
  static constexpr size_t kMaxBuffers = 65'535;

  // Lays out the buffers that `meta` asks for, filled with zeros. MemoryAllocationFailed when they
  // are more than kMaxBuffers or larger than kMaxBytes together.
  executorch::runtime::Error Prepare(const executorch::runtime::MethodMeta& meta);

  // What was laid out last.
  executorch::runtime::HierarchicalAllocator* allocator() { return &*allocator_; }

 private:
  AlignedBuffer memory_;
  std::vector<size_t> sizes_;
  std::vector<executorch::runtime::Span<uint8_t>> buffers_;
  std::optional<executorch::runtime::HierarchicalAllocator> allocator_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PLANNED_MEMORY_H_
