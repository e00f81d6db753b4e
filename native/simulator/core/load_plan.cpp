#include "simulator/core/load_plan.h"

#include "simulator/core/recorded_plans.h"
#include "simulator/core/sha256.h"

namespace wsb {

bool LoadPlan(const void* bytes, size_t size, Plan* plan, std::string* fault) {
  const auto* const begin = static_cast<const uint8_t*>(bytes);
  if (IsScriptedPlan(begin, size)) {
    const char* const what = DecodePlan(begin, size, plan);
    if (what != nullptr) {
      *fault = std::string("the scripted plan is damaged: ") + what;
    }
    return what == nullptr;
  }
  const Sha256Digest digest = Sha256(begin, size);
  if (const auto recorded = FindRecordedPlan(digest)) {
    *plan = *recorded;
    return true;
  }
  *fault = "the plan is neither scripted nor recorded: " + std::to_string(size) +
           " bytes, SHA-256 " + ToHex(digest);
  return false;
}

}  // namespace wsb
