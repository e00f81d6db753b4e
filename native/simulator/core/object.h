// The simulated TensorRT objects, as a caller's pointers see them and behind that.

#ifndef WSB_NATIVE_SIMULATOR_CORE_OBJECT_H_
#define WSB_NATIVE_SIMULATOR_CORE_OBJECT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "simulator/core/engine_model.h"
#include "simulator/core/plan.h"
#include "tensorrt/dims.h"
#include "tensorrt/vtable_builder.h"

namespace wsb {

class Simulation;
struct SimObject;
struct Vtables;

// The part that TensorRT's inline methods call: what a public object's mImpl points to.
struct VObject {
  Vtable vtable;
  SimObject* self;
};

// What all three have in common. Its first two members are those of every public TensorRT object.
// Objects live in pools and are never given back to the heap, so that a call on a destroyed one is
// seen rather than suffered.
struct SimObject {
  Vtable vtable;
  VObject* implementation;
  VObject v;

  Simulation* simulation;
  // Of the TensorRT version that the object is played for.
  const Vtables* vtables;
  // The case that the object belongs to, and a number that no other object ever has.
  uint64_t case_number;
  uint64_t serial;
  bool alive;
};

struct RuntimeObject : SimObject {
  // The caller's ILogger; null when it gave none.
  void* logger;
  uint32_t live_engines;
};

struct EngineObject : SimObject {
  RuntimeObject* runtime;
  uint64_t runtime_serial;
  // Number of the attempt to deserialize, from 0.
  int number;
  uint32_t live_contexts;
  Plan plan;
  EngineModel model;
};

struct ContextObject : SimObject {
  EngineObject* engine;
  uint64_t engine_serial;
  // Device memory, in bytes.
  uint64_t memory;
  // By binding; the shapes that were set for inputs, the engine's otherwise.
  std::vector<Dims> shapes;
  // By binding; none until one is set.
  std::vector<std::optional<void*>> addresses;
  // What the last run left in the first byte of what the outputs alias; 0 before the first.
  uint8_t update;
};

// A CUDA event.
struct EventObject {
  uint64_t case_number;
  uint64_t serial;
  bool alive;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_OBJECT_H_
