#include "delegate/application/open_loads.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "delegate/never_destroyed.h"

namespace wsb {
namespace {

using executorch::runtime::MemoryAllocator;

uintptr_t AddressOf(const void* memory) { return reinterpret_cast<uintptr_t>(memory); }

// Whether an address lies in the buffer of an allocator; most that have none say that it is empty.
bool IsInBuffer(uintptr_t address, const MemoryAllocator& allocator) {
  const uintptr_t begin = AddressOf(allocator.base_address());
  return begin != 0 && address >= begin && address - begin < allocator.size();
}

struct OpenLoad {
  LoadPlace place;
  LoadKey key;
  // Where the handle of its first delegate lies.
  uintptr_t handle;
  // Of its delegates so far, in the order of their init.
  std::vector<DelegateMark> delegates;

  bool IsAt(const LoadPlace& other) const {
    return place.allocator == other.allocator && place.method_name == other.method_name;
  }

  // Whether `next`, which lies behind the last delegate, is surely in one list with it, and does
  // not begin another one. A list begins at the start of a block when each is one of the heap, and
  // that is aligned. In a buffer that is given out in order, a list of a later load lies behind the
  // handles of this one, and its own list before them.
  bool HasInList(const DelegateMark& next) const {
    if (!IsBehind(next, delegates.back())) {
      return false;
    }
    return next.slot % alignof(std::max_align_t) != 0 ||
           (next.slot < handle && IsInBuffer(delegates.front().slot, *place.allocator) &&
            IsInBuffer(handle, *place.allocator));
  }

  // Whether `next` is surely a delegate that this load has not had.
  bool MayGoOnWith(const DelegateMark& next) const {
    const bool has_in_list = next.specs.empty() && HasInList(next);
    return std::all_of(delegates.begin(), delegates.end(), [&](const DelegateMark& each) {
      return has_in_list || DifferInContent(next, each);
    });
  }
};

struct OpenLoads {
  std::mutex mutex;
  // At most one at a place.
  std::vector<OpenLoad> loads;
  uint64_t last_number = 0;
};

OpenLoads& State() noexcept {
  static NeverDestroyed<OpenLoads> open;
  return open.get();
}

}  // namespace

LoadKey EnterLoad(const LoadPlace& place, const void* handle, DelegateMark mark) {
  OpenLoads& open = State();
  const std::lock_guard<std::mutex> lock(open.mutex);
  const auto found = std::find_if(open.loads.begin(), open.loads.end(),
                                  [&](const OpenLoad& load) { return load.IsAt(place); });
  if (found != open.loads.end()) {
    if (found->MayGoOnWith(mark)) {
      found->delegates.push_back(std::move(mark));
      return found->key;
    }
    open.loads.erase(found);
  }
  const LoadKey key{++open.last_number};
  OpenLoad load{place, key, AddressOf(handle), {}};
  load.delegates.push_back(std::move(mark));
  open.loads.push_back(std::move(load));
  return key;
}

void CloseLoad(LoadKey key) noexcept {
  OpenLoads& open = State();
  const std::lock_guard<std::mutex> lock(open.mutex);
  const auto found = std::find_if(open.loads.begin(), open.loads.end(),
                                  [&](const OpenLoad& load) { return load.key == key; });
  if (found != open.loads.end()) {
    open.loads.erase(found);
  }
}

}  // namespace wsb
