// The memory that ExecuTorch takes for a method.

#ifndef WSB_NATIVE_HOST_ARENA_ALLOCATOR_H_
#define WSB_NATIVE_HOST_ARENA_ALLOCATOR_H_

#include <executorch/runtime/core/memory_allocator.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace wsb {

// Allocates by moving on; gives all back at once with reset(), and keeps the first chunk for the
// next use. A hostile program can't take more than a limit: null is returned then.
class ArenaAllocator final : public executorch::runtime::MemoryAllocator {
 public:
  // `limit` in bytes.
  explicit ArenaAllocator(size_t limit) : MemoryAllocator(0, nullptr), limit_(limit) {}

  void* allocate(size_t size, size_t alignment = kDefaultAlignment) override;
  void reset() override;

  // The chunk that is given out now, in order.
  uint8_t* base_address() const override;
  uint32_t size() const override;
  size_t used_size() const override { return used_; }
  size_t free_size() const override { return limit_ - used_; }

 private:
  bool AddChunk(size_t size);

  const size_t limit_;
  size_t used_ = 0;
  std::vector<std::unique_ptr<uint8_t[]>> chunks_;
  uint8_t* at_ = nullptr;
  uint8_t* end_ = nullptr;
  uint8_t* first_end_ = nullptr;
  uint8_t* begin_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_ARENA_ALLOCATOR_H_
