// The tensors that the metadata names, against those that the engine has.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_MATCH_NAMES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_MATCH_NAMES_H_

#include <executorch/runtime/core/error.h>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// InvalidProgram unless the bindings of `handle` are the tensors of its engine: each once
// (WSB-BLOB-24), all of them (WSB-BLOB-25), inputs as inputs and outputs as outputs (WSB-BLOB-26).
// A tensor that has another place than the engine thinks, or none, would be read from memory that
// nobody wrote.
executorch::runtime::Error MatchNames(const EngineHandle& handle);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_MATCH_NAMES_H_
