#include "engine-builder/layer_weights.h"

#include <array>
#include <cstddef>

namespace wsb {
namespace {

// A weight is k / 2^shift with k uniform in [-1024, 1023]: exact in float16, so no rounding mode of
// any machine shows.
constexpr int kBitsPerWeight = 11;
constexpr int32_t kLowest = -1024;

// Standard deviation of k is 1024 / √3 ≈ 591; of a weight it should be √(2 / dim). The power of two
// nearest to that: 2^shift ≈ 591 × √(dim / 2), 591 ≈ 2^9.2, written without floating point.
int ShiftFor(int64_t dim) {
  int halves = 18;  // 2 × 9.2 - 1, rounded up: twice the shift for dim 1
  for (int64_t rest = dim; rest > 1; rest /= 2) {
    ++halves;
  }
  return halves / 2;
}

// The float16 bits of k / 2^shift, which is exact for |k| <= 1024 and shift <= 24.
uint16_t HalfBits(int32_t k, int shift) {
  if (k == 0) {
    return 0;
  }
  const uint32_t sign = k < 0 ? 0x8000u : 0u;
  const uint32_t magnitude = static_cast<uint32_t>(k < 0 ? -k : k);
  int top = 0;  // position of the highest bit
  while (magnitude >> (top + 1) != 0) {
    ++top;
  }
  const int exponent = top - shift;
  constexpr int kLowestNormal = -14;
  const uint32_t bits = exponent >= kLowestNormal ? (static_cast<uint32_t>(exponent + 15) << 10) |
                                                        ((magnitude << (10 - top)) & 0x3ffu)
                                                  : magnitude << (24 - shift);
  return static_cast<uint16_t>(sign | bits);
}

// SplitMix64: a counter in, well mixed bits out.
uint64_t Mix(uint64_t value) {
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

}  // namespace

std::vector<uint16_t> LayerWeights(uint64_t seed, int32_t layer, int64_t dim) {
  constexpr uint32_t kValues = 1u << kBitsPerWeight;
  std::array<uint16_t, kValues> half{};
  const int shift = ShiftFor(dim);
  for (uint32_t draw = 0; draw < kValues; ++draw) {
    half[draw] = HalfBits(kLowest + static_cast<int32_t>(draw), shift);
  }

  constexpr size_t kPerWord = 64 / kBitsPerWeight;
  std::vector<uint16_t> weights(static_cast<size_t>(dim) * static_cast<size_t>(dim));
  const uint64_t stream = Mix(seed ^ Mix(static_cast<uint64_t>(layer)));
  uint64_t word = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    word = i % kPerWord == 0 ? Mix(stream + i / kPerWord) : word >> kBitsPerWeight;
    weights[i] = half[word % kValues];
  }
  return weights;
}

}  // namespace wsb
