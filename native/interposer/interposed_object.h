// The objects that a caller gets instead of TensorRT's.

#ifndef WSB_NATIVE_INTERPOSER_INTERPOSED_OBJECT_H_
#define WSB_NATIVE_INTERPOSER_INTERPOSED_OBJECT_H_

#include <cstdint>

#include "tensorrt/object.h"
#include "tensorrt/slots.h"
#include "tensorrt/vtable_builder.h"

namespace wsb {

class Interposer;
struct InterposedObject;

// What a public object's mImpl points to.
struct InterposedV {
  Vtable vtable;
  InterposedObject* self;
};

enum class ObjectKind { kRuntime, kEngine, kContext };

// Stands for a runtime, an engine or a context. Its first two members are those of every public
// TensorRT object.
struct InterposedObject {
  Vtable vtable;
  InterposedV* implementation;
  InterposedV v;

  ObjectKind kind;
  Interposer* interposer;
  const SlotTable* slots;
  // What it stands for, and the V object behind that.
  Object real;
  void* real_v;
  // The runtime of an engine, the engine of a context; null for a runtime.
  InterposedObject* parent;
  uint32_t live_children;
  // Of an engine and its contexts: the number of the attempt to deserialize, from 0; -1 else.
  int engine;
  uint64_t case_number;
  bool alive;
};

// The vtables of a new stand-in.
void GiveVtables(InterposedObject* object);

}  // namespace wsb

#endif  // WSB_NATIVE_INTERPOSER_INTERPOSED_OBJECT_H_
