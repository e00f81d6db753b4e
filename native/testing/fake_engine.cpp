#include "testing/fake_engine.h"

#include <cstdlib>

namespace wsb::testing {
namespace {

constexpr int32_t kVersion = 110100;

void CallUnknown() { std::abort(); }

}  // namespace

FakeEngine::FakeEngine(int64_t streamable_bytes)
    : streamable(streamable_bytes),
      slots_(SlotsForVersion(kVersion)),
      public_methods_(kFirstMethodSlot, reinterpret_cast<void*>(&CallUnknown)),
      hidden_methods_(slots_->engine_slots, reinterpret_cast<void*>(&CallUnknown)),
      public_{public_methods_.vtable(), &hidden_, this},
      hidden_{hidden_methods_.vtable(), this} {
  const auto set = [this](int slot, auto* method) { hidden_methods_.Set(slot, method); };
  public_methods_.Set(
      kDeletingDestructorSlot, +[](Public* self) { self->owner->destroyed = true; });
  set(slots_->get_streamable_weights_size, +[](Hidden* self) { return self->owner->streamable; });
  set(
      slots_->get_weight_streaming_automatic_budget,
      +[](Hidden* self) { return self->owner->automatic; });
  set(slots_->get_device_memory_size_v2, +[](Hidden* self) { return self->owner->activations; });
  set(
      slots_->get_weight_streaming_scratch_memory_size,
      +[](Hidden* self) { return self->owner->scratch; });
  set(slots_->get_weight_streaming_budget_v2, +[](Hidden* self) { return self->owner->budget_; });
  set(
      slots_->set_weight_streaming_budget_v2, +[](Hidden* self, int64_t budget) {
        FakeEngine& owner = *self->owner;
        owner.sets.push_back(budget);
        const bool accepted = owner.accepts(budget);
        owner.budget_ = accepted ? budget : owner.budget_;
        return accepted;
      });
}

Engine FakeEngine::Open() { return Engine(AdoptObject(&public_), slots_); }

}  // namespace wsb::testing
