// Vtables made by hand, for objects that stand in for TensorRT's.

#ifndef WSB_NATIVE_TENSORRT_VTABLE_BUILDER_H_
#define WSB_NATIVE_TENSORRT_VTABLE_BUILDER_H_

#include <cstddef>
#include <vector>

#include "tensorrt/slots.h"

namespace wsb {

// The entries of a vtable, from the first method on.
using Vtable = void* const*;

// A vtable as the Itanium C++ ABI lays it out. Every slot that is not set holds `unknown`.
class VtableBuilder {
 public:
  VtableBuilder(int slots, void* unknown)
      : entries_(kHeaderEntries + static_cast<size_t>(slots), unknown) {
    entries_[0] = nullptr;
    entries_[1] = nullptr;
  }

  // Sets a slot to a function whose first argument is the object; kNoSlot sets nothing.
  template <typename Return, typename... Args>
  void Set(int slot, Return (*method)(Args...)) {
    if (slot != kNoSlot) {
      entries_[kHeaderEntries + static_cast<size_t>(slot)] = reinterpret_cast<void*>(method);
    }
  }

  // The first slot. The builder has to live for as long as objects use it.
  Vtable vtable() const { return entries_.data() + kHeaderEntries; }

 private:
  // Offset to the top of the object, and type information: null, as for a class without any.
  static constexpr size_t kHeaderEntries = 2;

  std::vector<void*> entries_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_VTABLE_BUILDER_H_
