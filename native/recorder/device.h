// The TensorRT to record and the memory of its device.

#ifndef WSB_NATIVE_RECORDER_DEVICE_H_
#define WSB_NATIVE_RECORDER_DEVICE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "recorder/arguments.h"
#include "tensorrt/tensorrt.h"

namespace wsb {

// The calls that read a size of an engine, by the names that recordings give them.
struct SizeCall {
  const char* name;
  int64_t (Engine::*read)() const;
};
inline constexpr SizeCall kStreamable = {"getStreamableWeightsSize",
                                         &Engine::GetStreamableWeightsSize};
inline constexpr SizeCall kAutomatic = {"getWeightStreamingAutomaticBudget",
                                        &Engine::GetWeightStreamingAutomaticBudget};
inline constexpr SizeCall kBudget = {"getWeightStreamingBudgetV2",
                                     &Engine::GetWeightStreamingBudgetV2};
inline constexpr SizeCall kScratch = {"getWeightStreamingScratchMemorySize",
                                      &Engine::GetWeightStreamingScratchMemorySize};
inline constexpr SizeCall kDeviceMemory = {"getDeviceMemorySizeV2",
                                           &Engine::GetDeviceMemorySizeV2};
inline constexpr SizeCall kSizeCalls[] = {kStreamable, kAutomatic, kBudget, kScratch,
                                          kDeviceMemory};

// A granule of device memory on the devices known.
inline constexpr uint64_t kGranule = uint64_t{2} << 20;

// TensorRT, the CUDA runtime and the memory that this process holds so that others can't have it.
// Sizes are bytes.
class Device {
 public:
  // Loads what `arguments` name. Null when there is no such TensorRT, or no device; `error` then
  // says why.
  static std::unique_ptr<Device> Open(const Arguments& arguments, std::string* error);

  const TensorRt& tensorrt() const { return *tensorrt_; }
  const CudaApi& cuda() const { return tensorrt_->cuda(); }
  // As "13.0"; empty when the CUDA runtime does not tell.
  const std::string& cuda_version() const { return cuda_version_; }

  // 0 when the CUDA runtime does not tell.
  uint64_t FreeMemory() const { return cuda().FreeMemory().value_or(0); }
  // Takes memory until at most `bytes` and less than a granule more are free. What it took.
  uint64_t HoldAllBut(uint64_t bytes);
  // Gives back what is held. How much it was.
  uint64_t Release();

 private:
  std::unique_ptr<const TensorRt> tensorrt_;
  std::string cuda_version_;
  std::vector<void*> held_;
  uint64_t held_bytes_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_DEVICE_H_
