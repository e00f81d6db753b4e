// IBuilder and what it makes: turns a network into a plan.

#ifndef WSB_NATIVE_ENGINE_BUILDER_BUILDER_H_
#define WSB_NATIVE_ENGINE_BUILDER_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine-builder/builder_slots.h"
#include "tensorrt/call_slot.h"
#include "tensorrt/dims.h"
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

// A public TensorRT object that its network owns: an ITensor or an ILayer. Null when TensorRT did
// not make one.
class BorrowedObject {
 public:
  BorrowedObject() = default;
  explicit BorrowedObject(void* object) : object_(object) {}

  explicit operator bool() const { return object_ != nullptr; }

  // What a method that takes a reference to the object is handed.
  void* Address() const { return object_; }
  // The V object behind it (of a layer its VLayer); the object must not be null.
  void* Implementation() const { return static_cast<void**>(object_)[1]; }

 private:
  void* object_ = nullptr;
};

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

// How a network is to be built.
struct BuildOptions {
  // Whether the weights can be streamed.
  bool weight_streaming = false;
  // Upper limit of a layer's workspace in bytes; 0 leaves TensorRT's own.
  int64_t workspace = 0;
};

// Owns a builder; it has to outlive what it made. A null builder (see operator bool) may only be
// asked whether it is one.
class Builder {
 public:
  Builder() = default;
  Builder(Object object, const BuilderSlots* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }

  // An empty strongly typed network, null when TensorRT can't make one.
  Network CreateNetwork() const;

  // The plan of `network`, null when TensorRT can't build it; its log says why. Times kernels on
  // the device, so that two plans of one network may differ.
  HostMemory BuildSerializedNetwork(const Network& network, const BuildOptions& options) const;

 private:
  Object object_;
  void* impl_ = nullptr;
  const BuilderSlots* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_BUILDER_H_
