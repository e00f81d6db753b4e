#include "simulator/core/load_plan.h"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "simulator/core/sha256.h"

namespace wsb {
namespace {

constexpr size_t kMaxRecordedPlans = 64;
// Of a real plan that can be recorded (spec/protocol.md): a larger one is not even hashed.
constexpr size_t kMaxRecordedBytes = size_t{1} << 30;

struct Table {
  std::shared_mutex mutex;
  std::map<Sha256Digest, std::shared_ptr<const Plan>> plans;
};

// Never destroyed: a thread may still run a case while the process ends.
Table& TheTable() {
  static Table* const table = new Table;
  return *table;
}

}  // namespace

bool AddRecordedPlan(const Sha256Digest& digest, std::shared_ptr<const Plan> plan) {
  Table& table = TheTable();
  const std::unique_lock lock(table.mutex);
  if (table.plans.count(digest) == 0 && table.plans.size() >= kMaxRecordedPlans) {
    return false;
  }
  table.plans[digest] = std::move(plan);
  return true;
}

std::shared_ptr<const Plan> FindRecordedPlan(const Sha256Digest& digest) {
  Table& table = TheTable();
  const std::shared_lock lock(table.mutex);
  const auto found = table.plans.find(digest);
  return found == table.plans.end() ? nullptr : found->second;
}

bool LoadPlan(const void* bytes, size_t size, Plan* plan, std::string* fault) {
  const auto* const begin = static_cast<const uint8_t*>(bytes);
  if (IsScriptedPlan(begin, size)) {
    const char* const what = DecodePlan(begin, size, plan);
    if (what != nullptr) {
      *fault = std::string("the scripted plan is damaged: ") + what;
    }
    return what == nullptr;
  }
  if (size > kMaxRecordedBytes) {
    *fault = "the plan is not scripted, and too large to be recorded: " + std::to_string(size) +
             " bytes";
    return false;
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
