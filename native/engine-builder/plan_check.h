// What a plan turned out to be.

#ifndef WSB_NATIVE_ENGINE_BUILDER_PLAN_CHECK_H_
#define WSB_NATIVE_ENGINE_BUILDER_PLAN_CHECK_H_

#include <cstdint>
#include <string>

#include "engine-builder/host_memory.h"
#include "engine-builder/network_spec.h"
#include "tensorrt/runtime.h"

namespace wsb {

// Deserializes a plan that was built as `spec` says, and reads its streamable size in bytes. False
// when TensorRT does not load it or it is not what was asked for; `error` then says why.
bool CheckPlan(const Runtime& runtime, const HostMemory& plan, const NetworkSpec& spec,
               int64_t* streamable, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_PLAN_CHECK_H_
