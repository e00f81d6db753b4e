
#include <vector>

#include "simulator/nvinfer/objects.h"

namespace wsb {
namespace {

// The context behind `v` whose engine lives too; null otherwise, which is noted.
ContextObject* UsableContext(VObject* v) {
  auto* const context = LiveObject<ContextObject>(v);
  if (context == nullptr) {
    return nullptr;
  }
  const EngineObject* const engine = context->engine;
  if (!engine->alive || engine->serial != context->engine_serial) {
    context->simulation->log().Note(Violation::kUseAfterDestroy);
    return nullptr;
  }
  return context;
}

// The index of the binding of that name, or -1.
int FindIndex(const ContextObject* context, const char* name) {
  const PlanBinding* const binding = FindBinding(context->engine, name);
  return binding == nullptr ? -1
                            : static_cast<int>(binding - context->engine->plan.bindings.data());
}

bool IsAllowed(const PlanBinding& binding, const Dims& shape) {
  if (!binding.is_input || shape.rank != binding.shape.rank) {
    return false;
  }
  for (int32_t n = 0; n < shape.rank; ++n) {
    const int64_t extent = shape.extents[n];
    const int64_t declared = binding.shape.extents[n];
    if (extent < 0 || (declared >= 0 && extent != declared)) {
      return false;
    }
    if (binding.has_profile &&
        (extent < binding.minimum.extents[n] || extent > binding.maximum.extents[n])) {
      return false;
    }
  }
  return true;
}

bool IsDynamicAt(const PlanBinding& binding, int32_t dimension) {
  return dimension < binding.shape.rank && binding.shape.extents[dimension] < 0;
}

int64_t OutputExtent(const ContextObject* context, int32_t dimension) {
  const Plan& plan = context->engine->plan;
  for (size_t n = 0; n < plan.binding_count; ++n) {
    if (plan.bindings[n].is_input && IsDynamicAt(plan.bindings[n], dimension)) {
      return context->shapes[n].extents[dimension];
    }
  }
  return -1;
}

// The first bytes of what the outputs alias, where the engine updates it. False where an output and
// the input that it aliases don't lie at one address, in device memory, or where an update of the
// run before is not there any more.
bool FindUpdates(const ContextObject* context, std::vector<uint8_t*>* updates) {
  const Plan& plan = context->engine->plan;
  for (size_t n = 0; plan.updates_in_place && n < plan.binding_count; ++n) {
    if (plan.bindings[n].alias.empty()) {
      continue;
    }
    const int input = FindIndex(context, plan.bindings[n].alias.c_str());
    void* const address = context->addresses[n].value_or(nullptr);
    if (input < 0 || context->addresses[static_cast<size_t>(input)] != address ||
        !context->simulation->allocations().Contains(address, 1)) {
      return false;
    }
    updates->push_back(static_cast<uint8_t*>(address));
    if (context->update != 0 && *updates->back() != context->update) {
      return false;
    }
  }
  return true;
}

// What a run leaves behind another that left `update`: never 0, as which memory begins.
uint8_t NextUpdate(uint8_t update) { return static_cast<uint8_t>(update % 255 + 1); }

}  // namespace

void IntroduceContext(ContextObject* context, EngineObject* engine, uint64_t memory) {
  const Vtables* const vtables = engine->vtables;
  Introduce(context, engine->simulation, vtables, vtables->public_context, vtables->context,
            &TrtSimLive::contexts);
  context->engine = engine;
  context->engine_serial = engine->serial;
  context->memory = memory;
  context->update = 0;
  context->shapes.clear();
  context->addresses.assign(engine->plan.binding_count, std::nullopt);
  for (size_t n = 0; n < engine->plan.binding_count; ++n) {
    context->shapes.push_back(engine->plan.bindings[n].shape);
  }
}

void DestroyContext(SimObject* object) {
  if (!EndLife(object, &TrtSimLive::contexts)) {
    return;
  }
  auto* const context = static_cast<ContextObject*>(object);
  Simulation* const simulation = context->simulation;
  if (context->case_number == simulation->case_number()) {
    simulation->memory().Give(context->memory);
  }
  EngineObject* const engine = context->engine;
  if (engine->serial == context->engine_serial) {
    --engine->live_contexts;
  }
  simulation->log().Record(kTrtSimDestroyContext, true, engine->number, 0);
}

bool SetInputShape(VObject* v, const char* name, const Dims* shape) {
  ContextObject* const context = UsableContext(v);
  const int index = context == nullptr ? -1 : FindIndex(context, name);
  if (index < 0 || !IsAllowed(context->engine->plan.bindings[static_cast<size_t>(index)], *shape)) {
    return false;
  }
  context->shapes[static_cast<size_t>(index)] = *shape;
  return true;
}

Dims GetContextTensorShape(VObject* v, const char* name) {
  Dims shape;
  ContextObject* const context = UsableContext(v);
  const int index = context == nullptr ? -1 : FindIndex(context, name);
  if (index < 0) {
    shape.rank = -1;
    return shape;
  }
  shape = context->shapes[static_cast<size_t>(index)];
  const PlanBinding& binding = context->engine->plan.bindings[static_cast<size_t>(index)];
  for (int32_t n = 0; !binding.is_input && n < shape.rank; ++n) {
    if (IsDynamicAt(binding, n)) {
      shape.extents[n] = OutputExtent(context, n);
    }
  }
  return shape;
}

bool SetTensorAddress(VObject* v, const char* name, void* address) {
  ContextObject* const context = UsableContext(v);
  const int index = context == nullptr ? -1 : FindIndex(context, name);
  if (index < 0) {
    return false;
  }
  context->addresses[static_cast<size_t>(index)] = address;
  return true;
}

int32_t InferShapes(VObject* v, int32_t /*max_names*/, const char** /*names*/) {
  ContextObject* const context = UsableContext(v);
  if (context == nullptr) {
    return -1;
  }
  const Plan& plan = context->engine->plan;
  int32_t unset = 0;
  for (size_t n = 0; n < plan.binding_count; ++n) {
    bool is_set = true;
    for (int32_t d = 0; d < context->shapes[n].rank; ++d) {
      is_set = is_set && context->shapes[n].extents[d] >= 0;
    }
    unset += plan.bindings[n].is_input && !is_set ? 1 : 0;
  }
  return unset;
}

bool EnqueueV3(VObject* v, void* /*stream*/) {
  ContextObject* const context = UsableContext(v);
  if (context == nullptr) {
    return false;
  }
  const EngineObject* const engine = context->engine;
  Simulation* const simulation = context->simulation;
  // TensorRT refuses to run while a tensor has no address.
  bool runs = !simulation->faults().Fails(kTrtSimFaultEnqueueV3) && engine->plan.enqueues;
  bool is_elsewhere = false;
  for (const std::optional<void*>& address : context->addresses) {
    runs = runs && address.has_value();
    is_elsewhere = is_elsewhere || (address.value_or(nullptr) != nullptr &&
                                    !simulation->allocations().Contains(*address));
  }
  if (is_elsewhere && !simulation->memory().is_shared()) {
    simulation->log().Note(Violation::kWrongMemory);
  }
  std::vector<uint8_t*> updates;
  runs = FindUpdates(context, &updates) && runs;
  if (runs) {
    context->update = NextUpdate(context->update);
    for (uint8_t* const place : updates) {
      *place = context->update;
    }
  }
  simulation->log().Record(kTrtSimEnqueueV3, runs, engine->number, 0);
  return runs;
}

}  // namespace wsb
