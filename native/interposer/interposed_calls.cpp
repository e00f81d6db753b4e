// The methods of the stand-ins: each passes its call on and, where an outcome tells of it, writes
// it down.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "interposer/interposer.h"
#include "tensorrt/call_slot.h"
#include "tensorrt/dims.h"

namespace wsb {
namespace {

constexpr int kPublicSlots = 8;

// The object behind `v`; null when it was destroyed, which is noted.
InterposedObject* LiveObject(InterposedV* v) {
  if (!v->self->alive) {
    v->self->interposer->log().Note(Violation::kUseAfterDestroy);
    return nullptr;
  }
  return v->self;
}

uintptr_t UnknownSlot() {
  Interposer::OfThisThread().log().Note(Violation::kUnknownSlot);
  return 0;
}

void* GetPimpl(InterposedV* v) { return v; }

void DestroyObject(InterposedObject* object) { object->interposer->Destroy(object); }

// Passes a call on as it is; `Return` and `Args` are those of the method in `slot`.
template <int SlotTable::*slot, typename Return, typename... Args>
Return PassOn(InterposedV* v, Args... args) {
  InterposedObject* const object = LiveObject(v);
  return object == nullptr
             ? Return{}
             : CallSlot<Return, Args...>(object->real_v, object->slots->*slot, args...);
}

// Passes a read of a size on and writes down what was answered.
template <int SlotTable::*slot, TrtSimCall call>
int64_t Read(InterposedV* v) {
  InterposedObject* const engine = LiveObject(v);
  if (engine == nullptr) {
    return 0;
  }
  const auto value = CallSlot<int64_t>(engine->real_v, engine->slots->*slot);
  engine->interposer->log().Record(call, true, engine->engine, value);
  return value;
}

void* DeserializeCudaEngine(InterposedV* v, const void* plan, size_t size) {
  InterposedObject* const runtime = LiveObject(v);
  if (runtime == nullptr) {
    return nullptr;
  }
  Interposer* const interposer = runtime->interposer;
  const int number = interposer->NextEngine();
  Object real;
  if (interposer->program().MayRead(plan, size, &interposer->log())) {
    real = AdoptObject(
        CallSlot<void*>(runtime->real_v, runtime->slots->deserialize_cuda_engine, plan, size));
  }
  const bool ok = real != nullptr;
  interposer->log().Record(kTrtSimDeserializeCudaEngine, ok, number, 0);
  if (!ok) {
    return nullptr;
  }
  InterposedObject* const engine =
      interposer->Adopt(ObjectKind::kEngine, std::move(real), runtime->slots, runtime);
  engine->engine = number;
  return engine;
}

void* CreateExecutionContext(InterposedV* v, int32_t strategy) {
  InterposedObject* const engine = LiveObject(v);
  if (engine == nullptr) {
    return nullptr;
  }
  Object real = AdoptObject(
      CallSlot<void*>(engine->real_v, engine->slots->create_execution_context, strategy));
  const bool ok = real != nullptr;
  engine->interposer->log().Record(kTrtSimCreateExecutionContext, ok, engine->engine, 0);
  return ok ? engine->interposer->Adopt(ObjectKind::kContext, std::move(real), engine->slots,
                                        engine)
            : nullptr;
}

bool SetWeightStreamingBudgetV2(InterposedV* v, int64_t budget) {
  InterposedObject* const engine = LiveObject(v);
  if (engine == nullptr) {
    return false;
  }
  CallLog& log = engine->interposer->log();
  if (engine->live_children > 0) {
    log.Note(Violation::kSetWithContext);
  }
  const bool ok =
      CallSlot<bool>(engine->real_v, engine->slots->set_weight_streaming_budget_v2, budget);
  log.Record(kTrtSimSetWeightStreamingBudgetV2, ok, engine->engine, budget);
  return ok;
}

bool EnqueueV3(InterposedV* v, void* stream) {
  InterposedObject* const context = LiveObject(v);
  if (context == nullptr) {
    return false;
  }
  const bool ok = CallSlot<bool>(context->real_v, context->slots->enqueue_v3, stream);
  context->interposer->log().Record(kTrtSimEnqueueV3, ok, context->engine, 0);
  return ok;
}

VtableBuilder NewVtable(int slots) {
  return VtableBuilder(slots, reinterpret_cast<void*>(&UnknownSlot));
}

// Those of one TensorRT version.
struct Vtables {
  explicit Vtables(const SlotTable& slots)
      : public_class(NewVtable(kPublicSlots)),
        runtime(NewVtable(slots.runtime_slots)),
        engine(NewVtable(slots.engine_slots)),
        context(NewVtable(slots.context_slots)) {
    public_class.Set(0, &DestroyObject);
    public_class.Set(kDeletingDestructorSlot, &DestroyObject);
    for (VtableBuilder* const builder : {&runtime, &engine, &context}) {
      builder->Set(kFirstMethodSlot, &GetPimpl);
    }
    runtime.Set(slots.deserialize_cuda_engine, &DeserializeCudaEngine);
    SetEngine(slots);
    context.Set(slots.set_input_shape,
                &PassOn<&SlotTable::set_input_shape, bool, const char*, const Dims&>);
    context.Set(slots.context_get_tensor_shape,
                &PassOn<&SlotTable::context_get_tensor_shape, Dims, const char*>);
    context.Set(slots.set_tensor_address,
                &PassOn<&SlotTable::set_tensor_address, bool, const char*, void*>);
    context.Set(slots.infer_shapes,
                &PassOn<&SlotTable::infer_shapes, int32_t, int32_t, const char**>);
    context.Set(slots.enqueue_v3, &EnqueueV3);
  }

