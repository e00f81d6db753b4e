// Turns the bytes handed to deserializeCudaEngine into a plan.

#ifndef WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_
#define WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_

#include <cstddef>
#include <memory>
#include <string>

#include "simulator/core/export.h"
#include "simulator/core/plan.h"
#include "simulator/core/sha256.h"

namespace wsb {

// Makes the plan with that digest answer as `plan`; a digest known already is replaced.
// Process-wide and safe from any thread. False when the table, of 64 plans, is full.
bool AddRecordedPlan(const Sha256Digest& digest, std::shared_ptr<const Plan> plan);

// How the plan with that digest answers; null when it is not known.
std::shared_ptr<const Plan> FindRecordedPlan(const Sha256Digest& digest);

// Reads a scripted plan, or looks a recorded one up. True when `plan` holds it; otherwise `fault`
// says why the bytes are refused. `plan` keeps its memory either way.
WSB_SIMULATOR_API bool LoadPlan(const void* bytes, size_t size, Plan* plan, std::string* fault);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_LOAD_PLAN_H_
