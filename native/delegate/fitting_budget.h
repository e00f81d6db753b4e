// How much of an engine's weights fits on a device: the arithmetic alone.

#ifndef WSB_NATIVE_DELEGATE_FITTING_BUDGET_H_
#define WSB_NATIVE_DELEGATE_FITTING_BUDGET_H_

#include <cstdint>

namespace wsb {

// Bytes left free beside what is known to be needed. An execution context takes up to about 9 MB
// more than budget, scratch and activations; with this much left it was made at all of 40 points
// measured on TensorRT 10.6, with 4 MiB at 26 of them. Twin:
// reference/application/fitting-budget.ts.
inline constexpr uint64_t kContextMargin = uint64_t{10} << 20;

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

// What has to be free for a context, with the margin. `budget`: weights that come to device memory
// with it; `activations`: what getDeviceMemorySizeV2 says, with the scratch in it.
uint64_t ContextBytes(int64_t budget, int64_t activations) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_FITTING_BUDGET_H_
