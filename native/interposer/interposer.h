// What the interposer knows of one thread, and the objects that a caller gets instead of
// TensorRT's.

#ifndef WSB_NATIVE_INTERPOSER_INTERPOSER_H_
#define WSB_NATIVE_INTERPOSER_INTERPOSER_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "simulator/control.h"
#include "simulator/core/call_log.h"
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

// The calls, the live objects and the violations of the case at work on one thread. An object
// reports to the interposer of the thread that made it and may be used by one thread at a time.
class Interposer {
 public:
  static Interposer& OfThisThread();

  // Begins a case: forgets calls, violations and counts. Objects of earlier cases stay valid to
  // use and no longer count.
  void Begin(const TrtSimDevice& device);
  // Ends a step of the case: another current device than at its beginning is a violation.
  void EndStep();

  CallLog& log() { return log_; }
  const ProgramMemory& program() const { return program_; }
  const TrtSimLive& live() const { return live_; }
  uint32_t engine_count() const { return engine_count_; }

  // Counts an attempt to deserialize; its number, from 0.
  int NextEngine() { return static_cast<int>(engine_count_++); }

  // A stand-in for a public object of TensorRT, which it owns.
  InterposedObject* Adopt(ObjectKind kind, Object real, const SlotTable* slots,
                          InterposedObject* parent);
  // Destroys what the stand-in stands for. The stand-in itself stays for the rest of the case, so
  // that a later use is seen.
  void Destroy(InterposedObject* object);

  // Events and device memory.
  void Made(uint32_t TrtSimLive::*counter, const void* what);
  void Gone(const void* what);

 private:
  struct Counted {
    uint32_t TrtSimLive::*counter;
    uint64_t case_number;
  };

  uint64_t case_number_ = 0;
  ProgramMemory program_;
  uint32_t engine_count_ = 0;
  int device_of_step_ = 0;
  TrtSimLive live_{};
  CallLog log_;
  std::list<std::unique_ptr<InterposedObject>> objects_;
  std::unordered_map<const void*, Counted> counted_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_INTERPOSER_INTERPOSER_H_
