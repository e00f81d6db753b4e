// How an engine answers about weight streaming (spec/scripted-plan.md).

#ifndef WSB_NATIVE_SIMULATOR_CORE_ENGINE_MODEL_H_
#define WSB_NATIVE_SIMULATOR_CORE_ENGINE_MODEL_H_

#include <cstdint>

#include "simulator/core/device_memory.h"
#include "simulator/core/export.h"
#include "simulator/core/plan.h"

namespace wsb {

// The budget of one engine and the device memory that its weights hold. A scripted engine answers
// as its plan says and takes no memory; a modelled one follows the rules measured on a device.
// Sizes are bytes.
class WSB_SIMULATOR_API EngineModel {
 public:
  // An engine fresh from `plan`, which has to outlive it, on the device with `memory`.
  void Reset(const Plan* plan, DeviceMemory* memory);

  int64_t StreamableWeightsSize() const { return plan_->streamable; }
  int64_t AutomaticBudget() const;
  // `context_lives`: an execution context of this engine is alive, so that nothing may change.
  bool SetBudget(int64_t budget, bool context_lives);
  int64_t Budget() const;
  int64_t ScratchMemorySize() const;
  int64_t DeviceMemorySize() const;

  // Takes the memory of an execution context, and that of the weights when all are to be resident
  // and are not yet. False, with nothing taken, when it can't be had; `taken` is the context's,
  // what DeviceMemory::Give() wants back when it goes.
  bool TakeContextMemory(uint64_t* taken);

  // Gives back what the weights hold.
  void ReleaseWeights();

 private:
  bool CanStream() const { return !plan_->modelled || plan_->streamable > 0; }
  bool IsStreaming() const { return budget_ < plan_->streamable; }
  bool SetModelledBudget(int64_t budget);
  bool TakeWeights();

  const Plan* plan_ = nullptr;
  DeviceMemory* memory_ = nullptr;
  uint32_t sets_ = 0;
  int64_t budget_ = 0;
  // Whether a modelled engine holds all its weights on the device, and what they take there.
  bool is_resident_ = false;
  uint64_t resident_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_ENGINE_MODEL_H_
