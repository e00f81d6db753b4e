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
  is_resident_ = false;
}

int64_t EngineModel::AutomaticBudget() const {
  if (!plan_->modelled) {
    return plan_->automatic;
  }
  if (!CanStream()) {
    return -1;
  }
  // clamp(free - 4 * (activations + scratch), 0, streamable); there is a scratch while streaming.
  const uint64_t working = SaturatingAdd(Bytes(plan_->activations), Bytes(ScratchMemorySize()));
  const uint64_t twice = SaturatingAdd(working, working);
  const uint64_t kept = SaturatingAdd(twice, twice);
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
  if (budget < plan_->streamable) {
    ReleaseWeights();
  } else if (!is_resident_ && !TakeWeights()) {
    return false;
  }
  budget_ = std::min(budget, plan_->streamable);
  return true;
}

bool EngineModel::TakeWeights() {
  const Paging& paging = plan_->paging;
  const uint64_t bytes = paging.BlockBytes(Bytes(plan_->streamable));
  if (!memory_->Take(bytes, paging.Granules(paging.weights_headroom))) {
    return false;
  }
  resident_ = bytes;
  is_resident_ = true;
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
  const Paging& paging = plan_->paging;
  uint64_t needed = 0;
  uint64_t missing = 0;
  if (plan_->modelled) {
    // Where no set was accepted the weights come with the first context, and stay when it goes.
    const bool is_missing = plan_->streamable > 0 && !IsStreaming() && !is_resident_;
    missing = is_missing ? paging.BlockBytes(Bytes(plan_->streamable)) : 0;
    const uint64_t scratch = IsStreaming() ? Bytes(plan_->scratch) : 0;
    const uint64_t weights = IsStreaming() ? paging.BlockBytes(Bytes(budget_)) : 0;
    const uint64_t working = paging.BlockBytes(SaturatingAdd(Bytes(plan_->activations), scratch));
    needed = SaturatingAdd(SaturatingAdd(working, weights), paging.Granules(paging.context));
  }
  if (!memory_->Take(SaturatingAdd(needed, missing), paging.Granules(paging.context_headroom))) {
    return false;
  }
  if (missing > 0) {
    resident_ = missing;
    is_resident_ = true;
  }
  *taken = needed;
  return true;
}

void EngineModel::ReleaseWeights() {
  memory_->Give(resident_);
  resident_ = 0;
  is_resident_ = false;
}

}  // namespace wsb
