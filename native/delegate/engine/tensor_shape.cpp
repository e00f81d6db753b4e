#include "delegate/engine/tensor_shape.h"

#include <executorch/runtime/core/exec_aten/util/tensor_util.h>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace wsb {

using executorch::aten::SizesType;
using executorch::aten::Tensor;
using executorch::runtime::Error;

std::optional<Dims> ShapeOf(const Tensor& tensor) {
  if (tensor.dim() > kMaxRank) {
    return std::nullopt;
  }
  Dims shape;
  shape.rank = static_cast<int32_t>(tensor.dim());
  for (int32_t i = 0; i < shape.rank; ++i) {
    shape.extents[i] = tensor.size(i);
  }
  return shape;
}

bool IsBetween(const Dims& shape, const Dims& min, const Dims& max) {
  if (shape.rank != min.rank || shape.rank != max.rank) {
    return false;
  }
  for (int32_t i = 0; i < shape.rank; ++i) {
    if (shape.extents[i] < min.extents[i] || shape.extents[i] > max.extents[i]) {
      return false;
    }
  }
  return true;
}

Error TakeShape(const Tensor& tensor, const Dims& shape) {
  // TensorRT has a scalar as one element of rank 1; ExecuTorch can't change a rank of 0.
  if (tensor.dim() == 0 && shape.rank == 1 && shape.extents[0] == 1) {
    return Error::Ok;
  }
  if (shape.rank < 0 || shape.rank > kMaxRank) {
    return Error::InvalidState;
  }
  SizesType sizes[kMaxRank] = {};
  for (int32_t i = 0; i < shape.rank; ++i) {
    if (shape.extents[i] < 0 || shape.extents[i] > std::numeric_limits<SizesType>::max()) {
      return Error::InvalidState;
    }
    sizes[i] = static_cast<SizesType>(shape.extents[i]);
  }
  return executorch::runtime::resize_tensor(tensor, {sizes, static_cast<size_t>(shape.rank)});
}

}  // namespace wsb
