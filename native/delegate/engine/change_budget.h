// Changes the budget of an engine that lives.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_CHANGE_BUDGET_H_
#define WSB_NATIVE_DELEGATE_ENGINE_CHANGE_BUDGET_H_

#include <cstdint>

#include "delegate/engine/engine_handle.h"

namespace wsb {

enum class BudgetChange : uint8_t {
  kKept,     // it streams nothing, or has that budget already
  kChanged,  // TensorRT took the budget and made a context
  kFailed,   // it didn't, or the device can't be used
};

// Gives an engine at most `requested` bytes of budget, its streamable weights if those are fewer:
// waits for work on its way, destroys the context, sets the budget and makes a context again
// (WSB-SET-10). Where TensorRT refuses one of these, the engine gets back `held`, the budget that
// it had, and a context; if that is refused too, it is left without a context. From any thread.
// Twin: reference/delegate/change-budget.ts.
BudgetChange ChangeBudget(int64_t requested, EngineHandle& handle, int64_t* held);

// Takes back a change that was made: gives the engine the budget `held` and a context, or leaves it
// without a context. From any thread.
void UndoChange(int64_t held, EngineHandle& handle);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_CHANGE_BUDGET_H_
