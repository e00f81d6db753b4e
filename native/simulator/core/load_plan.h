// Turns the bytes handed to deserializeCudaEngine into a plan.

#ifndef WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_
#define WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_

#include <cstddef>
#include <string>

#include "simulator/core/export.h"
#include "simulator/core/plan.h"

namespace wsb {

// Reads a scripted plan, or looks a recorded one up. True when `plan` holds it; otherwise `fault`
// says why the bytes are refused. `plan` keeps its memory either way.
WSB_SIMULATOR_API bool LoadPlan(const void* bytes, size_t size, Plan* plan, std::string* fault);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_
