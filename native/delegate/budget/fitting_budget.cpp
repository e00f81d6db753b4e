#include "delegate/budget/fitting_budget.h"

#include <algorithm>
#include <limits>

namespace wsb {
namespace {

// A size that TensorRT gave; a negative one takes nothing.
uint64_t Bytes(int64_t size) { return size > 0 ? static_cast<uint64_t>(size) : 0; }

// More than 2^64-1 is more than any device has, so that says the same.
uint64_t Sum(uint64_t a, uint64_t b, uint64_t c) {
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
  const uint64_t both = a > kMost - b ? kMost : a + b;
  return both > kMost - c ? kMost : both + c;
}

uint64_t Less(uint64_t room, uint64_t taken) { return room > taken ? room - taken : 0; }

}  // namespace

bool FitsResident(const FittingSizes& sizes) noexcept {
  const uint64_t room = Less(Less(sizes.free, Bytes(sizes.activations)), kResidentMargin);
  return room >= Bytes(sizes.streamable);
}

int64_t FittingBudget(const FittingSizes& sizes) noexcept {
  const uint64_t beside = Less(Less(sizes.free, Bytes(sizes.activations)), kContextMargin);
  const uint64_t room = Less(beside, Bytes(sizes.scratch));
  return static_cast<int64_t>(std::min(room, Less(Bytes(sizes.streamable), 1)));
}

uint64_t StreamedContextBytes(int64_t budget, int64_t activations) noexcept {
  return Sum(Bytes(budget), Bytes(activations), kContextMargin);
}

uint64_t ResidentContextBytes(int64_t weights, int64_t activations) noexcept {
  return Sum(Bytes(weights), Bytes(activations), kResidentMargin);
}

}  // namespace wsb
