// Applies a weight streaming budget to an engine.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_APPLY_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_APPLY_BUDGET_H_

#include <cstdint>

#include "delegate/application/device_room.h"
#include "delegate/application/fit_budget.h"
#include "delegate/budget/choose_budget.h"
#include "tensorrt/engine.h"

namespace wsb {

// What became of a choice on one engine.
enum class BudgetEffect : uint8_t {
  kApplied,  // TensorRT accepted a budget
  kSkipped,  // the engine streams nothing, so no budget call was made
  kRefused,  // TensorRT refused; init() ends with InvalidProgram
};

// Sizes are bytes.
struct BudgetApplication {
  BudgetEffect effect;
  // Streamable weights of the engine.
  int64_t streamable;
  // The budget of the first set, or the one that was fitted; 0 when skipped.
  int64_t first;
  // TensorRT refused its own automatic budget, and one of 0 was tried.
  bool fell_back;
  // How the delegate chose an automatic budget itself.
  Fitting fitting = {};
};

// Applies `choice`, which is not rejected, to `engine`, which has no execution context yet
// (WSB-APPLY-11). An explicit budget is cut to the streamable size and set once, without a second
// try (WSB-APPLY-01 to -03); one that keeps everything resident takes its memory at once, so room
// is made for it before (WSB-AUTO-08). An automatic one is fitted into the memory that `room` says
// is free; when `room` is null or doesn't know, TensorRT's own is set as it is given and, when
// refused, once more as 0 (WSB-APPLY-04 to -06). An engine without streamable weights is left alone
// (WSB-APPLY-07, WSB-APPLY-09). Each engine is treated on its own (WSB-MULTI-01, WSB-MULTI-03).
// Twin: reference/rules/apply-budget.ts.
BudgetApplication ApplyBudget(const BudgetChoice& choice, const Engine& engine,
                              const DeviceRoom* room);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_APPLY_BUDGET_H_
