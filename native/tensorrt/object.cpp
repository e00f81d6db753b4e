#include "tensorrt/object.h"

#include <cstdint>

#include "tensorrt/call_slot.h"
#include "tensorrt/slots.h"

namespace wsb {
namespace {

// How every public TensorRT object begins.
struct PublicObject {
  void* vtable;
  void* implementation;
};

// No heap lies in the first pages of an address space: they stay unmapped to catch null.
constexpr uintptr_t kLowestObjectAddress = 0x10000;

bool CanBeObject(const void* address) {
  const auto value = reinterpret_cast<uintptr_t>(address);
  return value >= kLowestObjectAddress && value % alignof(PublicObject) == 0;
}

}  // namespace

void ObjectDeleter::operator()(void* object) const noexcept {
  CallSlot<void>(object, kDeletingDestructorSlot);
}

Object AdoptObject(void* raw) noexcept { return Object(CanBeObject(raw) ? raw : nullptr); }

void* ImplementationOf(const Object& object) noexcept {
  return object == nullptr ? nullptr
                           : static_cast<const PublicObject*>(object.get())->implementation;
}

}  // namespace wsb
