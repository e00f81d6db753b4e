#include "simulator/nvinfer/objects.h"

namespace wsb {
namespace {

// What TensorRT returns for a shape that it can't tell.
Dims NoShape() {
  Dims dims;
  dims.rank = -1;
  return dims;
}

bool IsStatic(const Dims& shape) {
  for (int32_t n = 0; n < shape.rank; ++n) {
    if (shape.extents[n] < 0) {
      return false;
    }
  }
  return true;
}

CallLog& LogOf(const EngineObject* engine) { return engine->simulation->log(); }

// The binding of that name of a live engine, or null.
const PlanBinding* BindingOf(VObject* v, const char* name) {
  auto* const engine = LiveObject<EngineObject>(v);
  return engine == nullptr ? nullptr : FindBinding(engine, name);
}

// A read without effect: the model answers, and the answer is traced.
int64_t Read(VObject* v, TrtSimCall call, int64_t (EngineModel::*get)() const) {
  auto* const engine = LiveObject<EngineObject>(v);
  if (engine == nullptr) {
    return 0;
  }
  const int64_t value = (engine->model.*get)();
  LogOf(engine).Record(call, true, engine->number, value);
  return value;
}

ContextObject* TryCreateContext(EngineObject* engine) {
  Simulation* const simulation = engine->simulation;
  uint64_t memory = 0;
  const bool fails = simulation->faults().Fails(kTrtSimFaultCreateExecutionContext);
  const bool scripted = engine->plan.creates_context && !fails;
  if (!scripted || !engine->model.TakeContextMemory(&memory)) {
    LogError(engine->runtime->logger, engine->vtables->slots,
             scripted ? "createExecutionContext gives null: out of device memory"
             : fails  ? "createExecutionContext gives null: the case says so"
                      : "createExecutionContext gives null: the scripted plan says so");
    return nullptr;
  }
  ContextObject* const context = simulation->contexts().Take(simulation->case_number());
  IntroduceContext(context, engine, memory);
  ++engine->live_contexts;
  return context;
}

}  // namespace

void IntroduceEngine(EngineObject* engine, RuntimeObject* runtime, int number) {
  Simulation* const simulation = runtime->simulation;
  const Vtables* const vtables = runtime->vtables;
  Introduce(engine, simulation, vtables, vtables->public_engine, vtables->engine,
            &TrtSimLive::engines);
  engine->runtime = runtime;
  engine->runtime_serial = runtime->serial;
  engine->number = number;
  engine->live_contexts = 0;
  engine->model.Reset(&engine->plan, &simulation->memory());
  ++runtime->live_engines;
}

void DestroyEngine(SimObject* object) {
  if (!EndLife(object, &TrtSimLive::engines)) {
    return;
  }
  auto* const engine = static_cast<EngineObject*>(object);
  Simulation* const simulation = engine->simulation;
  if (engine->live_contexts > 0) {
    simulation->log().Note(Violation::kDestroyEngineWithContext);
  }
  if (engine->case_number == simulation->case_number()) {
    engine->model.ReleaseWeights();
  }
  if (engine->runtime->serial == engine->runtime_serial) {
    --engine->runtime->live_engines;
  }
  simulation->log().Record(kTrtSimDestroyEngine, true, engine->number, 0);
}

void* CreateExecutionContext(VObject* v, int32_t /*strategy*/) {
  auto* const engine = LiveObject<EngineObject>(v);
  if (engine == nullptr) {
    return nullptr;
  }
  ContextObject* const context = TryCreateContext(engine);
  LogOf(engine).Record(kTrtSimCreateExecutionContext, context != nullptr, engine->number, 0);
  return context;
}

Dims GetEngineTensorShape(VObject* v, const char* name) {
  const PlanBinding* const binding = BindingOf(v, name);
  return binding == nullptr ? NoShape() : binding->shape;
}

int32_t GetTensorDataType(VObject* v, const char* name) {
  const PlanBinding* const binding = BindingOf(v, name);
  return binding == nullptr ? 0 : binding->dtype;
}

bool IsShapeInferenceIo(VObject* v, const char* name) {
  const PlanBinding* const binding = BindingOf(v, name);
  return binding != nullptr && binding->shape_inference;
}

int32_t GetTensorIoMode(VObject* v, const char* name) {
  constexpr int32_t kNone = 0, kInput = 1, kOutput = 2;  // TensorIOMode
  const PlanBinding* const binding = BindingOf(v, name);
  return binding == nullptr ? kNone : binding->is_input ? kInput : kOutput;
}

Dims GetProfileShape(VObject* v, const char* name, int32_t profile, int32_t selector) {
  constexpr int32_t kMin = 0;  // OptProfileSelector
  const PlanBinding* const binding = BindingOf(v, name);
  if (binding == nullptr || !binding->is_input || profile != 0) {
    return NoShape();
  }
  if (binding->has_profile) {
    return selector == kMin ? binding->minimum : binding->maximum;
  }
  // The only profile of an engine without dynamic shapes holds those that it has.
  return IsStatic(binding->shape) ? binding->shape : NoShape();
}

int32_t GetNbIoTensors(VObject* v) {
  auto* const engine = LiveObject<EngineObject>(v);
  return engine == nullptr ? 0 : static_cast<int32_t>(engine->plan.binding_count);
}

const char* GetIoTensorName(VObject* v, int32_t index) {
  auto* const engine = LiveObject<EngineObject>(v);
  if (engine == nullptr || index < 0 || static_cast<size_t>(index) >= engine->plan.binding_count) {
    return nullptr;
  }
  return engine->plan.bindings[static_cast<size_t>(index)].name.c_str();
}

const char* GetAliasedInputTensor(VObject* v, const char* name) {
  const PlanBinding* const binding = BindingOf(v, name);
  return binding == nullptr || binding->alias.empty() ? nullptr : binding->alias.c_str();
}

int64_t GetStreamableWeightsSize(VObject* v) {
  return Read(v, kTrtSimGetStreamableWeightsSize, &EngineModel::StreamableWeightsSize);
}

bool SetWeightStreamingBudgetV2(VObject* v, int64_t budget) {
  auto* const engine = LiveObject<EngineObject>(v);
  if (engine == nullptr) {
    return false;
  }
  const bool context_lives = engine->live_contexts > 0;
  if (context_lives) {
    LogOf(engine).Note(Violation::kSetWithContext);
  }
  const bool fails = engine->simulation->faults().Fails(kTrtSimFaultSetWeightStreamingBudgetV2);
  const bool ok = !fails && engine->model.SetBudget(budget, context_lives);
  LogOf(engine).Record(kTrtSimSetWeightStreamingBudgetV2, ok, engine->number, budget);
  return ok;
}

int64_t GetWeightStreamingBudgetV2(VObject* v) {
  return Read(v, kTrtSimGetWeightStreamingBudgetV2, &EngineModel::Budget);
}

int64_t GetWeightStreamingAutomaticBudget(VObject* v) {
  return Read(v, kTrtSimGetWeightStreamingAutomaticBudget, &EngineModel::AutomaticBudget);
}

int64_t GetWeightStreamingScratchMemorySize(VObject* v) {
  return Read(v, kTrtSimGetWeightStreamingScratchMemorySize, &EngineModel::ScratchMemorySize);
}

int64_t GetDeviceMemorySizeV2(VObject* v) {
  return Read(v, kTrtSimGetDeviceMemorySizeV2, &EngineModel::DeviceMemorySize);
}

}  // namespace wsb
