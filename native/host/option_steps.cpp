#include "host/option_steps.h"

#include <executorch/runtime/backend/interface.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace wsb {
namespace {

using executorch::runtime::BackendOption;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::Span;

constexpr char kBudget[] = "weight_streaming_budget";

StepOutcome Ended(StepPhase phase, Error error) {
  return {error, error == Error::Ok ? StepPhase::kNone : phase, /*warned=*/false};
}

StepOutcome SetOption(const Request& request, const EntryView& entry,
                      BackendOptionsBuilder* options) {
  const Error built = options->BuildEntry(request, entry);
  if (built != Error::Ok) {
    return Ended(StepPhase::kOptions, built);
  }
  const std::string backend(entry.backend);
  return Ended(StepPhase::kSetOption,
                 executorch::runtime::set_option(backend.c_str(), options->options()));
}

// An option to be filled in: text of no length until then.
BackendOption Unfilled(std::string_view key) {
  BackendOption option;
  std::copy_n(key.data(), std::min(key.size(), sizeof(option.key) - 1), option.key);
  option.value = std::array<char, kMaxOptionValueLength>{};
  return option;
}

StepOutcome GetOption(const StepView& step) {
  BackendOption option = Unfilled(step.key);
  const std::string backend(step.backend);
  StepOutcome outcome =
      Ended(StepPhase::kGetOption, executorch::runtime::get_option(
                                         backend.c_str(), Span<BackendOption>(&option, 1)));
  if (outcome.error == Error::Ok) {
    outcome.value = option.value;
  }
  return outcome;
}

// Notes where the budgets of the engines come from that got a context since the simulator had
// `first_event` events.
void NoteChangedBudgets(const SimulatorApi& simulator, size_t first_event,
                        std::vector<EngineOutcome>* engines) {
  size_t count = 0;
  const TrtSimEvent* const events = simulator.events(&count);
  for (size_t n = first_event; n < count; ++n) {
    const TrtSimEvent& event = events[n];
    const bool is_changed = event.call == kTrtSimCreateExecutionContext && event.ok != 0;
    if (is_changed && event.engine >= 0 && static_cast<size_t>(event.engine) < engines->size()) {
      (*engines)[static_cast<size_t>(event.engine)].source = kWsbSourceSetOption;
    }
  }
}

}  // namespace

StepOutcome RunOptionStep(const Request& request, const StepView& step, const Subject& subject,
                          BackendOptionsBuilder* options, std::vector<EngineOutcome>* engines) {
  if (step.operation == StepOperation::kGetOption) {
    return GetOption(step);
  }
  size_t events = 0;
  subject.simulator().events(&events);
  const StepOutcome outcome = SetOption(request, request.entries[step.entry], options);
  if (outcome.error == Error::Ok && subject.tells_source()) {
    NoteChangedBudgets(subject.simulator(), events, engines);
  }
  return outcome;
}

bool HasOptions(const char* backend) {
  BackendOption option = Unfilled(kBudget);
  return executorch::runtime::get_option(backend, Span<BackendOption>(&option, 1)) !=
         Error::NotSupported;
}

void ForgetOptions(const Request& request) {
  for (const StepView& step : request.steps) {
    if (step.operation != StepOperation::kSetOption) {
      continue;
    }
    const std::string backend(request.entries[step.entry].backend);
    BackendOptions<1> nothing;
    // A delegate that takes nothing back has shown so in the cases about that.
    if (nothing.set_option(kBudget, "") == Error::Ok) {
      static_cast<void>(executorch::runtime::set_option(backend.c_str(), nothing.view()));
    }
  }
}

}  // namespace wsb
