#include "engine-builder/matmul_chain.h"

#include "engine-builder/layer_weights.h"

namespace wsb {
namespace {

Dims Matrix(int64_t rows, int64_t columns) {
  Dims dims;
  dims.rank = 2;
  dims.extents[0] = rows;
  dims.extents[1] = columns;
  return dims;
}

}  // namespace

bool AddMatmulChain(const Network& network, const NetworkSpec& spec,
                    std::vector<std::vector<uint16_t>>* weights) {
  BorrowedObject tensor = network.AddInput(kInputName, Matrix(spec.batch, spec.dim));
  for (int32_t layer = 0; layer < spec.layers; ++layer) {
    if (layer > 0 && tensor) {
      tensor = network.AddRelu(tensor);
    }
    weights->push_back(LayerWeights(spec.seed, layer, spec.dim));
    const std::vector<uint16_t>& values = weights->back();
    const BorrowedObject matrix = network.AddConstant(Matrix(spec.dim, spec.dim), values.data(),
                                                      static_cast<int64_t>(values.size()));
    if (!tensor || !matrix) {
      return false;
    }
    tensor = network.AddMatrixMultiply(tensor, matrix);
  }
  if (!tensor) {
    return false;
  }
  network.MarkOutput(tensor, kOutputName);
  return true;
}

}  // namespace wsb
