#include "delegate/engine/releasing_engines.h"

#include <algorithm>
#include <mutex>
#include <vector>

#include "delegate/application/device_room.h"
#include "delegate/engine/release_memory.h"
#include "delegate/never_destroyed.h"

namespace wsb {
namespace {

struct ReleasingEngines {
  // Held while engines release memory, so that none of them is destroyed meanwhile; never by an
  // execution.
  std::mutex mutex;
  // In the order of loading.
  std::vector<EngineHandle*> handles;
};

ReleasingEngines& State() noexcept {
  static NeverDestroyed<ReleasingEngines> engines;
  return engines.get();
}

// Calls `visit` for each engine of `room` that is not in use, until it gives false.
template <typename Visit>
void VisitEngines(const DeviceRoom& room, Visit visit) {
  ReleasingEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  for (EngineHandle* const handle : engines.handles) {
    if (!(handle->load == room.load) || handle->device != room.device) {
      continue;
    }
    const std::unique_lock<std::mutex> idle(handle->mutex, std::try_to_lock);
    if (idle.owns_lock() && !handle->executed && !visit(*handle)) {
      return;
    }
  }
}

}  // namespace

void JoinReleasingEngines(EngineHandle& handle) {
  ReleasingEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  engines.handles.push_back(&handle);
}

void LeaveReleasingEngines(const EngineHandle& handle) noexcept {
  if (handle.fitting.step == FittingStep::kNone) {
    return;
  }
  ReleasingEngines& engines = State();
  const std::lock_guard<std::mutex> lock(engines.mutex);
  const auto found = std::find(engines.handles.begin(), engines.handles.end(), &handle);
  if (found != engines.handles.end()) {
    engines.handles.erase(found);
  }
}

bool DeviceRoom::CanMake() const {
  bool can = false;
  VisitEngines(*this, [&](const EngineHandle& handle) {
    can = CanReleaseMemory(handle);
    return !can;
  });
  return can;
}

bool DeviceRoom::Make(uint64_t bytes) const {
  bool complete = true;
  VisitEngines(*this, [&](EngineHandle& handle) {
    const std::optional<uint64_t> free = Free();
    if (free.has_value() && *free < bytes) {
      ReleaseMemory(bytes, handle);
    }
    complete = complete && static_cast<bool>(handle.context);
    return true;
  });
  return complete;
}

}  // namespace wsb
