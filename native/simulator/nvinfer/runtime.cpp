#include <cstdint>
#include <string>

#include "simulator/core/load_plan.h"
#include "simulator/nvinfer/objects.h"

namespace wsb {
namespace {

EngineObject* TryDeserialize(RuntimeObject* runtime, const void* plan, size_t size, int number) {
  Simulation* const simulation = runtime->simulation;
  if (!simulation->program().MayRead(plan, size, &simulation->log())) {
    LogError(runtime->logger, runtime->vtables->slots,
             "deserializeCudaEngine: the plan is not in memory");
    return nullptr;
  }
  const bool fails = simulation->faults().Fails(kTrtSimFaultDeserializeCudaEngine);
  EngineObject* const engine = simulation->engines().Take(simulation->case_number());
  std::string fault;
  bool loaded = LoadPlan(plan, size, &engine->plan, &fault);
  if (loaded && fails) {
    loaded = false;
    fault = "the case says so";
  }
  if (loaded && !engine->plan.deserializes) {
    loaded = false;
    fault = "the scripted plan says so";
  }
  const Paging& paging = engine->plan.paging;
  if (loaded && paging.Granules(paging.load_headroom) > simulation->memory().available()) {
    loaded = false;
    fault = "out of device memory";
  }
  if (!loaded) {
    engine->alive = false;
    LogError(runtime->logger, runtime->vtables->slots,
             "deserializeCudaEngine gives null: " + fault);
    return nullptr;
  }
  IntroduceEngine(engine, runtime, number);
  return engine;
}

}  // namespace

void DestroyRuntime(SimObject* object) {
  if (!EndLife(object, &TrtSimLive::runtimes)) {
    return;
  }
  CallLog& log = object->simulation->log();
  if (static_cast<RuntimeObject*>(object)->live_engines > 0) {
    log.Note(Violation::kDestroyRuntimeWithEngine);
  }
  log.Record(kTrtSimDestroyRuntime, true, -1, 0);
}

void* DeserializeCudaEngine(VObject* v, const void* plan, size_t size) {
  auto* const runtime = LiveObject<RuntimeObject>(v);
  if (runtime == nullptr) {
    return nullptr;
  }
  Simulation* const simulation = runtime->simulation;
  const int number = simulation->NextEngine();
  EngineObject* const engine = TryDeserialize(runtime, plan, size, number);
  simulation->log().Record(kTrtSimDeserializeCudaEngine, engine != nullptr, number, 0);
  return engine;
}

}  // namespace wsb
