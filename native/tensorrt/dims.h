// TensorRT's Dims as it lies in memory.

#ifndef WSB_NATIVE_TENSORRT_DIMS_H_
#define WSB_NATIVE_TENSORRT_DIMS_H_

#include <cstdint>

namespace wsb {

inline constexpr int32_t kMaxRank = 8;

// The extents of a tensor. `rank` is -1 when TensorRT has no answer (an unknown name, no such
// profile); an extent is -1 where it is dynamic. Handed over and returned by the same rules as
// TensorRT's own struct.
struct Dims {
  int32_t rank = 0;
  int64_t extents[kMaxRank] = {};
};

static_assert(sizeof(Dims) == 72, "TensorRT's Dims: an int32, padding, eight int64");

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_DIMS_H_
