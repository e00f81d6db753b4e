// Methods that share an allocator.

#ifndef WSB_NATIVE_HOST_SHARED_HOST_H_
#define WSB_NATIVE_HOST_SHARED_HOST_H_

#include <executorch/extension/memory_allocator/malloc_memory_allocator.h>
#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "host/loaded_methods.h"
#include "host/method_host.h"

namespace wsb {

// Loads with Program::load_method(), each time with the same MemoryAllocator: one that takes memory
// from the heap, as Module's does. Every load makes one more method, and the ones before stay; of
// several of a name, that loaded last is meant.
class SharedHost final : public MethodHost {
 public:
  // Takes the n-th program for the n-th load, and the last one when there are no more; at least
  // one, and no null. Programs and `pool` have to outlive the host.
  SharedHost(std::vector<const executorch::runtime::Program*> programs, MethodMemoryPool* pool)
      : programs_(std::move(programs)), methods_(pool) {}

  executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) override {
    const size_t index = std::min(loads_++, programs_.size() - 1);
    return methods_.Load(*programs_[index], name, options, &allocator_);
  }
  executorch::runtime::Method* Find(const std::string& name) override {
    return methods_.Find(name);
  }
  void Unload(const std::string& name) override { methods_.Unload(name); }

 private:
  const std::vector<const executorch::runtime::Program*> programs_;
  size_t loads_ = 0;
  executorch::extension::MallocMemoryAllocator allocator_;
  // Behind the allocator that they use to their end.
  LoadedMethods methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_SHARED_HOST_H_
