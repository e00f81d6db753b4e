#include "delegate/application/open_loads.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace wsb {
namespace {

struct OpenLoad {
  LoadPlace place;
  LoadKey key;
  // Of its delegates so far, in the order of their init.
  std::vector<DelegateMark> delegates;

  bool IsAt(const LoadPlace& other) const {
    return place.allocator == other.allocator && place.method_name == other.method_name;
  }

  // Whether `next` is surely a delegate that this load has not had.
  bool MayGoOnWith(const DelegateMark& next) const {
    return std::all_of(delegates.begin(), delegates.end(), [&](const DelegateMark& each) {
      return DifferInContent(next, each) ||
             (next.specs.empty() && IsNextInList(next, delegates.back()));
    });
  }
};

struct OpenLoads {
  std::mutex mutex;
  // At most one at a place.
  std::vector<OpenLoad> loads;
  uint64_t last_number = 0;
};

// Never freed: methods may be unloaded while the process ends.
OpenLoads& State() {
  static OpenLoads* const open = new OpenLoads;
  return *open;
}

}  // namespace

LoadKey EnterLoad(const LoadPlace& place, DelegateMark mark) {
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
  OpenLoad load{place, key, {}};
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
