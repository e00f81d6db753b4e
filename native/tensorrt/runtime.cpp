#include "tensorrt/runtime.h"

#include "tensorrt/call_slot.h"

namespace wsb {

Engine Runtime::DeserializeCudaEngine(const void* plan, size_t size) const {
  void* const engine = CallSlot<void*>(impl_, slots_->deserialize_cuda_engine, plan, size);
  return Engine(AdoptObject(engine), slots_);
}

}  // namespace wsb
