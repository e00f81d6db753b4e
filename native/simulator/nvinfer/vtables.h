// The vtables of the simulated TensorRT objects.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_VTABLES_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_VTABLES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "simulator/core/object.h"
#include "tensorrt/slots.h"

namespace wsb {

// A vtable made by hand, as the Itanium C++ ABI lays it out. Every slot that is not set notes the
// violation unknown-slot and returns 0.
class VtableBuilder {
 public:
  explicit VtableBuilder(int slots);

  // Sets a slot to a function whose first argument is the object; kNoSlot sets nothing.
  template <typename Return, typename... Args>
  void Set(int slot, Return (*method)(Args...)) {
    SetAddress(slot, reinterpret_cast<void*>(method));
  }

  // The first slot. The builder has to live for as long as objects use it.
  Vtable vtable() const { return entries_.data() + kHeaderEntries; }

 private:
  // Offset to the top of the object, and type information: null, as for a class without any.
  static constexpr size_t kHeaderEntries = 2;

  void SetAddress(int slot, void* method);

  std::vector<void*> entries_;
};

// Those of one TensorRT version: of the public class and of the V class behind it.
struct Vtables {
  explicit Vtables(const SlotTable* slots);

  const SlotTable* slots;
  VtableBuilder public_runtime;
  VtableBuilder public_engine;
  VtableBuilder public_context;
  VtableBuilder runtime;
  VtableBuilder engine;
  VtableBuilder context;
};

// The vtables of a TensorRT version (see SlotsForVersion()), made once; null for a version whose
// slots are not known. Safe from any thread.
const Vtables* VtablesFor(int32_t version);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_VTABLES_H_
