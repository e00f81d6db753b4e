#include "host/execute_method.h"

#include <executorch/extension/tensor/tensor_ptr.h>
#include <executorch/runtime/executor/method_meta.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/planned_memory.h"

namespace wsb {
namespace {

using executorch::extension::make_tensor_ptr;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::Method;
using executorch::runtime::MethodMeta;
using executorch::runtime::Result;
using executorch::runtime::Tag;
using executorch::runtime::TensorInfo;

// Inputs and outputs that a method has at most, each.
constexpr size_t kMaxTensors = 65'535;

// Zeros for the tensors of one execution.
class Zeros {
 public:
  // Null when too many were asked for.
  uint8_t* Take(size_t size) {
    if (size > left_) {
      return nullptr;
    }
    left_ -= size;
    // A byte more, so that an empty tensor has an address too.
    return buffers_.emplace_back(size + 1).data();
  }

 private:
  size_t left_ = PlannedMemory::kMaxBytes;
  std::vector<std::vector<uint8_t>> buffers_;
};

Error SetInput(Method* method, size_t index, Zeros* zeros, ExecutionTensors* tensors) {
  const MethodMeta meta = method->method_meta();
  const Result<Tag> tag = meta.input_tag(index);
  if (!tag.ok()) {
    return tag.error();
  }
  if (*tag != Tag::Tensor) {
    return method->set_input(EValue(), index);
  }
  const Result<TensorInfo> info = meta.input_tensor_meta(index);
  if (!info.ok()) {
    return info.error();
  }
  uint8_t* const data = zeros->Take(info->nbytes());
  if (data == nullptr) {
    return Error::MemoryAllocationFailed;
  }
  if (tensors != nullptr) {
    tensors->Fill(index, data, info->nbytes());
  }
  const auto tensor = make_tensor_ptr({info->sizes().begin(), info->sizes().end()}, data,
                                      {info->dim_order().begin(), info->dim_order().end()}, {},
                                      info->scalar_type());
  return method->set_input(EValue(*tensor), index);
}

// Gives an output memory unless it was planned.
Error SetOutput(Method* method, size_t index, Zeros* zeros) {
  const MethodMeta meta = method->method_meta();
  const Result<Tag> tag = meta.output_tag(index);
  if (!tag.ok()) {
    return tag.error();
  }
  if (*tag != Tag::Tensor) {
    return Error::Ok;
  }
  const Result<TensorInfo> info = meta.output_tensor_meta(index);
  if (!info.ok() || info->is_memory_planned()) {
    return info.error();
  }
  uint8_t* const data = zeros->Take(info->nbytes());
  return data == nullptr ? Error::MemoryAllocationFailed
                         : method->set_output_data_ptr(data, info->nbytes(), index);
}

}  // namespace

Error ExecuteMethod(Method* method, ExecutionTensors* tensors) {
  if (method->inputs_size() > kMaxTensors || method->outputs_size() > kMaxTensors) {
    return Error::MemoryAllocationFailed;
  }
  Zeros zeros;
  for (size_t n = 0; n < method->inputs_size(); ++n) {
    const Error error = SetInput(method, n, &zeros, tensors);
    if (error != Error::Ok) {
      return error;
    }
  }
  for (size_t n = 0; n < method->outputs_size(); ++n) {
    const Error error = SetOutput(method, n, &zeros);
    if (error != Error::Ok) {
      return error;
    }
  }
  const Error error = method->execute();
  if (error == Error::Ok && tensors != nullptr) {
    tensors->Read(*method);
  }
  return error;
}

}  // namespace wsb
