#include "measure/machine/direct_engine.h"

#include <vector>

namespace wsb {
namespace {

// No type of TensorRT's takes more.
constexpr size_t kElementBytes = 8;

size_t BytesOf(const Dims& shape) {
  size_t bytes = kElementBytes;
  for (int32_t n = 0; n < shape.rank; ++n) {
    bytes *= static_cast<size_t>(shape.extents[n]);
  }
  return bytes;
}

}  // namespace

bool DirectEngine::Load(const FileBytes& plan, std::optional<int64_t> budget) {
  runtime_ = tensorrt_.CreateRuntime();
  if (!runtime_) {
    return false;
  }
  engine_ = runtime_.DeserializeCudaEngine(plan.data(), plan.size());
  if (!engine_ || (budget.has_value() && !engine_.SetWeightStreamingBudgetV2(*budget))) {
    return false;
  }
  context_ = engine_.CreateExecutionContext();
  return static_cast<bool>(context_);
}

bool DirectEngine::BindTensors() {
  const CudaApi& cuda = tensorrt_.cuda();
  for (int32_t n = 0; n < engine_.GetNbIoTensors(); ++n) {
    const char* const name = engine_.GetIoTensorName(n);
    const size_t size = BytesOf(engine_.GetTensorShape(name));
    void* const address = tensors_.emplace_back(cuda).Reserve(size);
    const std::vector<uint8_t> zeros(size);
    if (address == nullptr ||
        cuda.MemcpyAsync(address, zeros.data(), size, CudaMemcpyKind::kHostToDevice,
                         kCudaStreamPerThread) != kCudaSuccess ||
        cuda.DeviceSynchronize() != kCudaSuccess || !context_.SetTensorAddress(name, address)) {
      return false;
    }
  }
  return done_.IsCreated() || done_.Create() == kCudaSuccess;
}

bool DirectEngine::Execute() {
  return context_.EnqueueV3(kCudaStreamPerThread) &&
         done_.Record(kCudaStreamPerThread) == kCudaSuccess && done_.Synchronize() == kCudaSuccess;
}

void DirectEngine::Unload() {
  context_.Reset();
  engine_.Reset();
  runtime_.Reset();
  tensors_.clear();
}

}  // namespace wsb
