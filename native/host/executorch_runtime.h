// The ExecuTorch in this process.

#ifndef WSB_NATIVE_HOST_EXECUTORCH_RUNTIME_H_
#define WSB_NATIVE_HOST_EXECUTORCH_RUNTIME_H_

#include <string>

namespace wsb {

// The version of the library that is loaded, such as 1.5.1: told by its build id, because the file
// that was linked need not be the one that is found. A library of no known release is named by its
// build id.
std::string ExecuTorchVersion();

// Loads the kernel library of the release, as stock hosts do, from beside the runtime; does nothing
// where there is none. False when it can't be loaded; `error` then says why.
bool LoadKernels(std::string* error);

// Whether there are kernels for the operators that copy to and from a device.
bool HasCopyKernels();

// Whether ExecuTorch has somebody to ask for CUDA memory.
bool HasDeviceAllocator();

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_EXECUTORCH_RUNTIME_H_
