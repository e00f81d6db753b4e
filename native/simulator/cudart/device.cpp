// The device and the errors of the simulated CUDA runtime. Work is done at once, so every stream
// and the device are always idle.

#include "simulator/core/simulation.h"
#include "simulator/cudart/cuda_errors.h"
#include "simulator/cudart/result.h"

using wsb::Result;
using wsb::Simulation;

extern "C" {

TRTSIM_API int cudaSetDevice(int device) {
  Simulation& simulation = Simulation::OfThisThread();
  const bool fails = simulation.faults().Fails(kTrtSimFaultCudaSetDevice);
  const bool ok = !fails && device >= 0;
  simulation.log().Record(kTrtSimCudaSetDevice, ok, -1, device);
  if (!ok) {
    return Result(&simulation, wsb::kCudaErrorInvalidDevice);
  }
  simulation.current_device = device;
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaGetDevice(int* device) {
  Simulation& simulation = Simulation::OfThisThread();
  if (device == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  *device = simulation.current_device;
  return wsb::kCudaSuccess;
}

// cudaDevAttrIntegrated says whether the device shares its memory with the host; every other
// attribute is 0.
TRTSIM_API int cudaDeviceGetAttribute(int* value, int attribute, int device) {
  constexpr int kIntegrated = 18;
  Simulation& simulation = Simulation::OfThisThread();
  if (simulation.faults().Fails(kTrtSimFaultCudaDeviceGetAttribute) || value == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  if (device < 0) {
    return Result(&simulation, wsb::kCudaErrorInvalidDevice);
  }
  *value = attribute == kIntegrated && simulation.memory().is_shared() ? 1 : 0;
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaDeviceSynchronize() { return wsb::kCudaSuccess; }

// Any address does for a stream that is always idle.
TRTSIM_API int cudaStreamCreate(void** stream) {
  static char idle;
  if (stream == nullptr) {
    return Result(&Simulation::OfThisThread(), wsb::kCudaErrorInvalidValue);
  }
  *stream = &idle;
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaStreamDestroy(void* /*stream*/) { return wsb::kCudaSuccess; }

TRTSIM_API int cudaStreamSynchronize(void* /*stream*/) { return wsb::kCudaSuccess; }

TRTSIM_API const char* cudaGetErrorString(int error) { return wsb::DescribeCudaError(error); }

TRTSIM_API int cudaGetLastError() {
  Simulation& simulation = Simulation::OfThisThread();
  const int error = simulation.last_cuda_error;
  simulation.last_cuda_error = wsb::kCudaSuccess;
  return error;
}

}  // extern "C"
