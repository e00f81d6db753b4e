// A program whose inputs and outputs lie in device memory.

#ifndef WSB_NATIVE_MEASURE_DEVICE_PROGRAM_H_
#define WSB_NATIVE_MEASURE_DEVICE_PROGRAM_H_

#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/extension/tensor/tensor_ptr.h>
#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/file_bytes.h"
#include "host/method_memory.h"
#include "tensorrt/cuda_api.h"
#include "tensorrt/device_buffer.h"

namespace wsb {

// The method `forward` of a program file, loaded, executed and unloaded by ExecuTorch again and
// again. No copy between host and device is part of an execution: the tensors are in device memory,
// which is taken once, before anything is loaded. One thread.
class DeviceProgram {
 public:
  // Reads `file` and takes the memory of its tensors. Null when it can't; `error` then says why.
  // `cuda` has to outlive it.
  static std::unique_ptr<DeviceProgram> Open(const std::string& file, const CudaApi& cuda,
                                             std::string* error);
  ~DeviceProgram() { Unload(); }
  DeviceProgram(const DeviceProgram&) = delete;
  DeviceProgram& operator=(const DeviceProgram&) = delete;

  // Loads the method, with `budget` as the load-time option unless it is null. It must not be
  // loaded.
  executorch::runtime::Error Load(const char* budget);
  // Runs the loaded method once, to the end.
  executorch::runtime::Error Execute() { return method_->execute(); }
  // Destroys the method; nothing when it is not loaded.
  void Unload() { method_.reset(); }

 private:
  explicit DeviceProgram(const CudaApi& cuda) : cuda_(cuda) {}

  executorch::runtime::Error TakeTensors(const executorch::runtime::MethodMeta& meta);
  executorch::runtime::Error BindTensors();

  const CudaApi& cuda_;
  FileBytes file_;
  std::unique_ptr<executorch::extension::BufferDataLoader> loader_;
  std::optional<executorch::runtime::Program> program_;
  MethodMemory memory_;
  std::deque<DeviceBuffer> input_memory_;
  std::deque<DeviceBuffer> output_memory_;
  std::vector<executorch::extension::TensorPtr> inputs_;
  std::vector<size_t> output_sizes_;
  std::optional<executorch::runtime::Method> method_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_DEVICE_PROGRAM_H_
