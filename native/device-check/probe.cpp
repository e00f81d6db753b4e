#include "common/json_line.h"
#include "device-check/checks.h"

namespace wsb {
namespace {

// cudaDevAttrComputeCapabilityMajor and Minor.
constexpr int kComputeMajor = 75;
constexpr int kComputeMinor = 76;

std::string VersionText(int32_t version) {
  return std::to_string(version / 10000) + '.' + std::to_string(version / 100 % 100) + '.' +
         std::to_string(version % 100);
}

}  // namespace

bool Probe(const Bench& bench, std::string* error) {
  bench.Begin();
  const CudaApi& cuda = bench.tensorrt().cuda();
  DeviceBytes memory;
  const CudaError selected = cuda.SetDevice(0);
  if (selected != kCudaSuccess || !bench.ReadMemory(&memory)) {
    *error = std::string("there is no CUDA device: ") + cuda.Describe(selected);
    return false;
  }
  if (!bench.tensorrt().CreateRuntime()) {
    *error = "TensorRT makes no runtime on this device";
    return false;
  }
  int major = 0;
  int minor = 0;
  cuda.DeviceGetAttribute(&major, kComputeMajor, 0);
  cuda.DeviceGetAttribute(&minor, kComputeMinor, 0);
  JsonLine()
      .Text("tensorrt", VersionText(bench.tensorrt().version()))
      .Flag("simulated", bench.subject().is_simulated())
      .Text("compute", std::to_string(major) + '.' + std::to_string(minor))
      .Number("free", memory.free)
      .Number("total", memory.total)
      .Print();
  return true;
}

}  // namespace wsb
