// What ExecuTorch's set_option() and get_option() do.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_SET_OPTION_H_
#define WSB_NATIVE_DELEGATE_ENGINE_SET_OPTION_H_

#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>

namespace wsb {

// Changes the budget of all engines that live and of the loads to come, as the option
// weight_streaming_budget says; an empty value takes that of the loads back (WSB-SET-18). Other
// keys are ignored (WSB-SET-07). Whatever fails changes nothing and is logged at Error level.
//   InvalidArgument         a bool, a negative number or a malformed text (WSB-SET-02 to -04)
//   MemoryAllocationFailed  see ChangeLiveEngines()
// From any thread. Throws std::bad_alloc. Twin: reference/delegate/set-option.ts.
executorch::runtime::Error SetOption(
    executorch::runtime::Span<const executorch::runtime::BackendOption> options);

// Fills in the budget that was set last, in decimal digits (WSB-SET-19). NotFound when there is
// none, and for other keys (WSB-SET-20).
executorch::runtime::Error GetOption(
    executorch::runtime::Span<executorch::runtime::BackendOption> options);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_SET_OPTION_H_
