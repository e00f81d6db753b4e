#include "tensorrt/cuda_api.h"

namespace wsb {

const char* CudaApi::Describe(CudaError error) const {
  return GetErrorString == nullptr ? "no description" : GetErrorString(error);
}

std::optional<uint64_t> CudaApi::FreeMemory() const {
  size_t free = 0;
  size_t total = 0;
  if (MemGetInfo == nullptr) {
    return std::nullopt;
  }
  if (MemGetInfo(&free, &total) != kCudaSuccess) {
    ClearError();
    return std::nullopt;
  }
  return free;
}

void CudaApi::ClearError() const {
  if (GetLastError != nullptr) {
    GetLastError();
  }
}

bool LoadCudaApi(const SharedLibrary& library, CudaApi* api, std::string* error) {
  const auto require = [&](const char* symbol, auto** function) {
    if (library.Find(symbol, function)) {
      return true;
    }
    *error = library.Name() + " has no " + symbol;
    return false;
  };
  library.Find("cudaGetLastError", &api->GetLastError);
  library.Find("cudaMemGetInfo", &api->MemGetInfo);
  library.Find("cudaGetErrorString", &api->GetErrorString);
  return require("cudaSetDevice", &api->SetDevice) && require("cudaGetDevice", &api->GetDevice) &&
         require("cudaDeviceGetAttribute", &api->DeviceGetAttribute) &&
         require("cudaEventCreateWithFlags", &api->EventCreateWithFlags) &&
         require("cudaEventDestroy", &api->EventDestroy) &&
         require("cudaEventRecord", &api->EventRecord) &&
         require("cudaEventSynchronize", &api->EventSynchronize) &&
         require("cudaDeviceSynchronize", &api->DeviceSynchronize) &&
         require("cudaMalloc", &api->Malloc) && require("cudaFree", &api->Free) &&
         require("cudaMemcpyAsync", &api->MemcpyAsync) &&
         require("cudaPointerGetAttributes", &api->PointerGetAttributes);
}

}  // namespace wsb
