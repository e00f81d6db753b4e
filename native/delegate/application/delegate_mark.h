// What tells a delegate of a program from others.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_DELEGATE_MARK_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_DELEGATE_MARK_H_

#include <executorch/runtime/backend/interface.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wsb {

// What init() is told of a delegate. Addresses are only compared, never followed.
struct DelegateMark {
  // Where the runtime keeps the delegate's data: a FreeableBuffer in the list of the delegates of
  // its load, which lives as long as the method.
  uintptr_t slot;
  // Where keys and values of the compile specs lie: in the program.
  std::vector<const void*> specs;
  // Bytes of the data, and a hash of its head. Where it lies tells nothing: several delegates may
  // have the same, and a loader frees it and uses the memory again.
  size_t size;
  uint64_t fingerprint;
};

// The mark of a delegate with these compile specs, whose data is not null; `head` of its bytes are
// read.
DelegateMark MarkDelegate(
    const executorch::runtime::FreeableBuffer& processed, size_t head,
    executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> specs);

// Whether two marks are surely those of different delegates of a program that stays where it is:
// one delegate has its compile specs in one place, and always the same data.
bool DifferInContent(const DelegateMark& one, const DelegateMark& other);

// Whether `next` lies where the neighbour of `last` would in one list of delegates.
bool IsBehind(const DelegateMark& next, const DelegateMark& last);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_DELEGATE_MARK_H_
