// Shapes between ExecuTorch and TensorRT.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_TENSOR_SHAPE_H_
#define WSB_NATIVE_DELEGATE_ENGINE_TENSOR_SHAPE_H_

#include <executorch/runtime/core/error.h>
#include <executorch/runtime/core/exec_aten/exec_aten.h>

#include <optional>

#include "tensorrt/dims.h"

namespace wsb {

// The shape of `tensor`; nothing when it has more dimensions than TensorRT takes.
std::optional<Dims> ShapeOf(const executorch::aten::Tensor& tensor);

// Whether `shape` has the rank of both bounds and lies between them in each dimension.
bool IsBetween(const Dims& shape, const Dims& min, const Dims& max);

// Gives `tensor` the `shape` that TensorRT computed. InvalidState when TensorRT could not tell all
// of it, and what resize_tensor() says when the tensor can't take it.
executorch::runtime::Error TakeShape(const executorch::aten::Tensor& tensor, const Dims& shape);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_TENSOR_SHAPE_H_
