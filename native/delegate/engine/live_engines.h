// The engines of this process that are ready to run.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_LIVE_ENGINES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_LIVE_ENGINES_H_

#include <executorch/runtime/backend/interface.h>

#include <cstdint>
#include <functional>

#include "delegate/engine/engine_handle.h"

namespace wsb {

// Adds an engine whose load has ended well. `budget` is the number of the budget of the process
// before its own was chosen: when another one was set since, the engine gets that, unless
// `has_option` says that its load came with one. MemoryAllocationFailed when it can't have it; the
// engine is not added then. From any thread. Throws std::bad_alloc.
executorch::runtime::Error JoinLiveEngines(EngineHandle& handle, uint64_t budget,
                                          const std::function<bool()>& has_option);

// Takes it out again, if it is in; it must be called before anything of it is destroyed. Waits for
// a ChangeLiveEngines() of another thread.
void LeaveLiveEngines(const EngineHandle& handle) noexcept;

// Gives all live engines that budget, each at most what it can stream, in the order of loading, and
// all later loads; none, when an engine can't have it: MemoryAllocationFailed, and each has what it
// had (WSB-SET-14). An engine that was changed keeps its memory from others. From any
// thread. Throws std::bad_alloc.
executorch::runtime::Error ChangeLiveEngines(int64_t bytes);

// Takes the budget of later loads back; live engines keep theirs. From any thread.
void ForgetProcessBudget() noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_LIVE_ENGINES_H_
