// IRuntime of the simulated TensorRT.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_RUNTIME_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_RUNTIME_H_

#include <cstddef>

#include "simulator/core/object.h"

namespace wsb {

// The public destructor.
void DestroyRuntime(SimObject* object);

// VRuntime. An engine, or null when the plan is refused; every attempt is recorded.
void* DeserializeCudaEngine(VObject* v, const void* plan, size_t size);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_RUNTIME_H_
