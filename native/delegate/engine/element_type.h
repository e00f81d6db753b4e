// The types of a tensor's elements, in TensorRT and in ExecuTorch.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_ELEMENT_TYPE_H_
#define WSB_NATIVE_DELEGATE_ENGINE_ELEMENT_TYPE_H_

#include <executorch/runtime/core/exec_aten/exec_aten.h>

#include <cstdint>
#include <optional>

namespace wsb {

// ExecuTorch's type with the elements of TensorRT's DataType `data_type`; none for one that no
// tensor of ExecuTorch has, such as those of 4 bits. Twin: reference/rules/element-type.ts.
std::optional<executorch::aten::ScalarType> ScalarTypeOf(int32_t data_type);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_ELEMENT_TYPE_H_
