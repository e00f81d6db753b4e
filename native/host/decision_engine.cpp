#include "host/decision_engine.h"

namespace wsb {
namespace {

template <typename Function>
void* Entry(Function* function) {
  return reinterpret_cast<void*>(function);
}

// Answers are listed for so many sets.
constexpr uint32_t kListedAnswers = 8;

}  // namespace

DecisionEngine::DecisionEngine(const SlotTable& slots) {
  public_vtable_.fill(Entry(&Destroy));
  vtable_.fill(Entry(&Unexpected));
  const auto put = [this](int slot, void* entry) { vtable_[static_cast<size_t>(slot)] = entry; };
  put(slots.get_streamable_weights_size, Entry(&GetStreamableWeightsSize));
  put(slots.get_weight_streaming_automatic_budget, Entry(&GetWeightStreamingAutomaticBudget));
  put(slots.set_weight_streaming_budget_v2, Entry(&SetWeightStreamingBudgetV2));
  implementation_ = {vtable_.data(), nullptr, this};
  object_ = {public_vtable_.data(), &implementation_, this};
}

void DecisionEngine::Reset(int64_t streamable, int64_t automatic, uint8_t answers) {
  streamable_ = streamable;
  automatic_ = automatic;
  answers_ = answers;
  automatic_read_ = false;
  asked_unexpected_ = false;
  set_count_ = 0;
  set_answers_ = 0;
  sets_.fill(0);
}

void DecisionEngine::Destroy(Object* /*object*/) {}

int64_t DecisionEngine::Unexpected(Object* object) {
  object->self->asked_unexpected_ = true;
  return 0;
}

int64_t DecisionEngine::GetStreamableWeightsSize(Object* object) {
  return object->self->streamable_;
}

int64_t DecisionEngine::GetWeightStreamingAutomaticBudget(Object* object) {
  object->self->automatic_read_ = true;
  return object->self->automatic_;
}

bool DecisionEngine::SetWeightStreamingBudgetV2(Object* object, int64_t budget) {
  DecisionEngine& engine = *object->self;
  const uint32_t number = engine.set_count_++;
  const bool accepted = number < kListedAnswers && ((engine.answers_ >> number) & 1) != 0;
  if (accepted) {
    engine.set_answers_ = static_cast<uint8_t>(engine.set_answers_ | (1U << number));
  }
  if (number < kKeptSets) {
    engine.sets_[number] = budget;
  }
  return accepted;
}

}  // namespace wsb
