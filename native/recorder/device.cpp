#include "recorder/device.h"

#include <cstdio>

#include "simulator/control.h"
#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

// Standard output is the recording's.
void LogMessage(LogSeverity severity, const char* message) noexcept {
  if (severity <= LogSeverity::kError) {
    std::fprintf(stderr, "recorder: TensorRT: %s\n", message);
  }
}

std::string CudaVersion(const std::vector<std::string>& names) {
  std::string ignored;
  const SharedLibrary cudart = SharedLibrary::Open(names, &ignored);
  int (*get_version)(int*) = nullptr;
  int version = 0;
  if (!cudart.Find("cudaRuntimeGetVersion", &get_version) || get_version(&version) != 0) {
    return "";
  }
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

bool BeginSimulation(const Arguments& arguments, std::string* error) {
  const SharedLibrary simulator =
      SharedLibrary::Open({arguments.tensorrt + "/libtrtsim.so"}, error);
  decltype(&trtsim_begin) begin = nullptr;
  if (!simulator.IsOpen() || !simulator.Find("trtsim_begin", &begin)) {
    *error = "--device-memory is for the simulated TensorRT, which " + arguments.tensorrt +
             " does not hold";
    return false;
  }
  TrtSimDevice device{};
  device.total_bytes = arguments.device_memory;
  device.free_bytes = arguments.device_memory;
  begin(&device);
  return true;
}

}  // namespace

std::unique_ptr<Device> Device::Open(const Arguments& arguments, std::string* error) {
  const std::string& folder = arguments.tensorrt;
  std::vector<std::string> cudart = {folder + "/libcudart.so.13", folder + "/libcudart.so",
                                     "libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0"};
  if (!arguments.cudart.empty()) {
    cudart = {arguments.cudart};
  }
  std::unique_ptr<Device> device(new Device);
  device->tensorrt_ = TensorRt::Load(
      {folder + "/libnvinfer.so.10", folder + "/libnvinfer.so.11", folder + "/libnvinfer.so"},
      cudart, LogMessage, error);
  if (device->tensorrt_ == nullptr) {
    return nullptr;
  }
  if (arguments.device_memory > 0 && !BeginSimulation(arguments, error)) {
    return nullptr;
  }
  device->cuda_version_ = CudaVersion(cudart);
  const CudaApi& cuda = device->cuda();
  const CudaError set = cuda.SetDevice(0);
  if (set != kCudaSuccess || cuda.MemGetInfo == nullptr) {
    *error = std::string("the CUDA runtime has no device: ") + cuda.Describe(set) +
             ". nvidia-smi shows the GPU and its driver";
    return nullptr;
  }
  return device;
}

uint64_t Device::HoldAllBut(uint64_t bytes) {
  const uint64_t before = held_bytes_;
  uint64_t piece = uint64_t{1} << 36;
  while (piece >= kGranule) {
    const uint64_t free = FreeMemory();
    void* address = nullptr;
    if (free < bytes + piece || cuda().Malloc(&address, piece) != kCudaSuccess) {
      cuda().ClearError();
      piece /= 2;
      continue;
    }
    held_.push_back(address);
    held_bytes_ += piece;
  }
  return held_bytes_ - before;
}

uint64_t Device::Release() {
  for (void* const address : held_) {
    cuda().Free(address);
  }
  held_.clear();
  const uint64_t released = held_bytes_;
  held_bytes_ = 0;
  return released;
}

}  // namespace wsb
