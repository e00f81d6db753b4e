// The weight streaming budget of one engine, from its sources to TensorRT.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_CARRY_OUT_BUDGET_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_CARRY_OUT_BUDGET_H_

#include <executorch/runtime/backend/interface.h>

#include "delegate/application/device_room.h"
#include "delegate/application/fit_budget.h"
#include "tensorrt/engine.h"

namespace wsb {

// Chooses the budget, that of the process among others, applies it to `engine`, which has no
// context yet and is to run on the device of `room`, and reports both to the log and to the
// observer. `fitting` is what LowerBudget() takes when there is no context to be had then.
// InvalidProgram when the sources hold no usable budget, then without any budget call
// (WSB-APPLY-12), and when TensorRT refuses it (WSB-APPLY-03, WSB-APPLY-06).
executorch::runtime::Error CarryOutBudget(
    executorch::runtime::Span<const executorch::runtime::BackendOption> options,
    executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> specs, const Engine& engine,
    const DeviceRoom& room, Fitting* fitting);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_CARRY_OUT_BUDGET_H_
