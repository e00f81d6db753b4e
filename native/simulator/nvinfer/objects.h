// The objects of the simulated TensorRT: their methods, their vtables, and what the methods have in
// common.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_OBJECTS_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_OBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "simulator/core/object.h"
#include "simulator/core/simulation.h"
#include "tensorrt/call_slot.h"
#include "tensorrt/dims.h"
#include "tensorrt/slots.h"
#include "tensorrt/vtable_builder.h"

namespace wsb {

// IRuntime: the public destructor.
void DestroyRuntime(SimObject* object);

// VRuntime. An engine, or null when the plan is refused; every attempt is recorded.
void* DeserializeCudaEngine(VObject* v, const void* plan, size_t size);

// Lays out an engine whose plan was loaded. `number` is that of the attempt to deserialize it.
void IntroduceEngine(EngineObject* engine, RuntimeObject* runtime, int number);

// ICudaEngine: the public destructor.
void DestroyEngine(SimObject* object);

// VCudaEngine: each is the TensorRT method of the same name, with its types as they are passed
// (enumerations as int32_t). On an engine that was destroyed they give false, 0, null or no shape.
void* CreateExecutionContext(VObject* v, int32_t strategy);
Dims GetEngineTensorShape(VObject* v, const char* name);
int32_t GetTensorDataType(VObject* v, const char* name);
bool IsShapeInferenceIo(VObject* v, const char* name);
int32_t GetTensorIoMode(VObject* v, const char* name);
Dims GetProfileShape(VObject* v, const char* name, int32_t profile, int32_t selector);
int32_t GetNbIoTensors(VObject* v);
const char* GetIoTensorName(VObject* v, int32_t index);
const char* GetAliasedInputTensor(VObject* v, const char* name);
int64_t GetStreamableWeightsSize(VObject* v);
bool SetWeightStreamingBudgetV2(VObject* v, int64_t budget);
int64_t GetWeightStreamingBudgetV2(VObject* v);
int64_t GetWeightStreamingAutomaticBudget(VObject* v);
int64_t GetWeightStreamingScratchMemorySize(VObject* v);
int64_t GetDeviceMemorySizeV2(VObject* v);

// Lays out a context that took `memory` bytes of the device.
void IntroduceContext(ContextObject* context, EngineObject* engine, uint64_t memory);

// IExecutionContext: the public destructor.
void DestroyContext(SimObject* object);

// VExecutionContext: each is the TensorRT method of the same name. On a context that was destroyed,
// or whose engine was, they give false, a negative number or no shape.

// True for a shape that the input can have.
bool SetInputShape(VObject* v, const char* name, const Dims* shape);
// A dynamic extent of an output is that of the first input which is dynamic in the same place.
Dims GetContextTensorShape(VObject* v, const char* name);
bool SetTensorAddress(VObject* v, const char* name, void* address);
// The number of inputs whose shape is not set.
int32_t InferShapes(VObject* v, int32_t max_names, const char** names);
// Computes nothing: outputs keep what they hold. An engine that updates in place leaves a byte
// where its outputs alias inputs.
bool EnqueueV3(VObject* v, void* stream);

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

// Logs `message` with severity error to `logger`, the caller's ILogger or null.
inline void LogError(void* logger, const SlotTable* slots, const std::string& message) {
  constexpr int32_t kSeverityError = 1;  // ILogger::Severity::kERROR
  if (logger != nullptr) {
    CallSlot<void>(logger, slots->logger_log, kSeverityError, message.c_str());
  }
}

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_OBJECTS_H_
