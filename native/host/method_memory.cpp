#include "host/method_memory.h"

namespace wsb {

using executorch::runtime::Error;

Error MethodMemory::Prepare(const executorch::runtime::MethodMeta& meta,
                            executorch::runtime::MemoryAllocator* shared) {
  const Error error = planned_.Prepare(meta);
  if (error != Error::Ok) {
    return error;
  }
  method_.reset();
  temporary_.reset();
  manager_.emplace(shared == nullptr ? &method_ : shared, planned_.allocator(), &temporary_);
  return Error::Ok;
}

MethodMemory* MethodMemoryPool::Take() {
  if (free_.empty()) {
    all_.push_back(std::make_unique<MethodMemory>());
    return all_.back().get();
  }
  MethodMemory* const memory = free_.back();
  free_.pop_back();
  return memory;
}

}  // namespace wsb
