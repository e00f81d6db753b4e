#include "simulator/core/engine_model.h"

#include <algorithm>

namespace wsb {
namespace {

uint64_t SaturatingAdd(uint64_t a, uint64_t b) {
  uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

// A size that a plan gives; a negative one takes nothing.
uint64_t Bytes(int64_t size) { return size > 0 ? static_cast<uint64_t>(size) : 0; }

}  // namespace

void EngineModel::Reset(const Plan* plan, DeviceMemory* memory) {
  plan_ = plan;
  memory_ = memory;
  sets_ = 0;
  budget_ = plan->streamable;
  resident_ = 0;
}

int64_t EngineModel::AutomaticBudget() const {
  if (!plan_->modelled) {
    return plan_->automatic;
  }
  if (!CanStream()) {
    return -1;
  }
  // clamp(free - 4 * activations, 0, streamable)
  const uint64_t activations = Bytes(plan_->activations);
  const uint64_t kept = SaturatingAdd(SaturatingAdd(activations, activations),
                                      SaturatingAdd(activations, activations));
  const uint64_t free = memory_->free();
  const uint64_t room = free > kept ? free - kept : 0;
  return static_cast<int64_t>(std::min(room, Bytes(plan_->streamable)));
}

bool EngineModel::SetBudget(int64_t budget, bool context_lives) {
  if (context_lives) {
    return false;
  }
  if (plan_->modelled) {
    return SetModelledBudget(budget);
  }
  const uint32_t set = sets_;
  if (set < plan_->set_count) {
    ++sets_;
  }
  const bool accepted =
      set < plan_->set_count ? ((plan_->set_answers >> set) & 1) != 0 : plan_->set_default;
  if (accepted) {
    budget_ = std::min(budget, plan_->streamable);
  }
  return accepted;
}

bool EngineModel::SetModelledBudget(int64_t budget) {
  if (!CanStream() || budget < 0) {
    return false;
  }
  const uint64_t wanted = budget >= plan_->streamable ? Bytes(plan_->streamable) : 0;
  if (wanted > resident_ && !memory_->Take(wanted)) {
    return false;
  }
  if (wanted < resident_) {
    memory_->Give(resident_);
  }
  resident_ = wanted;
  budget_ = std::min(budget, plan_->streamable);
  return true;
}

int64_t EngineModel::Budget() const { return CanStream() ? budget_ : -1; }

int64_t EngineModel::ScratchMemorySize() const { return IsStreaming() ? plan_->scratch : 0; }

int64_t EngineModel::DeviceMemorySize() const {
  int64_t size = 0;
  if (__builtin_add_overflow(plan_->activations, ScratchMemorySize(), &size)) {
    return INT64_MAX;
  }
  return size;
}

bool EngineModel::TakeContextMemory(uint64_t* taken) {
  uint64_t needed = 0;
  if (plan_->modelled) {
    needed = Bytes(plan_->activations);
    if (IsStreaming()) {
      needed = SaturatingAdd(needed, SaturatingAdd(Bytes(budget_), Bytes(plan_->scratch)));
    }
  }
  if (!memory_->Take(needed)) {
    return false;
  }
  *taken = needed;
  return true;
}

void EngineModel::ReleaseWeights() {
  memory_->Give(resident_);
  resident_ = 0;
}

}  // namespace wsb
