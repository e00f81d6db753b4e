// The functions that libnvinfer exports and callers bind to.

#include <cstdint>

#include "simulator/core/simulation.h"
#include "simulator/nvinfer/objects.h"

namespace wsb {
namespace {

RuntimeObject* TryCreateRuntime(Simulation* simulation, void* logger, int32_t version) {
  const bool fails = simulation->faults().Fails(kTrtSimFaultCreateInferRuntime);
  const Vtables* const vtables = VtablesFor(version);
  if (vtables == nullptr) {
    // Where the logger's method lies depends on the version too.
    return nullptr;
  }
  if (logger == nullptr) {
    simulation->log().Note(Violation::kNullArgument);
    return nullptr;
  }
  if (fails) {
    LogError(logger, vtables->slots, "createInferRuntime gives null: the case says so");
    return nullptr;
  }
  RuntimeObject* const runtime = simulation->runtimes().Take(simulation->case_number());
  Introduce(runtime, simulation, vtables, vtables->public_runtime, vtables->runtime,
            &TrtSimLive::runtimes);
  runtime->logger = logger;
  runtime->live_engines = 0;
  return runtime;
}

}  // namespace
}  // namespace wsb

extern "C" {

// An IRuntime for callers built against `version`; null when that version's binary interface is not
// known, without a logger, or when the case lets the call fail.
TRTSIM_API void* createInferRuntime_INTERNAL(void* logger, int32_t version) {
  wsb::Simulation& simulation = wsb::Simulation::OfThisThread();
  wsb::RuntimeObject* const runtime = wsb::TryCreateRuntime(&simulation, logger, version);
  simulation.log().Record(kTrtSimCreateInferRuntime, runtime != nullptr, -1, version);
  return runtime;
}

// Null: the simulated TensorRT builds no engines.
TRTSIM_API void* createInferBuilder_INTERNAL(void* logger, int32_t version) {
  if (const wsb::Vtables* const vtables = wsb::VtablesFor(version)) {
    wsb::LogError(logger, vtables->slots, "the simulated TensorRT builds no engines");
  }
  return nullptr;
}

// major * 10000 + minor * 100 + patch.
TRTSIM_API int32_t getInferLibVersion() { return wsb::SimulatedVersion(); }

}  // extern "C"
