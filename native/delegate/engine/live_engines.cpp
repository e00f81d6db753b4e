#include "delegate/engine/live_engines.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "delegate/application/process_budget.h"
#include "delegate/engine/change_budget.h"
#include "delegate/never_destroyed.h"

namespace wsb {
namespace {

using executorch::runtime::Error;

struct LiveEngines {
  // Held while budgets change, so that no engine comes or goes meanwhile; never by an execution.
  std::mutex mutex;
  // In the order of loading.
  std::vector<EngineHandle*> handles;
};

LiveEngines& State() noexcept {
  static NeverDestroyed<LiveEngines> engines;
  return engines.get();
}

struct Changed {
  EngineHandle* handle;
  int64_t held;
};

// Those that were changed are in `changed`.
bool ChangeAll(int64_t bytes, const std::vector<EngineHandle*>& handles,
               std::vector<Changed>* changed) {
  return std::all_of(handles.begin(), handles.end(), [&](EngineHandle* handle) {
    int64_t held = 0;
    const BudgetChange change = ChangeBudget(bytes, *handle, &held);
    if (change == BudgetChange::kChanged) {
      changed->push_back({handle, held});
    }
    return change != BudgetChange::kFailed;
  });
}

}  // namespace

Error JoinLiveEngines(EngineHandle& handle, uint64_t budget,
                      const std::function<bool()>& has_option) {
  LiveEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  const ProcessBudget now = BudgetOfProcess();
  int64_t held = 0;
  if (now.number != budget && now.bytes.has_value() && !has_option() &&
      ChangeBudget(*now.bytes, handle, &held) == BudgetChange::kFailed) {
    return Error::MemoryAllocationFailed;
  }
  engines.handles.push_back(&handle);
  return Error::Ok;
}

void LeaveLiveEngines(const EngineHandle& handle) noexcept {
  LiveEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  const auto found = std::find(engines.handles.begin(), engines.handles.end(), &handle);
  if (found != engines.handles.end()) {
    engines.handles.erase(found);
  }
}

Error ChangeLiveEngines(int64_t bytes) {
  LiveEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  std::vector<Changed> changed;
  changed.reserve(engines.handles.size());
  if (!ChangeAll(bytes, engines.handles, &changed)) {
    std::for_each(changed.rbegin(), changed.rend(),
                  [](const Changed& each) { UndoChange(each.held, *each.handle); });
    return Error::MemoryAllocationFailed;
  }
  for (EngineHandle* const handle : engines.handles) {
    const std::lock_guard<std::mutex> idle(handle->mutex);
    handle->is_pinned = true;
  }
  SetBudgetOfProcess(bytes);
  return Error::Ok;
}

void ForgetProcessBudget() noexcept {
  const std::lock_guard<std::mutex> lock(State().mutex);
  SetBudgetOfProcess(std::nullopt);
}

}  // namespace wsb