  void SetEngine(const SlotTable& slots) {
    using S = SlotTable;
    engine.Set(slots.create_execution_context, &CreateExecutionContext);
    engine.Set(slots.engine_get_tensor_shape,
               &PassOn<&S::engine_get_tensor_shape, Dims, const char*>);
    engine.Set(slots.get_tensor_data_type, &PassOn<&S::get_tensor_data_type, int32_t, const char*>);
    engine.Set(slots.is_shape_inference_io, &PassOn<&S::is_shape_inference_io, bool, const char*>);
    engine.Set(slots.get_tensor_io_mode, &PassOn<&S::get_tensor_io_mode, int32_t, const char*>);
    engine.Set(slots.get_profile_shape,
               &PassOn<&S::get_profile_shape, Dims, const char*, int32_t, int32_t>);
    engine.Set(slots.get_nb_io_tensors, &PassOn<&S::get_nb_io_tensors, int32_t>);
    engine.Set(slots.get_io_tensor_name, &PassOn<&S::get_io_tensor_name, const char*, int32_t>);
    engine.Set(slots.get_aliased_input_tensor,
               &PassOn<&S::get_aliased_input_tensor, const char*, const char*>);
    engine.Set(slots.set_weight_streaming_budget_v2, &SetWeightStreamingBudgetV2);
    engine.Set(slots.get_streamable_weights_size,
               &Read<&S::get_streamable_weights_size, kTrtSimGetStreamableWeightsSize>);
    engine.Set(slots.get_weight_streaming_budget_v2,
               &Read<&S::get_weight_streaming_budget_v2, kTrtSimGetWeightStreamingBudgetV2>);
    engine.Set(
        slots.get_weight_streaming_automatic_budget,
        &Read<&S::get_weight_streaming_automatic_budget, kTrtSimGetWeightStreamingAutomaticBudget>);
    engine.Set(slots.get_weight_streaming_scratch_memory_size,
               &Read<&S::get_weight_streaming_scratch_memory_size,
                     kTrtSimGetWeightStreamingScratchMemorySize>);
    engine.Set(slots.get_device_memory_size_v2,
               &Read<&S::get_device_memory_size_v2, kTrtSimGetDeviceMemorySizeV2>);
  }

  VtableBuilder public_class;
  VtableBuilder runtime;
  VtableBuilder engine;
  VtableBuilder context;
};

// Made once for each version, and never freed: an object may be used while the process ends.
const Vtables& VtablesFor(const SlotTable* slots) {
  static std::mutex* const mutex = new std::mutex;
  static auto* const made = new std::map<const SlotTable*, std::unique_ptr<const Vtables>>;
  const std::lock_guard lock(*mutex);
  std::unique_ptr<const Vtables>& vtables = (*made)[slots];
  if (vtables == nullptr) {
    vtables = std::make_unique<const Vtables>(*slots);
  }
  return *vtables;
}

}  // namespace

void GiveVtables(InterposedObject* object) {
  const Vtables& vtables = VtablesFor(object->slots);
  object->vtable = vtables.public_class.vtable();
  switch (object->kind) {
    case ObjectKind::kRuntime:
      object->v.vtable = vtables.runtime.vtable();
      break;
    case ObjectKind::kEngine:
      object->v.vtable = vtables.engine.vtable();
      break;
    case ObjectKind::kContext:
      object->v.vtable = vtables.context.vtable();
      break;
  }
}

}  // namespace wsb
