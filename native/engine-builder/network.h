// INetworkDefinition: a network under construction.

#ifndef WSB_NATIVE_ENGINE_BUILDER_NETWORK_H_
#define WSB_NATIVE_ENGINE_BUILDER_NETWORK_H_

#include <cstdint>
#include <utility>

#include "engine-builder/borrowed_object.h"
#include "engine-builder/builder_slots.h"
#include "tensorrt/dims.h"
#include "tensorrt/object.h"

namespace wsb {

// Owns a network definition, its layers and its tensors. Adding gives a null tensor when TensorRT
// refuses; its log says why. Tensors handed in must not be null. Everything is float16.
class Network {
 public:
  Network(Object object, const BuilderSlots* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }

  BorrowedObject AddInput(const char* name, const Dims& dims) const;
  // `values` are the bits of `count` float16 numbers; they have to outlive the build.
  BorrowedObject AddConstant(const Dims& dims, const uint16_t* values, int64_t count) const;
  // a × b
  BorrowedObject AddMatrixMultiply(BorrowedObject a, BorrowedObject b) const;
  BorrowedObject AddRelu(BorrowedObject input) const;
  void MarkOutput(BorrowedObject tensor, const char* name) const;

  // What a method that takes a reference to the network is handed.
  void* Address() const { return object_.get(); }

 private:
  BorrowedObject FirstOutputOf(void* layer) const;

  Object object_;
  void* impl_ = nullptr;
  const BuilderSlots* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_NETWORK_H_
