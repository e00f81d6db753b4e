// IRuntime: turns plans into engines.

#ifndef WSB_NATIVE_TENSORRT_RUNTIME_H_
#define WSB_NATIVE_TENSORRT_RUNTIME_H_

#include <cstddef>
#include <utility>

#include "tensorrt/engine.h"
#include "tensorrt/object.h"
#include "tensorrt/slots.h"

namespace wsb {

// Owns a runtime; it has to outlive its engines. A null runtime (see operator bool) can only be
// destroyed.
class Runtime {
 public:
  Runtime() = default;
  Runtime(Object object, const SlotTable* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }
  void Reset() { *this = Runtime(); }

  // Deserializes the `size` bytes at `plan`, which need not outlive the call. A null engine when
  // TensorRT refuses the plan.
  Engine DeserializeCudaEngine(const void* plan, size_t size) const;

 private:
  Object object_;
  void* impl_ = nullptr;
  const SlotTable* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_RUNTIME_H_
