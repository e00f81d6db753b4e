// IHostMemory: bytes that TensorRT made.

#ifndef WSB_NATIVE_ENGINE_BUILDER_HOST_MEMORY_H_
#define WSB_NATIVE_ENGINE_BUILDER_HOST_MEMORY_H_

#include <cstddef>
#include <utility>

#include "engine-builder/builder_slots.h"
#include "tensorrt/call_slot.h"
#include "tensorrt/object.h"

namespace wsb {

// Owns a block of memory of TensorRT's, such as a plan. A null one (see operator bool) may only be
// asked whether it is one.
class HostMemory {
 public:
  HostMemory() = default;
  HostMemory(Object object, const BuilderSlots* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }

  const void* Data() const { return CallSlot<void*>(impl_, slots_->host_memory_data); }
  // Bytes.
  size_t Size() const { return CallSlot<size_t>(impl_, slots_->host_memory_size); }

 private:
  Object object_;
  void* impl_ = nullptr;
  const BuilderSlots* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_HOST_MEMORY_H_
