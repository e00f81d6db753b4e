#include "delegate/application/report_budget.h"

#include <executorch/runtime/platform/log.h>

#include <cinttypes>
#include <cstddef>

namespace wsb {
namespace {

// Words for the enumerators, in their order.
constexpr const char* kFaults[] = {"valid", "null", "empty", "not a decimal digit", "above 2^63-1"};
constexpr const char* kSources[] = {"none", "load-time option", "compile spec", "automatic",
                                    "set_option"};
constexpr const char* kSteps[] = {"not fitted", "all weights are resident",
                                  "as many weights are resident as fit",
                                  "fewer weights are resident than should fit",
                                  "all weights are streamed"};

const char* Describe(BudgetFault fault) { return kFaults[static_cast<size_t>(fault)]; }
const char* Describe(BudgetSource source) { return kSources[static_cast<size_t>(source)]; }
const char* Describe(FittingStep step) { return kSteps[static_cast<size_t>(step)]; }

uint64_t MarginBeside(FittingStep step) {
  return step == FittingStep::kResident ? kResidentMargin : kContextMargin;
}

void ReportRefusal(const BudgetChoice& choice, const BudgetApplication& application) {
  if (choice.IsExplicit()) {
    ET_LOG(Error,
           "TensorRT refused %s of %" PRId64 " (%s, %" PRId64
           " bytes streamable): free device memory or ask for less",
           kBudgetKey, application.first, Describe(choice.source), application.streamable);
  } else if (application.fitting.step != FittingStep::kNone) {
    ET_LOG(Error,
           "TensorRT refused every automatic %s that fits %" PRIu64
           " free bytes, down to 0 (%" PRId64 " bytes streamable): free device memory",
           kBudgetKey, application.fitting.sizes.free, application.streamable);
  } else {
    ET_LOG(Error,
           "TensorRT refused its automatic %s of %" PRId64 " and then 0 (%" PRId64
           " bytes streamable): free device memory",
           kBudgetKey, application.first, application.streamable);
  }
}

}  // namespace

void ReportChoice(const BudgetChoice& choice) {
  if (choice.option_ignored) {
    ET_LOG(Error, "load-time option %s is empty and was ignored: give a byte count or leave it out",
           kBudgetKey);
  }
  switch (choice.rejection) {
    case BudgetRejection::kNone:
      break;
    case BudgetRejection::kOptionOfWrongType:
      ET_LOG(Error, "load-time option %s is a bool: give a byte count as a string or an int",
             kBudgetKey);
      break;
    case BudgetRejection::kOptionNegative:
      ET_LOG(Error, "load-time option %s is negative: give a byte count", kBudgetKey);
      break;
    case BudgetRejection::kSpecDuplicate:
      ET_LOG(Error, "more than one compile spec %s: export the program with one", kBudgetKey);
      break;
    case BudgetRejection::kOptionMalformed:
    case BudgetRejection::kSpecMalformed:
      ET_LOG(Error, "%s %s is malformed, %s at byte %zu: give a byte count in decimal digits",
             Describe(choice.source), kBudgetKey, Describe(choice.parsed.fault), choice.parsed.at);
      break;
  }
}

void ReportApplication(const BudgetChoice& choice, const BudgetApplication& application,
                       const Engine& engine) {
  switch (application.effect) {
    case BudgetEffect::kApplied:
      ET_LOG(Info,
             "streaming weights: budget %" PRId64 " of %" PRId64 " bytes, scratch %" PRId64
             " (%s%s)",
             engine.GetWeightStreamingBudgetV2(), application.streamable,
             engine.GetWeightStreamingScratchMemorySize(), Describe(choice.source),
             application.fell_back ? " refused, all streamed" : "");
      if (application.fitting.step != FittingStep::kNone) {
        const FittingSizes& sizes = application.fitting.sizes;
        ET_LOG(Info,
               "fitted into %" PRIu64 " bytes of free device memory: %" PRId64
               " activations, %" PRId64 " scratch, %" PRIu64 " margin; %s",
               sizes.free, sizes.activations, sizes.scratch, MarginBeside(application.fitting.step),
               Describe(application.fitting.step));
      }
      break;
    case BudgetEffect::kRefused:
      ReportRefusal(choice, application);
      break;
    case BudgetEffect::kSkipped:
      if (choice.IsExplicit()) {
        ET_LOG(Error,
               "%s of %" PRId64
               " (%s) was ignored: the engine has no streamable weights and stays "
               "resident; build it for weight streaming",
               kBudgetKey, choice.bytes, Describe(choice.source));
      }
      break;
  }
}

void ReportLowered(const Fitting& fitting) {
  ET_LOG(Info,
         "TensorRT made no execution context: the budget is lowered to %" PRId64 " of %" PRId64
         " bytes, %s",
         fitting.budget, fitting.sizes.streamable, Describe(fitting.step));
}

void ReportReleased(int64_t held, const Fitting& fitting) {
  ET_LOG(Info,
         "a later engine needs device memory: a budget of %" PRId64
         " is lowered to %" PRId64 " of %" PRId64 " bytes",
         held, fitting.budget, fitting.sizes.streamable);
}

}  // namespace wsb
