// Real TensorRT plans that are known by their SHA-256.

#ifndef WSB_NATIVE_SIMULATOR_CORE_RECORDED_PLANS_H_
#define WSB_NATIVE_SIMULATOR_CORE_RECORDED_PLANS_H_

#include <memory>

#include "simulator/core/plan.h"
#include "simulator/core/sha256.h"

namespace wsb {

// Makes the plan with that digest answer as `plan`; a digest known already is replaced.
// Process-wide and safe from any thread. False when the table, of 64 plans, is full.
bool AddRecordedPlan(const Sha256Digest& digest, std::shared_ptr<const Plan> plan);

// How the plan with that digest answers; null when it is not known.
std::shared_ptr<const Plan> FindRecordedPlan(const Sha256Digest& digest);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_RECORDED_PLANS_H_
