// Runs a loaded method.

#ifndef WSB_NATIVE_HOST_EXECUTE_METHOD_H_
#define WSB_NATIVE_HOST_EXECUTE_METHOD_H_

#include <executorch/runtime/executor/method.h>

namespace wsb {

// Runs `method` once on inputs of zeros, of the largest shapes that the program allows. Outputs are
// lost. ExecuTorch's error; MemoryAllocationFailed for tensors larger than 256 MiB together that
// were not planned.
executorch::runtime::Error ExecuteMethod(executorch::runtime::Method* method);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_EXECUTE_METHOD_H_
