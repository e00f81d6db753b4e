#include "delegate/engine/read_profiles.h"

#include <executorch/runtime/platform/log.h>

namespace wsb {

using executorch::runtime::Error;

Error ReadProfiles(EngineHandle& handle) {
  for (const InputBinding& input : handle.inputs) {
    if (handle.engine.IsShapeInferenceIo(input.name.c_str())) {
      ET_LOG(Error, "input '%s' decides shapes by its values: not supported", input.name.c_str());
      return Error::InvalidProgram;
    }
  }
  for (InputBinding& input : handle.inputs) {
    const char* const name = input.name.c_str();
    input.min = handle.engine.GetProfileShape(name, 0, ProfileSelector::kMin);
    input.max = handle.engine.GetProfileShape(name, 0, ProfileSelector::kMax);
    if (input.min.rank < 0 || input.max.rank < 0) {
      ET_LOG(Error, "the engine has no profile for input '%s'", name);
      return Error::InvalidProgram;
    }
  }
  return Error::Ok;
}

}  // namespace wsb
