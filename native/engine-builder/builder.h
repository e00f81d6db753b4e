// IBuilder: turns a network into a plan.

#ifndef WSB_NATIVE_ENGINE_BUILDER_BUILDER_H_
#define WSB_NATIVE_ENGINE_BUILDER_BUILDER_H_

#include <cstdint>
#include <utility>

#include "engine-builder/builder_slots.h"
#include "engine-builder/host_memory.h"
#include "engine-builder/network.h"
#include "tensorrt/object.h"

namespace wsb {

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
