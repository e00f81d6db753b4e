#include "host/planned_memory.h"

#include <cstring>

namespace wsb {
namespace {

using executorch::runtime::Error;
using executorch::runtime::Result;
using executorch::runtime::Span;

constexpr int64_t kAlignment = AlignedBuffer::kAlignment;

}  // namespace

Error PlannedMemory::Prepare(const executorch::runtime::MethodMeta& meta) {
  sizes_.clear();
  buffers_.clear();
  int64_t asked = 0;
  int64_t rounded = 0;
  const size_t count = meta.num_memory_planned_buffers();
  if (count > kMaxBuffers) {
    return Error::MemoryAllocationFailed;
  }
  for (size_t n = 0; n < count; ++n) {
    const Result<int64_t> size = meta.memory_planned_buffer_size(n);
    if (!size.ok()) {
      return size.error();
    }
    if (*size < 0 || *size > kMaxBytes - asked) {
      return Error::MemoryAllocationFailed;
    }
    asked += *size;
    rounded += (*size + kAlignment - 1) / kAlignment * kAlignment;
    sizes_.push_back(static_cast<size_t>(*size));
  }
  uint8_t* at = memory_.Reserve(static_cast<size_t>(rounded));
  if (at == nullptr) {
    return Error::MemoryAllocationFailed;
  }
  std::memset(at, 0, static_cast<size_t>(rounded));
  for (const size_t size : sizes_) {
    buffers_.emplace_back(at, size);
    at += (size + kAlignment - 1) / kAlignment * kAlignment;
  }
  allocator_.emplace(Span<Span<uint8_t>>(buffers_.data(), buffers_.size()));
  return Error::Ok;
}

}  // namespace wsb
