#include "delegate/application/fit_budget.h"

namespace wsb {
namespace {

bool Set(int64_t budget, const Engine& engine, Fitting* fitting) {
  if (!engine.SetWeightStreamingBudgetV2(budget)) {
    return false;
  }
  fitting->budget = budget;
  return true;
}

// From everything resident, or from nothing decided, to a part.
bool Stream(const Engine& engine, Fitting* fitting) {
  // The scratch reads 0 until weights are streamed.
  if (!Set(0, engine, fitting)) {
    fitting->step = FittingStep::kAllStreamed;
    return false;
  }
  fitting->sizes.scratch = engine.GetWeightStreamingScratchMemorySize();
  fitting->tried = FittingBudget(fitting->sizes);
  if (fitting->tried == 0) {
    fitting->step = FittingStep::kAllStreamed;
    return true;
  }
  fitting->step = FittingStep::kStreamed;
  return Set(fitting->tried, engine, fitting) || LowerBudget(engine, fitting);
}

// The next budget down; 0 when none is left above it.
int64_t StepDown(Fitting* fitting) {
  const uint64_t last = static_cast<uint64_t>(fitting->tried);
  fitting->tried = last > fitting->step_down ? static_cast<int64_t>(last - fitting->step_down) : 0;
  fitting->step_down *= 2;
  return fitting->tried;
}

}  // namespace

bool FitBudget(uint64_t free, int64_t streamable, const Engine& engine, Fitting* fitting) {
  // Read while nothing is streamed: while weights are, TensorRT counts the scratch among these.
  fitting->sizes = {free, streamable, engine.GetDeviceMemorySizeV2(), /*scratch=*/0};
  if (FitsResident(fitting->sizes) && Set(streamable, engine, fitting)) {
    fitting->step = FittingStep::kResident;
    return true;
  }
  return Stream(engine, fitting);
}

bool LowerBudget(const Engine& engine, Fitting* fitting) {
  switch (fitting->step) {
    case FittingStep::kResident:
      return Stream(engine, fitting);
    case FittingStep::kStreamed:
    case FittingStep::kLowered:
      fitting->step = FittingStep::kLowered;
      while (StepDown(fitting) > 0) {
        if (Set(fitting->tried, engine, fitting)) {
          return true;
        }
      }
      fitting->step = FittingStep::kAllStreamed;
      // A refused budget leaves the 0 in place that the scratch was read with.
      return fitting->budget == 0 || Set(0, engine, fitting);
    case FittingStep::kNone:
    case FittingStep::kAllStreamed:
      break;
  }
  return false;
}

}  // namespace wsb
