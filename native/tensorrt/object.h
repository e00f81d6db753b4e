// Ownership of TensorRT's public objects.

#ifndef WSB_NATIVE_TENSORRT_OBJECT_H_
#define WSB_NATIVE_TENSORRT_OBJECT_H_

#include <memory>

namespace wsb {

// Deletes a public TensorRT object through its virtual destructor, as `delete` would.
struct ObjectDeleter {
  void operator()(void* object) const noexcept;
};

// The only owner of a public TensorRT object.
using Object = std::unique_ptr<void, ObjectDeleter>;

// Takes ownership of what a TensorRT factory returned. Gives null for null, and for what cannot be
// the address of an object: without a driver, createInferRuntime returns 0x200 in 10.6 and 0x228 in
// 11.2.
Object AdoptObject(void* raw) noexcept;

// The V object behind a public one; null for null.
void* ImplementationOf(const Object& object) noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_OBJECT_H_
