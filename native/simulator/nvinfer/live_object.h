// From what a caller passes to the object that it means.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_LIVE_OBJECT_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_LIVE_OBJECT_H_

#include "simulator/core/object.h"
#include "simulator/core/simulation.h"
#include "simulator/nvinfer/vtables.h"

namespace wsb {

// The object behind `v`, or null when it was destroyed, which is noted.
template <typename Object>
Object* LiveObject(VObject* v) {
  SimObject* const object = v->self;
  if (!object->alive) {
    object->simulation->log().Note(Violation::kUseAfterDestroy);
    return nullptr;
  }
  return static_cast<Object*>(object);
}

// Makes an object destroyed. False when it was before, which is noted. `counter` counts those of
// the case that are alive.
inline bool EndLife(SimObject* object, uint32_t TrtSimLive::*counter) {
  if (!object->alive) {
    object->simulation->log().Note(Violation::kUseAfterDestroy);
    return false;
  }
  object->alive = false;
  if (object->case_number == object->simulation->case_number()) {
    --(object->simulation->live().*counter);
  }
  return true;
}

// Lays out a new object for its caller.
inline void Introduce(SimObject* object, Simulation* simulation, const Vtables* vtables,
                      const VtableBuilder& public_class, const VtableBuilder& v_class,
                      uint32_t TrtSimLive::*counter) {
  object->vtable = public_class.vtable();
  object->implementation = &object->v;
  object->v = {v_class.vtable(), object};
  object->simulation = simulation;
  object->vtables = vtables;
  ++(simulation->live().*counter);
}

// The binding of that name. Null when there is none; a null name is noted as well.
inline const PlanBinding* FindBinding(const EngineObject* engine, const char* name) {
  if (name == nullptr) {
    engine->simulation->log().Note(Violation::kNullArgument);
    return nullptr;
  }
  return engine->plan.Find(name);
}

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_LIVE_OBJECT_H_
