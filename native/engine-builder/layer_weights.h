// Weights that a seed decides.

#ifndef WSB_NATIVE_ENGINE_BUILDER_LAYER_WEIGHTS_H_
#define WSB_NATIVE_ENGINE_BUILDER_LAYER_WEIGHTS_H_

#include <cstdint>
#include <vector>

namespace wsb {

// The float16 bits of weight matrix number `layer` (dim × dim, row by row): the same on every
// machine for the same arguments. Uniformly distributed, and scaled so that activations neither
// grow nor vanish from one product with a ReLU to the next. `dim` is at most kMaxDim.
std::vector<uint16_t> LayerWeights(uint64_t seed, int32_t layer, int64_t dim);

inline constexpr int64_t kMaxDim = 65536;

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_LAYER_WEIGHTS_H_
