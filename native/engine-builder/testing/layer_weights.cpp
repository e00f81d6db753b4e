// Prints the bytes of the weights of a layer. Run by layer-weights.test.ts.
//
// usage: layer-weights SEED LAYER DIM

#include "engine-builder/layer_weights.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc != 4) {
    return 2;
  }
  const auto weights = wsb::LayerWeights(std::strtoull(argv[1], nullptr, 10), std::atoi(argv[2]),
                                         std::atol(argv[3]));
  return std::fwrite(weights.data(), 2, weights.size(), stdout) == weights.size() ? 0 : 1;
}
