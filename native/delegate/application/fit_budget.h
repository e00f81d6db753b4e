// An automatic budget that leaves room for the execution context.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_FIT_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_FIT_BUDGET_H_

#include <cstdint>

#include "delegate/budget/fitting_budget.h"
#include "tensorrt/engine.h"

namespace wsb {

// How far down a fitting budget has come. What follows a step keeps less resident.
enum class FittingStep : uint8_t {
  kNone,         // the budget is not a fitting one
  kResident,     // all weights stay in device memory
  kStreamed,     // as many as the sizes leave room for
  kLowered,      // fewer, by steps that double
  kAllStreamed,  // none: there is nothing less
};

// A budget chosen by FitBudget(). Sizes are bytes.
struct Fitting {
  FittingStep step = FittingStep::kNone;
  FittingSizes sizes;
  // What TensorRT accepted last.
  int64_t budget = 0;
  // What was tried last, 0 when no more above it is left, and by how much the next one is to be
  // lower.
  int64_t tried = 0;
  uint64_t step_down = kFirstStepDown;
  // The engine was found to hold no less while its weights are streamed, so that it keeps them all.
  bool keeps_all = false;
};

// Gives `engine`, which streams and has no context, the largest budget that `free` bytes of device
// memory have room for (WSB-AUTO-02, WSB-AUTO-03). A budget that TensorRT refuses is followed by
// the next step. False when TensorRT refuses them all.
bool FitBudget(uint64_t free, int64_t streamable, const Engine& engine, Fitting* fitting);

// Takes the next step down, after TensorRT made no context with the budget that `fitting` gave
// (WSB-AUTO-04). False, for a budget that is not a fitting one too, when there is none left.
bool LowerBudget(const Engine& engine, Fitting* fitting);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_FIT_BUDGET_H_
