// The vtables of the simulated TensorRT objects.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_VTABLES_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_VTABLES_H_

#include <cstdint>

#include "simulator/core/object.h"
#include "tensorrt/slots.h"
#include "tensorrt/vtable_builder.h"

namespace wsb {

// Those of one TensorRT version: of the public class and of the V class behind it. A slot that no
// caller is known to use notes the violation unknown-slot and returns 0.
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
