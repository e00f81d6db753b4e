#include "engine-builder/matmul_chain.h"

#include "engine-builder/layer_weights.h"
#include "tensorrt/engine.h"

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

bool CheckPlan(const Runtime& runtime, const HostMemory& plan, const NetworkSpec& spec,
               int64_t* streamable, std::string* error) {
  const Engine engine = runtime.DeserializeCudaEngine(plan.Data(), plan.Size());
  if (!engine) {
    *error = "TensorRT does not load the plan that it built";
    return false;
  }
  if (engine.GetNbIoTensors() != 2 || engine.GetTensorIoMode(kInputName) != TensorIoMode::kInput ||
      engine.GetTensorIoMode(kOutputName) != TensorIoMode::kOutput) {
    *error = std::string("the engine's tensors are not ") + kInputName + " and " + kOutputName;
    return false;
  }
  *streamable = engine.GetStreamableWeightsSize();
  if (spec.streaming != (*streamable > 0)) {
    *error = spec.streaming ? "TensorRT built an engine without streamable weights"
                            : "TensorRT built an engine with streamable weights, unrequested";
    return false;
  }
  return true;
}

}  // namespace wsb
