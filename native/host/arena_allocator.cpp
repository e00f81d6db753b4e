#include "host/arena_allocator.h"

#include <algorithm>
#include <new>

namespace wsb {
namespace {

constexpr size_t kChunkBytes = 16 * 1024;

}  // namespace

void* ArenaAllocator::allocate(size_t size, size_t alignment) {
  if (!isPowerOf2(alignment) || size > limit_ || alignment > limit_) {
    return nullptr;
  }
  uint8_t* start = at_ == nullptr ? nullptr : alignPointer(at_, alignment);
  if (start == nullptr || start > end_ || size > static_cast<size_t>(end_ - start)) {
    if (!AddChunk(size + alignment)) {
      return nullptr;
    }
    start = alignPointer(at_, alignment);
  }
  const auto taken = static_cast<size_t>(start - at_) + size;
  if (taken > limit_ - used_) {
    return nullptr;
  }
  used_ += taken;
  at_ = start + size;
  return start;
}

void ArenaAllocator::reset() {
  used_ = 0;
  if (chunks_.size() > 1) {
    chunks_.resize(1);
  }
  begin_ = chunks_.empty() ? nullptr : chunks_.front().get();
  at_ = begin_;
  end_ = first_end_;
}

uint8_t* ArenaAllocator::base_address() const { return begin_; }

uint32_t ArenaAllocator::size() const {
  return static_cast<uint32_t>(std::min<size_t>(static_cast<size_t>(end_ - begin_), UINT32_MAX));
}

bool ArenaAllocator::AddChunk(size_t size) {
  const size_t bytes = chunks_.empty() ? kChunkBytes : std::max(size, kChunkBytes);
  std::unique_ptr<uint8_t[]> chunk(new (std::nothrow) uint8_t[bytes]);
  if (chunk == nullptr) {
    return false;
  }
  begin_ = chunk.get();
  at_ = begin_;
  end_ = at_ + bytes;
  if (chunks_.empty()) {
    first_end_ = end_;
  }
  chunks_.push_back(std::move(chunk));
  // The first chunk is kept, so it never is a large one.
  return size <= bytes || AddChunk(size);
}

}  // namespace wsb
