// What the interposer exports as libcudart: every call is passed on; events and device memory are
// counted.

#include <cstddef>

#include "interposer/interposed_libraries.h"
#include "interposer/interposer.h"
#include "simulator/control.h"

using wsb::CudaApi;
using wsb::CudaError;
using wsb::Interposed;
using wsb::Interposer;

namespace {

// cudaErrorInitializationError: the library could not be loaded, or has no such function.
constexpr CudaError kNotInitialized = 3;

template <typename Function, typename... Args>
CudaError PassOn(Function CudaApi::*function, Args... args) {
  const bool is_there = Interposed() != nullptr && Interposed()->cuda.*function != nullptr;
  return is_there ? (Interposed()->cuda.*function)(args...) : kNotInitialized;
}

}  // namespace

extern "C" {

TRTSIM_API int cudaSetDevice(int device) { return PassOn(&CudaApi::SetDevice, device); }

TRTSIM_API int cudaGetDevice(int* device) { return PassOn(&CudaApi::GetDevice, device); }

TRTSIM_API int cudaDeviceGetAttribute(int* value, int attribute, int device) {
  return PassOn(&CudaApi::DeviceGetAttribute, value, attribute, device);
}

TRTSIM_API int cudaEventCreateWithFlags(wsb::CudaEventHandle* event, unsigned flags) {
  const CudaError error = PassOn(&CudaApi::EventCreateWithFlags, event, flags);
  if (error == wsb::kCudaSuccess) {
    Interposer::OfThisThread().Made(&TrtSimLive::events, *event);
  }
  return error;
}

TRTSIM_API int cudaEventDestroy(wsb::CudaEventHandle event) {
  Interposer::OfThisThread().Gone(event);
  return PassOn(&CudaApi::EventDestroy, event);
}

TRTSIM_API int cudaEventRecord(wsb::CudaEventHandle event, wsb::CudaStream stream) {
  return PassOn(&CudaApi::EventRecord, event, stream);
}

TRTSIM_API int cudaEventSynchronize(wsb::CudaEventHandle event) {
  return PassOn(&CudaApi::EventSynchronize, event);
}

TRTSIM_API int cudaDeviceSynchronize() { return PassOn(&CudaApi::DeviceSynchronize); }

TRTSIM_API int cudaMalloc(void** address, size_t size) {
  const CudaError error = PassOn(&CudaApi::Malloc, address, size);
  if (error == wsb::kCudaSuccess) {
    Interposer::OfThisThread().Made(&TrtSimLive::allocations, *address);
  }
  return error;
}

TRTSIM_API int cudaFree(void* address) {
  Interposer::OfThisThread().Gone(address);
  return PassOn(&CudaApi::Free, address);
}

TRTSIM_API int cudaMemcpyAsync(void* to, const void* from, size_t size, int kind,
                               wsb::CudaStream stream) {
  return PassOn(&CudaApi::MemcpyAsync, to, from, size, static_cast<wsb::CudaMemcpyKind>(kind),
                stream);
}

// What hosts copy with.
TRTSIM_API int cudaMemcpy(void* to, const void* from, size_t size, int kind) {
  const bool is_there = Interposed() != nullptr && Interposed()->copy != nullptr;
  return is_there ? Interposed()->copy(to, from, size, static_cast<wsb::CudaMemcpyKind>(kind))
                  : kNotInitialized;
}

TRTSIM_API int cudaPointerGetAttributes(wsb::CudaPointerAttributes* attributes,
                                        const void* address) {
  return PassOn(&CudaApi::PointerGetAttributes, attributes, address);
}

TRTSIM_API int cudaMemGetInfo(size_t* free, size_t* total) {
  return PassOn(&CudaApi::MemGetInfo, free, total);
}

TRTSIM_API int cudaGetLastError() {
  const bool lacks_it = Interposed() != nullptr && Interposed()->cuda.GetLastError == nullptr;
  return lacks_it ? wsb::kCudaSuccess : PassOn(&CudaApi::GetLastError);
}

TRTSIM_API const char* cudaGetErrorString(int error) {
  return Interposed() == nullptr ? "the CUDA runtime is not loaded"
                                 : Interposed()->cuda.Describe(error);
}

}  // extern "C"
