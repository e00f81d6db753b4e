// The memory functions of the simulated CUDA runtime. Device memory is host memory that is counted
// against the device of the case.

#include <cstddef>
#include <cstring>

#include "simulator/core/simulation.h"
#include "simulator/cudart/cuda_errors.h"
#include "simulator/cudart/result.h"

using wsb::Result;
using wsb::Simulation;

namespace {

// cudaPointerAttributes, as far as every version has it.
struct PointerAttributes {
  int type;
  int device;
  void* device_pointer;
  void* host_pointer;
};

constexpr int kMemoryUnregistered = 0;  // cudaMemoryTypeUnregistered
constexpr int kMemoryDevice = 2;        // cudaMemoryTypeDevice

// cudaMemcpyKind; any other means that the addresses tell.
enum CopyKind : int { kHostToHost = 0, kHostToDevice = 1, kDeviceToHost = 2, kDeviceToDevice = 3 };

// Whether the memory at both ends of a copy is where `kind` says.
bool IsAsTold(const Simulation& simulation, const void* to, const void* from, size_t size,
              int kind) {
  const auto is = [&](const void* address, bool on_device) {
    const wsb::DeviceAllocations& memory = simulation.allocations();
    return on_device ? memory.Contains(address, size) : !memory.Contains(address);
  };
  switch (kind) {
    case kHostToHost:
      return is(to, false) && is(from, false);
    case kHostToDevice:
      return is(to, true) && is(from, false);
    case kDeviceToHost:
      return is(to, false) && is(from, true);
    case kDeviceToDevice:
      return is(to, true) && is(from, true);
    default:
      return true;
  }
}

int Copy(void* to, const void* from, size_t size, int kind) {
  Simulation& simulation = Simulation::OfThisThread();
  if (size == 0) {
    return wsb::kCudaSuccess;
  }
  if (to == nullptr || from == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  if (!IsAsTold(simulation, to, from, size, kind)) {
    simulation.log().Note(wsb::Violation::kWrongMemory);
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  std::memmove(to, from, size);
  return wsb::kCudaSuccess;
}

}  // namespace

extern "C" {

TRTSIM_API int cudaMalloc(void** address, size_t size) {
  Simulation& simulation = Simulation::OfThisThread();
  if (simulation.faults().Fails(kTrtSimFaultCudaMalloc)) {
    return Result(&simulation, wsb::kCudaErrorMemoryAllocation);
  }
  if (address == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  *address = nullptr;
  if (size == 0) {
    return wsb::kCudaSuccess;
  }
  if (!simulation.memory().Take(size)) {
    return Result(&simulation, wsb::kCudaErrorMemoryAllocation);
  }
  *address = simulation.allocations().Allocate(size, simulation.case_number());
  if (*address == nullptr) {
    simulation.memory().Give(size);
    return Result(&simulation, wsb::kCudaErrorMemoryAllocation);
  }
  ++simulation.live().allocations;
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaFree(void* address) {
  Simulation& simulation = Simulation::OfThisThread();
  if (address == nullptr) {
    return wsb::kCudaSuccess;
  }
  const auto freed = simulation.allocations().Free(address);
  if (freed.address == nullptr) {
    simulation.log().Note(wsb::Violation::kWrongMemory);
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  if (freed.case_number == simulation.case_number()) {
    simulation.memory().Give(freed.size);
    --simulation.live().allocations;
  }
  return wsb::kCudaSuccess;
}

TRTSIM_API int cudaMallocAsync(void** address, size_t size, void* /*stream*/) {
  return cudaMalloc(address, size);
}

TRTSIM_API int cudaFreeAsync(void* address, void* /*stream*/) { return cudaFree(address); }

TRTSIM_API int cudaMemcpy(void* to, const void* from, size_t size, int kind) {
  Simulation& simulation = Simulation::OfThisThread();
  if (simulation.faults().Fails(kTrtSimFaultCudaMemcpy)) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  return Copy(to, from, size, kind);
}

TRTSIM_API int cudaMemcpyAsync(void* to, const void* from, size_t size, int kind,
                               void* /*stream*/) {
  Simulation& simulation = Simulation::OfThisThread();
  if (simulation.faults().Fails(kTrtSimFaultCudaMemcpyAsync)) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  return Copy(to, from, size, kind);
}

TRTSIM_API int cudaPointerGetAttributes(PointerAttributes* attributes, const void* address) {
  Simulation& simulation = Simulation::OfThisThread();
  if (attributes == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  void* const pointer = const_cast<void*>(address);
  if (simulation.allocations().Contains(address)) {
    *attributes = {kMemoryDevice, simulation.current_device, pointer, nullptr};
  } else {
    *attributes = {kMemoryUnregistered, -1, nullptr, pointer};
  }
  return wsb::kCudaSuccess;
}

// Fails for a device whose memory the case does not limit.
TRTSIM_API int cudaMemGetInfo(size_t* free, size_t* total) {
  Simulation& simulation = Simulation::OfThisThread();
  if (free == nullptr || total == nullptr) {
    return Result(&simulation, wsb::kCudaErrorInvalidValue);
  }
  if (!simulation.memory().is_limited()) {
    return Result(&simulation, wsb::kCudaErrorNotSupported);
  }
  *free = simulation.memory().free();
  *total = simulation.memory().total();
  return wsb::kCudaSuccess;
}

}  // extern "C"
