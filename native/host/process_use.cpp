#include "host/process_use.h"

#include <mutex>
#include <shared_mutex>

namespace wsb {
namespace {

struct Lock {
  // Held by who waits to be alone, so that no others come before.
  std::mutex door;
  std::shared_mutex use;
};

Lock& TheLock() {
  static Lock* const lock = new Lock;
  return *lock;
}

}  // namespace

void ProcessUse::Take(bool alone) {
  const Held wanted = alone ? Held::kAlone : Held::kShared;
  if (held_ == wanted) {
    return;
  }
  Release();
  Lock& lock = TheLock();
  const std::lock_guard<std::mutex> door(lock.door);
  if (alone) {
    lock.use.lock();
  } else {
    lock.use.lock_shared();
  }
  held_ = wanted;
}

void ProcessUse::Release() {
  if (held_ == Held::kAlone) {
    TheLock().use.unlock();
  } else if (held_ == Held::kShared) {
    TheLock().use.unlock_shared();
  }
  held_ = Held::kNothing;
}

}  // namespace wsb
