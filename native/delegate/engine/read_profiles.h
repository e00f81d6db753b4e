// The shapes that an engine takes.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_READ_PROFILES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_READ_PROFILES_H_

#include <executorch/runtime/core/error.h>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Notes the least and the largest shape of each input of `handle`, from the engine's first profile.
// InvalidProgram for an input whose values decide shapes, which would have to be in host memory,
// and for an input without a profile.
executorch::runtime::Error ReadProfiles(EngineHandle& handle);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_READ_PROFILES_H_
