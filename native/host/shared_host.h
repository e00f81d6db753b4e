// Methods that share an allocator.

#ifndef WSB_NATIVE_HOST_SHARED_HOST_H_
#define WSB_NATIVE_HOST_SHARED_HOST_H_

#include <executorch/extension/memory_allocator/malloc_memory_allocator.h>
#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/method_host.h"
#include "host/method_memory.h"

namespace wsb {

// Loads with Program::load_method(), each time with the same MemoryAllocator: one that takes memory
// from the heap, as Module's does. Every load makes one more method, and the ones before stay.
class SharedHost final : public MethodHost {
 public:
  // Takes the n-th program for the n-th load, and the last one when there are no more; at least
  // one, and no null. Programs and `pool` have to outlive the host.
  SharedHost(std::vector<const executorch::runtime::Program*> programs, MethodMemoryPool* pool)
      : programs_(std::move(programs)), pool_(pool) {}
  ~SharedHost() override;
  SharedHost(const SharedHost&) = delete;
  SharedHost& operator=(const SharedHost&) = delete;

  executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) override;
  // Of several, the one loaded last.
  executorch::runtime::Method* Find(const std::string& name) override;
  void Unload(const std::string& name) override;

 private:
  struct Loaded {
    std::string name;
    MethodMemory* memory;
    executorch::runtime::Method method;
  };

  std::optional<size_t> IndexOf(const std::string& name) const;
  void Destroy(size_t index);

  const std::vector<const executorch::runtime::Program*> programs_;
  MethodMemoryPool* const pool_;
  size_t loads_ = 0;
  executorch::extension::MallocMemoryAllocator allocator_;
  // In the order of loading. Emptied rather than removed from: a Method can't be assigned.
  std::vector<std::optional<Loaded>> methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_SHARED_HOST_H_
