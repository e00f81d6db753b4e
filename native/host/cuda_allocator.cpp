#include "host/cuda_allocator.h"

#include <dlfcn.h>
#include <executorch/runtime/core/device_allocator.h>
#include <executorch/runtime/platform/log.h>

#include <cstddef>
#include <type_traits>

namespace wsb {
namespace {

using executorch::runtime::DeviceAllocator;
using executorch::runtime::Error;
using executorch::runtime::Result;
using executorch::runtime::etensor::DeviceIndex;
using executorch::runtime::etensor::DeviceType;

// cudaMemcpyKind.
enum CopyKind : int { kHostToDevice = 1, kDeviceToHost = 2 };

// Functions of the CUDA runtime; sizes are bytes, and 0 is success.
struct CudaMemory {
  int (*get_device)(int* device);
  int (*set_device)(int device);
  int (*malloc)(void** address, size_t size);
  int (*free)(void* address);
  int (*memcpy)(void* to, const void* from, size_t size, int kind);
};

// Makes a device current for as long as it lives; a negative index stands for the one that is.
class CurrentDevice {
 public:
  CurrentDevice(const CudaMemory& cuda, DeviceIndex index) : cuda_(cuda) {
    changes_ = index >= 0 && cuda_.get_device(&before_) == 0 && before_ != index;
    if (changes_) {
      cuda_.set_device(index);
    }
  }
  ~CurrentDevice() {
    if (changes_) {
      cuda_.set_device(before_);
    }
  }
  CurrentDevice(const CurrentDevice&) = delete;
  CurrentDevice& operator=(const CurrentDevice&) = delete;

 private:
  const CudaMemory& cuda_;
  int before_ = 0;
  bool changes_;
};

// What ExecuTorch's own allocator for CUDA does, without a stream of the caller's.
class CudaAllocator final : public DeviceAllocator {
 public:
  explicit CudaAllocator(const CudaMemory& cuda) : cuda_(cuda) {}

  Result<void*> allocate(size_t size, DeviceIndex index, size_t alignment) override {
    if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > kCudaAlignment) {
      return Error::InvalidArgument;
    }
    const CurrentDevice current(cuda_, index);
    void* address = nullptr;
    if (cuda_.malloc(&address, size) != 0) {
      ET_LOG(Error, "no %zu bytes of memory on CUDA device %d", size, static_cast<int>(index));
      return Error::MemoryAllocationFailed;
    }
    return address;
  }

  void deallocate(void* address, DeviceIndex index) override {
    const CurrentDevice current(cuda_, index);
    cuda_.free(address);
  }

  Error copy_host_to_device(void* to, const void* from, size_t size, DeviceIndex index) override {
    return Copy(to, from, size, index, kHostToDevice);
  }

  Error copy_device_to_host(void* to, const void* from, size_t size, DeviceIndex index) override {
    return Copy(to, from, size, index, kDeviceToHost);
  }

  DeviceType device_type() const override { return DeviceType::CUDA; }

 private:
  // Of all memory that cudaMalloc gives.
  static constexpr size_t kCudaAlignment = 256;

  Error Copy(void* to, const void* from, size_t size, DeviceIndex index, CopyKind kind) {
    if (to == nullptr || from == nullptr) {
      return Error::InvalidArgument;
    }
    const CurrentDevice current(cuda_, index);
    return size == 0 || cuda_.memcpy(to, from, size, kind) == 0 ? Error::Ok : Error::Internal;
  }

  const CudaMemory cuda_;
};

}  // namespace

bool RegisterCudaAllocator(void* cudart, std::string* error) {
  if (executorch::runtime::get_device_allocator(DeviceType::CUDA) != nullptr) {
    return true;
  }
  CudaMemory cuda{};
  const auto find = [&](const char* name, auto** function) {
    *function = reinterpret_cast<std::remove_pointer_t<decltype(function)>>(dlsym(cudart, name));
    if (*function == nullptr) {
      *error = std::string("the CUDA runtime has no ") + name;
    }
    return *function != nullptr;
  };
  if (!find("cudaGetDevice", &cuda.get_device) || !find("cudaSetDevice", &cuda.set_device) ||
      !find("cudaMalloc", &cuda.malloc) || !find("cudaFree", &cuda.free) ||
      !find("cudaMemcpy", &cuda.memcpy)) {
    return false;
  }
  // ExecuTorch keeps it as long as the process lives.
  executorch::runtime::register_device_allocator(new CudaAllocator(cuda));
  return true;
}

}  // namespace wsb
