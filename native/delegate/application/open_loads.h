// The loads that may still go on.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_OPEN_LOADS_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_OPEN_LOADS_H_

#include <executorch/runtime/core/memory_allocator.h>

#include "delegate/application/delegate_mark.h"
#include "delegate/application/load_key.h"

namespace wsb {

// What ExecuTorch gives to all delegates of a load: one allocator and one name, which lies in the
// program. Several loads can have both. The name is only compared, never read.
struct LoadPlace {
  executorch::runtime::MemoryAllocator* allocator;
  const void* method_name;
};

// The load that a delegate belongs to, whose init begins and whose handle will lie at `handle`.
// ExecuTorch initialises the delegates of a
// method one after another, each once. So it is the load that is open at that place, if the
// delegate is surely none of those that it has had; in doubt it is a new one, which closes the one
// before (spec/decisions.md, which loads are one). From any thread. Throws std::bad_alloc.
LoadKey EnterLoad(const LoadPlace& place, const void* handle, DelegateMark mark);

// Nothing that comes belongs to this load any more: one of its delegates failed, was executed or is
// being destroyed. Does nothing when it is closed already. From any thread.
void CloseLoad(LoadKey load) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_OPEN_LOADS_H_
