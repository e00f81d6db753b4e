// The engines of this process that may still give device memory back.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_RELEASING_ENGINES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_RELEASING_ENGINES_H_

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Adds an engine that is ready to run and has a fitting budget, so that engines of the same load
// that come after it can have of its memory (see DeviceRoom). From any thread. Throws
// std::bad_alloc.
void JoinReleasingEngines(EngineHandle& handle);

// Takes it out again, if it is in; it must be called before anything of it is destroyed. Waits for
// a DeviceRoom::Make() of another thread.
void LeaveReleasingEngines(const EngineHandle& handle) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_RELEASING_ENGINES_H_
