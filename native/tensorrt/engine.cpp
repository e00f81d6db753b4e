#include "tensorrt/engine.h"

#include "tensorrt/call_slot.h"

namespace wsb {

int64_t Engine::GetStreamableWeightsSize() const {
  return CallSlot<int64_t>(impl_, slots_->get_streamable_weights_size);
}

int64_t Engine::GetWeightStreamingAutomaticBudget() const {
  return CallSlot<int64_t>(impl_, slots_->get_weight_streaming_automatic_budget);
}

bool Engine::SetWeightStreamingBudgetV2(int64_t budget) const {
  return CallSlot<bool>(impl_, slots_->set_weight_streaming_budget_v2, budget);
}

int64_t Engine::GetWeightStreamingBudgetV2() const {
  return CallSlot<int64_t>(impl_, slots_->get_weight_streaming_budget_v2);
}

int64_t Engine::GetDeviceMemorySizeV2() const {
  return CallSlot<int64_t>(impl_, slots_->get_device_memory_size_v2);
}

int64_t Engine::GetWeightStreamingScratchMemorySize() const {
  return CallSlot<int64_t>(impl_, slots_->get_weight_streaming_scratch_memory_size);
}

int32_t Engine::GetNbIoTensors() const {
  return CallSlot<int32_t>(impl_, slots_->get_nb_io_tensors);
}

const char* Engine::GetIoTensorName(int32_t index) const {
  return CallSlot<const char*>(impl_, slots_->get_io_tensor_name, index);
}

TensorIoMode Engine::GetTensorIoMode(const char* name) const {
  return CallSlot<TensorIoMode>(impl_, slots_->get_tensor_io_mode, name);
}

int32_t Engine::GetTensorDataType(const char* name) const {
  return CallSlot<int32_t>(impl_, slots_->get_tensor_data_type, name);
}

Dims Engine::GetTensorShape(const char* name) const {
  return CallSlot<Dims>(impl_, slots_->engine_get_tensor_shape, name);
}

bool Engine::IsShapeInferenceIo(const char* name) const {
  return CallSlot<bool>(impl_, slots_->is_shape_inference_io, name);
}

Dims Engine::GetProfileShape(const char* name, int32_t profile, ProfileSelector selector) const {
  return CallSlot<Dims>(impl_, slots_->get_profile_shape, name, profile, selector);
}

const char* Engine::GetAliasedInputTensor(const char* name) const {
  if (slots_->get_aliased_input_tensor == kNoSlot) {
    return nullptr;
  }
  return CallSlot<const char*>(impl_, slots_->get_aliased_input_tensor, name);
}

Context Engine::CreateExecutionContext() const {
  constexpr int32_t kStaticAllocation = 0;  // ExecutionContextAllocationStrategy::kSTATIC
  void* const context = CallSlot<void*>(impl_, slots_->create_execution_context, kStaticAllocation);
  return Context(AdoptObject(context), slots_);
}

}  // namespace wsb
