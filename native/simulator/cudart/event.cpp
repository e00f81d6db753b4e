// The events of the simulated CUDA runtime. Work is done at once, so an event is always reached.

#include "simulator/core/simulation.h"
#include "simulator/cudart/cuda_errors.h"
#include "simulator/cudart/result.h"

using wsb::EventObject;
using wsb::Result;
using wsb::Simulation;

namespace {

// Success for a live event; a destroyed one is noted.
int CheckEvent(const EventObject* event) {
  Simulation& simulation = Simulation::OfThisThread();
  if (event == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidResourceHandle);
  }
  if (!event->alive) {
    simulation.log().Note(wsb::Violation::kUseAfterDestroy);
    return Result(&simulation, wsb::kCudaErrorInvalidResourceHandle);
  }
  return wsb::kCudaSuccess;
}

int UseEvent(const EventObject* event, TrtSimFaultCall call) {
  Simulation& simulation = Simulation::OfThisThread();
  const bool fails = simulation.faults().Fails(call);
  const int error = CheckEvent(event);
  return error == wsb::kCudaSuccess && fails ? Result(&simulation, wsb::kCudaErrorLaunchFailure)
                                             : error;
}

}  // namespace

extern "C" {

TRTSIM_API int cudaEventCreateWithFlags(EventObject** event, unsigned /*flags*/) {
  Simulation& simulation = Simulation::OfThisThread();
  if (simulation.faults().Fails(kTrtSimFaultCudaEventCreate)) {
    return Result(&simulation, wsb::kCudaErrorMemoryAllocation);
  }
  if (event == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  *event = simulation.events().Take(simulation.case_number());
  ++simulation.live().events;
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaEventDestroy(EventObject* event) {
  const int error = CheckEvent(event);
  if (error != wsb::kCudaSuccess) {
    return error;
  }
  Simulation& simulation = Simulation::OfThisThread();
  event->alive = false;
  if (event->case_number == simulation.case_number()) {
    --simulation.live().events;
  }
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaEventRecord(EventObject* event, void* /*stream*/) {
  return UseEvent(event, kTrtSimFaultCudaEventRecord);
}

TRTSIM_API int cudaEventSynchronize(EventObject* event) {
  return UseEvent(event, kTrtSimFaultCudaEventSynchronize);
}

}  // extern "C"
