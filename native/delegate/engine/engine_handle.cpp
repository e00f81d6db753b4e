#include "delegate/engine/engine_handle.h"

#include "delegate/application/open_loads.h"
#include "delegate/engine/live_engines.h"
#include "delegate/engine/releasing_engines.h"
#include "tensorrt/cuda_device_scope.h"

namespace wsb {

EngineHandle::~EngineHandle() {
  LeaveLiveEngines(*this);
  CloseLoad(load);
  LeaveReleasingEngines(*this);
  // A device that can't be set is no reason to keep anything.
  CudaDeviceScope scope(tensorrt.cuda());
  scope.Set(device);
  Drain();
  outputs.clear();
  inputs.clear();
  context.Reset();
  engine.Reset();
  runtime.Reset();
  done.Destroy();
}

void EngineHandle::Drain() {
  if (in_flight) {
    tensorrt.cuda().DeviceSynchronize();
    in_flight = false;
  }
}

}  // namespace wsb
