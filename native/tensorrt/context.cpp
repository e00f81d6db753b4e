#include "tensorrt/context.h"

#include "tensorrt/call_slot.h"

namespace wsb {

bool Context::SetInputShape(const char* name, const Dims& dims) const {
  return CallSlot<bool, const char*, const Dims&>(impl_, slots_->set_input_shape, name, dims);
}

Dims Context::GetTensorShape(const char* name) const {
  return CallSlot<Dims>(impl_, slots_->context_get_tensor_shape, name);
}

bool Context::SetTensorAddress(const char* name, void* address) const {
  return CallSlot<bool>(impl_, slots_->set_tensor_address, name, address);
}

int32_t Context::InferShapes() const {
  // The names of the unresolved tensors are not asked for: their number says it all.
  return CallSlot<int32_t, int32_t, const char**>(impl_, slots_->infer_shapes, 0, nullptr);
}

bool Context::EnqueueV3(void* stream) const {
  return CallSlot<bool>(impl_, slots_->enqueue_v3, stream);
}

}  // namespace wsb
