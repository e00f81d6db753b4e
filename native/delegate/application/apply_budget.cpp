#include "delegate/application/apply_budget.h"

#include <algorithm>
#include <optional>

namespace wsb {
namespace {

BudgetEffect EffectOf(bool accepted) {
  return accepted ? BudgetEffect::kApplied : BudgetEffect::kRefused;
}

BudgetApplication ApplyExplicit(int64_t requested, int64_t streamable, const Engine& engine,
                                const DeviceRoom* room) {
  const int64_t budget = std::min(requested, streamable);
  if (budget == streamable && room != nullptr && room->CanMake()) {
    // Where that leaves an engine without a context, the load ends before this one gets its own.
    room->Make(ResidentContextBytes(streamable, engine.GetDeviceMemorySizeV2()));
  }
  const bool accepted = engine.SetWeightStreamingBudgetV2(budget);
  return {EffectOf(accepted), streamable, budget, /*fell_back=*/false};
}

BudgetApplication ApplyTensorRts(int64_t streamable, const Engine& engine) {
  const int64_t budget = engine.GetWeightStreamingAutomaticBudget();
  if (engine.SetWeightStreamingBudgetV2(budget)) {
    return {BudgetEffect::kApplied, streamable, budget, /*fell_back=*/false};
  }
  // With everything streamed the engine needs the least memory: TensorRT may still accept that.
  const bool accepted = engine.SetWeightStreamingBudgetV2(0);
  return {EffectOf(accepted), streamable, budget, /*fell_back=*/true};
}

BudgetApplication ApplyAutomatic(int64_t streamable, const Engine& engine, const DeviceRoom* room) {
  const std::optional<uint64_t> free = room == nullptr ? std::nullopt : room->Free();
  if (!free.has_value()) {
    return ApplyTensorRts(streamable, engine);
  }
  BudgetApplication application{BudgetEffect::kApplied, streamable, 0, /*fell_back=*/false};
  application.effect = EffectOf(FitBudget(*free, streamable, engine, &application.fitting));
  application.first = application.fitting.budget;
  return application;
}

}  // namespace

BudgetApplication ApplyBudget(const BudgetChoice& choice, const Engine& engine,
                              const DeviceRoom* room) {
  const int64_t streamable = engine.GetStreamableWeightsSize();
  if (streamable <= 0) {
    return {BudgetEffect::kSkipped, streamable, 0, /*fell_back=*/false};
  }
  return choice.IsExplicit() ? ApplyExplicit(choice.bytes, streamable, engine, room)
                             : ApplyAutomatic(streamable, engine, room);
}

}  // namespace wsb
