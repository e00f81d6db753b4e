// The functions of the CUDA runtime that the delegate calls.

#ifndef WSB_NATIVE_TENSORRT_CUDA_API_H_
#define WSB_NATIVE_TENSORRT_CUDA_API_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tensorrt/shared_library.h"

namespace wsb {

// cudaError_t; 0 is success.
using CudaError = int;
inline constexpr CudaError kCudaSuccess = 0;

// cudaStream_t and cudaEvent_t.
using CudaStream = void*;
using CudaEventHandle = void*;

// cudaStreamPerThread: the default stream of the calling thread.
inline const CudaStream kCudaStreamPerThread = reinterpret_cast<CudaStream>(2);

// cudaEventBlockingSync | cudaEventDisableTiming: a waiting host yields, and no time is taken.
inline constexpr unsigned kCudaEventBlockingUntimed = 3;

// cudaDevAttrIntegrated: the device shares its memory with the host.
inline constexpr int kCudaDeviceAttributeIntegrated = 18;

// cudaMemcpyKind.
enum class CudaMemcpyKind : int { kHostToDevice = 1, kDeviceToHost = 2, kDeviceToDevice = 3 };

// cudaMemoryType.
enum class CudaMemoryType : int { kUnregistered = 0, kHost = 1, kDevice = 2, kManaged = 3 };

// cudaPointerAttributes, with room for what later versions append.
struct CudaPointerAttributes {
  CudaMemoryType type;
  int device;
  void* device_pointer;
  void* host_pointer;
  long reserved[16];
};

// A pointer for each function; its name is the member's with `cuda` before it. Sizes are bytes.
struct CudaApi {
  CudaError (*SetDevice)(int device);
  CudaError (*GetDevice)(int* device);
  CudaError (*DeviceGetAttribute)(int* value, int attribute, int device);
  CudaError (*EventCreateWithFlags)(CudaEventHandle* event, unsigned flags);
  CudaError (*EventDestroy)(CudaEventHandle event);
  CudaError (*EventRecord)(CudaEventHandle event, CudaStream stream);
  CudaError (*EventSynchronize)(CudaEventHandle event);
  CudaError (*DeviceSynchronize)();
  CudaError (*Malloc)(void** address, size_t size);
  CudaError (*Free)(void* address);
  CudaError (*MemcpyAsync)(void* to, const void* from, size_t size, CudaMemcpyKind kind,
                           CudaStream stream);
  CudaError (*PointerGetAttributes)(CudaPointerAttributes* attributes, const void* address);
  // Null when the library has none: for messages, to leave no error of ours to others, and for
  // FreeMemory().
  CudaError (*GetLastError)();
  CudaError (*MemGetInfo)(size_t* free, size_t* total);
  const char* (*GetErrorString)(CudaError error);

  // What `error` means, for a message.
  const char* Describe(CudaError error) const;
  // Free memory of the current device; none when it can't be told.
  std::optional<uint64_t> FreeMemory() const;
  // Forgets the last error of this thread. To be called after a failure that is no failure of ours.
  void ClearError() const;
};

// Fills `api` from `library`. False when a function is missing; `error` then names it.
bool LoadCudaApi(const SharedLibrary& library, CudaApi* api, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_CUDA_API_H_
