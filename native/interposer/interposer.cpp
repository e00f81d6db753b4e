#include "interposer/interposer.h"

#include <utility>

#include "interposer/interposed_libraries.h"

namespace wsb {
namespace {

// Where the live objects of each ObjectKind are counted, and what their destruction is called.
constexpr struct {
  uint32_t TrtSimLive::*counter;
  TrtSimCall destroy;
} kKinds[] = {{&TrtSimLive::runtimes, kTrtSimDestroyRuntime},
              {&TrtSimLive::engines, kTrtSimDestroyEngine},
              {&TrtSimLive::contexts, kTrtSimDestroyContext}};

const auto& Of(ObjectKind kind) { return kKinds[static_cast<size_t>(kind)]; }

// The CUDA device that is current; 0, as before any is chosen, when the CUDA runtime does not tell.
int CurrentDevice() {
  int device = 0;
  const InterposedLibraries* const interposed = Interposed();
  return interposed != nullptr && interposed->cuda.GetDevice(&device) == kCudaSuccess ? device : 0;
}

}  // namespace

Interposer& Interposer::OfThisThread() {
  // Never destroyed: an object may be used while its thread ends.
  thread_local Interposer* const interposer = new Interposer;
  return *interposer;
}

void Interposer::Begin(const TrtSimDevice& device) {
  ++case_number_;
  program_.Set(device.program, device.program_size);
  engine_count_ = 0;
  live_ = {};
  log_.Reset();
  objects_.remove_if([](const std::unique_ptr<InterposedObject>& object) {
    return !object->alive && object->live_children == 0;
  });
  const InterposedLibraries* const interposed = Interposed();
  if (interposed != nullptr && interposed->begin_simulation != nullptr) {
    interposed->begin_simulation(&device);
  }
  device_of_step_ = CurrentDevice();
}

void Interposer::EndStep() {
  const int current = CurrentDevice();
  if (current != device_of_step_) {
    log_.Note(Violation::kDeviceLeftChanged);
  }
  device_of_step_ = current;
}

InterposedObject* Interposer::Adopt(ObjectKind kind, Object real, const SlotTable* slots,
                                    InterposedObject* parent) {
  objects_.push_back(std::make_unique<InterposedObject>());
  InterposedObject* const object = objects_.back().get();
  object->kind = kind;
  object->interposer = this;
  object->slots = slots;
  object->real = std::move(real);
  object->real_v = ImplementationOf(object->real);
  object->parent = parent;
  object->engine = parent == nullptr ? -1 : parent->engine;
  object->case_number = case_number_;
  object->alive = true;
  object->implementation = &object->v;
  object->v.self = object;
  GiveVtables(object);
  if (parent != nullptr) {
    ++parent->live_children;
  }
  ++(live_.*Of(kind).counter);
  return object;
}

void Interposer::Destroy(InterposedObject* object) {
  if (!object->alive) {
    log_.Note(Violation::kUseAfterDestroy);
    return;
  }
  if (object->live_children > 0) {
    log_.Note(object->kind == ObjectKind::kRuntime ? Violation::kDestroyRuntimeWithEngine
                                                   : Violation::kDestroyEngineWithContext);
  }
  object->alive = false;
  object->real.reset();
  if (object->parent != nullptr) {
    --object->parent->live_children;
  }
  if (object->case_number == case_number_) {
    --(live_.*Of(object->kind).counter);
  }
  log_.Record(Of(object->kind).destroy, true, object->engine, 0);
}

void Interposer::Made(uint32_t TrtSimLive::*counter, const void* what) {
  if (what != nullptr) {
    counted_[what] = {counter, case_number_};
    ++(live_.*counter);
  }
}

void Interposer::Gone(const void* what) {
  const auto found = counted_.find(what);
  if (found == counted_.end()) {
    return;
  }
  if (found->second.case_number == case_number_) {
    --(live_.*found->second.counter);
  }
  counted_.erase(found);
}

}  // namespace wsb
