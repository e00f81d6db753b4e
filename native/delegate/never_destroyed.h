// State of the process that is there to its end.

#ifndef WSB_NATIVE_DELEGATE_NEVER_DESTROYED_H_
#define WSB_NATIVE_DELEGATE_NEVER_DESTROYED_H_

#include <new>

namespace wsb {

// Holds a Value that is not destroyed: methods may be unloaded while the process ends. It takes no
// memory of the heap, so that what must not fail can come to it first: the end of a load for which
// there was no memory.
template <typename Value>
class NeverDestroyed {
 public:
  NeverDestroyed() { new (storage_) Value; }
  NeverDestroyed(const NeverDestroyed&) = delete;
  NeverDestroyed& operator=(const NeverDestroyed&) = delete;

  Value& get() { return *std::launder(reinterpret_cast<Value*>(storage_)); }

 private:
  alignas(Value) unsigned char storage_[sizeof(Value)];
};

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_NEVER_DESTROYED_H_
