// Runs a loaded method.

#ifndef WSB_NATIVE_HOST_EXECUTE_METHOD_H_
#define WSB_NATIVE_HOST_EXECUTE_METHOD_H_

#include <executorch/runtime/executor/method.h>

#include <cstddef>
#include <cstdint>

namespace wsb {

// Fills inputs and reads outputs of an execution.
class ExecutionTensors {
 public:
  virtual ~ExecutionTensors() = default;
  // Fills the tensor at `index` among the inputs, `size` bytes that are zero.
  virtual void Fill(size_t index, uint8_t* data, size_t size) = 0;
  // Called when the method ended well, while its outputs are there to be read.
  virtual void Read(const executorch::runtime::Method& method) = 0;
};

// Runs `method` once on inputs of the largest shapes that the program allows: zeros, and outputs
// are lost, unless `tensors` says otherwise. ExecuTorch's error; MemoryAllocationFailed for tensors
// larger than 256 MiB together that were not planned.
executorch::runtime::Error ExecuteMethod(executorch::runtime::Method* method,
                                         ExecutionTensors* tensors = nullptr);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_EXECUTE_METHOD_H_
