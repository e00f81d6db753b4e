#include "delegate/application/free_memory.h"

#include <algorithm>

#include "delegate/application/available_memory.h"

namespace wsb {

std::optional<uint64_t> FreeMemory(const CudaApi& cuda, bool has_unified_memory) {
  const std::optional<uint64_t> free = cuda.FreeMemory();
  if (!free.has_value() || !has_unified_memory) {
    return free;
  }
  return std::max(*free, AvailableMemory().value_or(0));
}

}  // namespace wsb
