#include "simulator/core/device_allocations.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace wsb {
namespace {

constexpr size_t kAlignment = 256;
constexpr size_t kMaxLeaked = 1024;
constexpr size_t kMaxLeakedBytes = size_t{64} << 20;

}  // namespace

DeviceAllocations::~DeviceAllocations() {
  for (const Allocation& allocation : allocations_) {
    std::free(allocation.address);
  }
}

void* DeviceAllocations::Allocate(size_t size, uint64_t case_number) {
  if (size > SIZE_MAX - kAlignment) {
    return nullptr;
  }
  const size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
  void* const address = std::aligned_alloc(kAlignment, rounded);
  if (address != nullptr) {
    allocations_.push_back({address, size, case_number});
    total_ += size;
  }
  return address;
}

DeviceAllocations::Allocation DeviceAllocations::Free(void* address) {
  const auto found =
      std::find_if(allocations_.begin(), allocations_.end(),
                   [address](const Allocation& each) { return each.address == address; });
  if (found == allocations_.end()) {
    return {nullptr, 0, 0};
  }
  const Allocation freed = *found;
  allocations_.erase(found);
  total_ -= freed.size;
  std::free(freed.address);
  return freed;
}

bool DeviceAllocations::Contains(const void* address, size_t size) const {
  const std::less_equal<const char*> not_after;
  const char* const first = static_cast<const char*>(address);
  return std::any_of(allocations_.begin(), allocations_.end(), [&](const Allocation& each) {
    const char* const begin = static_cast<const char*>(each.address);
    const char* const end = begin + each.size;
    return not_after(begin, first) && not_after(first, end) &&
           size <= static_cast<size_t>(end - first);
  });
}

void DeviceAllocations::Recycle() {
  size_t freed = 0;
  while (allocations_.size() - freed > kMaxLeaked ||
         (total_ > kMaxLeakedBytes && freed < allocations_.size())) {
    total_ -= allocations_[freed].size;
    std::free(allocations_[freed].address);
    ++freed;
  }
  allocations_.erase(allocations_.begin(),
                     allocations_.begin() + static_cast<std::ptrdiff_t>(freed));
}

}  // namespace wsb
