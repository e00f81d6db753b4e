// TensorRT without a delegate.

#ifndef WSB_NATIVE_MEASURE_DIRECT_ENGINE_H_
#define WSB_NATIVE_MEASURE_DIRECT_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/file_bytes.h"
#include "tensorrt/cuda_event.h"
#include "tensorrt/device_buffer.h"
#include "tensorrt/tensorrt.h"

namespace wsb {

// An engine that is made and run by calls of TensorRT and CUDA alone, the fewest that do it: what a
// delegate is measured against. Its tensors have static shapes and lie in device memory. One
// thread.
class DirectEngine {
 public:
  // `tensorrt` has to outlive it.
  explicit DirectEngine(const TensorRt& tensorrt) : tensorrt_(tensorrt), done_(tensorrt.cuda()) {}
  ~DirectEngine() { Unload(); }
  DirectEngine(const DirectEngine&) = delete;
  DirectEngine& operator=(const DirectEngine&) = delete;

  // Makes runtime, engine and context from `plan`, with the budget set in between unless there is
  // none. False when TensorRT refuses a step.
  bool Load(const FileBytes& plan, std::optional<int64_t> budget);
  // Gives the tensors of the loaded engine device memory. False when there is none.
  bool BindTensors();
  // Runs the engine once, to the end.
  bool Execute();
  void Unload();

  const Engine& engine() const { return engine_; }

 private:
  const TensorRt& tensorrt_;
  Runtime runtime_;
  Engine engine_;
  Context context_;
  CudaEvent done_;
  std::vector<DeviceBuffer> tensors_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_DIRECT_ENGINE_H_
