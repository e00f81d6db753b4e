// All the memory of one loaded method.

#ifndef WSB_NATIVE_HOST_METHOD_MEMORY_H_
#define WSB_NATIVE_HOST_METHOD_MEMORY_H_

#include <executorch/runtime/executor/memory_manager.h>
#include <executorch/runtime/executor/method_meta.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "host/arena_allocator.h"
#include "host/planned_memory.h"

namespace wsb {

// What a method needs while it is loaded. Stays where it is, because a method points to it.
class MethodMemory {
 public:
  MethodMemory() = default;
  MethodMemory(const MethodMemory&) = delete;
  MethodMemory& operator=(const MethodMemory&) = delete;

  // Makes ready for the method that `meta` describes, which gets what it allocates from `shared`,
  // when that is not null. MemoryAllocationFailed when it asks for too much.
  executorch::runtime::Error Prepare(const executorch::runtime::MethodMeta& meta,
                                     executorch::runtime::MemoryAllocator* shared = nullptr);

  // Frees device memory; the method must be gone.
  void Release() { planned_.Release(); }

  executorch::runtime::MemoryManager* manager() { return &*manager_; }
  executorch::runtime::HierarchicalAllocator* planned() { return planned_.allocator(); }

 private:
  static constexpr size_t kMaxMethodBytes = size_t{256} << 20;
  static constexpr size_t kMaxTemporaryBytes = size_t{64} << 20;

  ArenaAllocator method_{kMaxMethodBytes};
  ArenaAllocator temporary_{kMaxTemporaryBytes};
  PlannedMemory planned_;
  std::optional<executorch::runtime::MemoryManager> manager_;
};

// Method memory that is used again. It has to outlive what it gave out.
class MethodMemoryPool {
 public:
  // Never null. The taker gives it back when its method is gone.
  MethodMemory* Take();
  void Give(MethodMemory* memory) {
    memory->Release();
    free_.push_back(memory);
  }

 private:
  std::vector<std::unique_ptr<MethodMemory>> all_;
  std::vector<MethodMemory*> free_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_METHOD_MEMORY_H_
