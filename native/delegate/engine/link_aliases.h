// Outputs that are written over inputs.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_LINK_ALIASES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_LINK_ALIASES_H_

#include <executorch/runtime/core/error.h>

#include <vector>

#include "delegate/blob/blob_metadata.h"
#include "delegate/engine/engine_handle.h"

namespace wsb {

// Links each output of `aliases` to its input in `handle`, whose engine and bindings are there.
// InvalidProgram when a name is not among the bindings, when the kind is unknown, when a
// `kv_cache_update` is not what the engine itself says, when the shapes of a `user` alias differ,
// or when an alias of the engine is not among them: to bind two such tensors to one memory, or
// those of the engine's own alias to two, would give wrong results instead of an error.
executorch::runtime::Error LinkAliases(const std::vector<BlobAlias>& aliases, EngineHandle& handle);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_LINK_ALIASES_H_
