// Which engines were loaded together.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_

#include <cstdint>

namespace wsb {

// Tells the load of one method from others. No two loads of a process have the same number, so that
// nothing is mixed up when memory is used again. See EnterLoad().
struct LoadKey {
  uint64_t number;

  bool operator==(const LoadKey& other) const { return number == other.number; }
};

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_
