// IExecutionContext: runs an engine.

#ifndef WSB_NATIVE_TENSORRT_CONTEXT_H_
#define WSB_NATIVE_TENSORRT_CONTEXT_H_

#include <cstdint>
#include <utility>

#include "tensorrt/dims.h"
#include "tensorrt/object.h"
#include "tensorrt/slots.h"

namespace wsb {

// Owns an execution context. Each method is the TensorRT method of the same name; names are
// NUL-terminated. A null context (see operator bool) can only be destroyed.
class Context {
 public:
  Context() = default;
  Context(Object object, const SlotTable* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }
  void Reset() { *this = Context(); }

  bool SetInputShape(const char* name, const Dims& dims) const;
  Dims GetTensorShape(const char* name) const;
  // `address` is device memory, or null.
  bool SetTensorAddress(const char* name, void* address) const;
  // Number of tensors whose shape could not be resolved; 0 is success, a negative number an error.
  int32_t InferShapes() const;
  // `stream` is a cudaStream_t.
  bool EnqueueV3(void* stream) const;

 private:
  Object object_;
  void* impl_ = nullptr;
  const SlotTable* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_CONTEXT_H_
