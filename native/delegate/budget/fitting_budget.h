// How much of an engine's weights fits on a device: the arithmetic alone.

#ifndef WSB_NATIVE_DELEGATE_BUDGET_FITTING_BUDGET_H_
#define WSB_NATIVE_DELEGATE_BUDGET_FITTING_BUDGET_H_

#include <cstdint>

namespace wsb {

// Bytes left free beside budget, scratch and activations. An execution context takes some granules
// of 2 MiB more than their sum (spec/decisions.md, a budget that fits). Twin of these three:
// reference/rules/fitting-budget.ts.
inline constexpr uint64_t kContextMargin = uint64_t{10} << 20;

// Bytes left free beside weights that all stay resident, and the activations: nothing is copied,
// and less is rounded up.
inline constexpr uint64_t kResidentMargin = uint64_t{5} << 20;

// Bytes by which a budget is lowered first when no execution context can be made with it; twice as
// much each time after (WSB-AUTO-04).
inline constexpr uint64_t kFirstStepDown = uint64_t{4} << 20;

// What decides on a budget; bytes.
struct FittingSizes {
  // Free device memory before any budget is set.
  uint64_t free = 0;
  int64_t streamable = 0;
  // What a context needs in any case.
  int64_t activations = 0;
  // What it needs besides while weights are streamed; known once they are.
  int64_t scratch = 0;
};

// Whether all weights fit beside the activations (WSB-AUTO-02). The scratch plays no part.
bool FitsResident(const FittingSizes& sizes) noexcept;

// The largest budget below the streamable size that leaves room for the context; 0 when none does
// (WSB-AUTO-03).
int64_t FittingBudget(const FittingSizes& sizes) noexcept;

// What has to be free for a context that streams weights, with the margin. `budget`: weights that
// come to device memory with it; `activations`: what getDeviceMemorySizeV2 says, with the scratch
// in it.
uint64_t StreamedContextBytes(int64_t budget, int64_t activations) noexcept;

// The same where nothing is streamed. `weights`: those that are to come to device memory with or
// before it.
uint64_t ResidentContextBytes(int64_t weights, int64_t activations) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BUDGET_FITTING_BUDGET_H_
