#include "delegate/fit_budget.h"

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
  fitting->largest = FittingBudget(fitting->sizes);
  if (fitting->largest == 0) {
    fitting->step = FittingStep::kAllStreamed;
    return true;
  }
  fitting->step = FittingStep::kStreamed;
  return Set(fitting->largest, engine, fitting) || LowerBudget(engine, fitting);
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
    case FittingStep::kStreamed: {
      fitting->step = FittingStep::kHalved;
      const int64_t half = fitting->largest / 2;
      if (half > 0 && Set(half, engine, fitting)) {
        return true;
      }
      return LowerBudget(engine, fitting);
    }
    case FittingStep::kHalved:
      fitting->step = FittingStep::kAllStreamed;
      // A refused budget leaves the 0 in place that the scratch was read with.
      return fitting->budget == 0 || Set(0, engine, fitting);
    case FittingStep::kNone:
    case FittingStep::kAllStreamed:
      return false;
  }
  return false;
}

}  // namespace wsb
