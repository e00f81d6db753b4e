#include "host/host.h"

#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/extension/data_loader/mmap_data_loader.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <utility>
#include <vector>

#include "host/execute_method.h"
#include "host/log_capture.h"
#include "host/module_host.h"
#include "host/option_steps.h"
#include "host/process_use.h"
#include "host/program_host.h"
#include "host/shared_host.h"
#include "host/threaded_request.h"
#include "host/wire_reader.h"

namespace wsb {

using executorch::extension::BufferDataLoader;
using executorch::extension::MmapDataLoader;
using executorch::runtime::DataLoader;
using executorch::runtime::Error;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Method;
using executorch::runtime::Program;
using executorch::runtime::Result;

namespace {

// How often the program of a request lies in memory: once for each load that has one of its own.
size_t CopiesFor(const Request& request) {
  if (request.host != HostApi::kSharedByCopies) {
    return 1;
  }
  const auto loads = std::count_if(
      request.steps.begin(), request.steps.end(),
      [](const StepView& step) { return step.operation == StepOperation::kLoad; });
  return std::max<size_t>(1, static_cast<size_t>(loads));
}

}  // namespace

Host::Host(const Subject* subject) : subject_(subject) {}

Host::~Host() {
  subject_->Observe(nullptr, nullptr);
  subject_->TellMeminfo(nullptr, nullptr);
}

bool Host::Run(const uint8_t* requests, size_t size, std::vector<uint8_t>* outcomes,
               std::string* error) {
  ProcessUse use;
  size_t at = 0;
  for (size_t number = 0; at < size; ++number) {
    const size_t left = size - at;
    const auto record_size = WireReader(requests + at, left).Number<uint32_t>();
    if (record_size > left || !DecodeRequest(requests + at, record_size, &request_)) {
      *error = "request record " + std::to_string(number) + ", at byte " + std::to_string(at) +
               " of the batch, is malformed";
      return false;
    }
    use.Take(/*alone=*/request_.HasOptionSteps());
    if (request_.host == HostApi::kThreads) {
      const ThreadPlan plan{request_.threads, request_.turns_seed};
      if (!RunOnThreads(subject_, requests + at, record_size, plan, outcomes)) {
        *error = "request record " + std::to_string(number) + " asks for " +
                 std::to_string(plan.threads) + " threads, which the system does not start";
        return false;
      }
    } else {
      RunRequest();
      ReportCalls(outcomes);
    }
    at += record_size;
  }
  return true;
}

bool Host::RunAlone(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes) {
  if (!DecodeRequest(record, size, &request_)) {
    return false;
  }
  RunRequest();
  ReportCalls(outcomes);
  return true;
}

void Host::RunRequest() {
  outcome_.Clear();
  // Anew for each request, so that a delegate with state of its own can tell them apart.
  subject_->Observe(&Host::OnBudget, this);
  const bool in_file = !request_.program_file.empty();
  const size_t size = request_.program.size();
  const size_t copies = CopiesFor(request_);
  const uint8_t* const program =
      in_file ? nullptr : program_.Place(request_.program.data(), size, copies);
  TrtSimDevice device{};
  device.total_bytes = request_.total_bytes;
  device.free_bytes = request_.free_bytes;
  device.faults = request_.faults.data();
  device.fault_count = request_.faults.size();
  device.program = program;
  device.program_size = ProgramMemory::SpanOf(size, copies);
  subject_->simulator().begin(&device);
  LayOutHostMemory();
  if (program == nullptr && !in_file) {
    outcome_.program = Error::MemoryAllocationFailed;
    return;
  }
  std::unique_ptr<DataLoader> loader = OpenProgram(program);
  if (loader == nullptr) {
    return;
  }
  const auto verification = request_.verify_consistency ? Program::Verification::InternalConsistency
                                                        : Program::Verification::Minimal;
  if (request_.host == HostApi::kProgram || request_.host == HostApi::kThreads) {
    RunWithProgram(loader.get(), verification);
  } else if (request_.host == HostApi::kShared || request_.host == HostApi::kSharedByCopies) {
    RunShared(std::move(loader), program, verification);
  } else {
    RunWithModule(std::move(loader), verification);
  }
  ForgetOptions(request_);
}

// Null, and the outcome says why, for a file that cannot be loaded.
std::unique_ptr<DataLoader> Host::OpenProgram(const uint8_t* program) {
  if (request_.program_file.empty()) {
    return std::make_unique<BufferDataLoader>(program, request_.program.size());
  }
  const std::string file(request_.program_file);
  Result<MmapDataLoader> mapped =
      MmapDataLoader::from(file.c_str(), MmapDataLoader::MlockConfig::NoMlock);
  if (!mapped.ok()) {
    outcome_.program = mapped.error();
    return nullptr;
  }
  return std::make_unique<MmapDataLoader>(std::move(*mapped));
}

void Host::RunWithProgram(DataLoader* loader, Program::Verification verification) {
  const Result<Program> program = Program::load(loader, verification);
  outcome_.program = program.error();
  if (program.ok()) {
    ProgramHost methods(&*program, &pool_);
    RunSteps(&methods);
  }
}

void Host::RunShared(std::unique_ptr<DataLoader> loader, const uint8_t* program,
                     Program::Verification verification) {
  const size_t copies = CopiesFor(request_);
  std::vector<std::unique_ptr<DataLoader>> loaders;
  std::vector<Program> programs;
  programs.reserve(copies);
  std::vector<const Program*> by_load;
  for (size_t n = 0; n < copies; ++n) {
    const size_t offset = n * ProgramMemory::DistanceOf(request_.program.size());
    loaders.push_back(n == 0 ? std::move(loader)
                             : OpenProgram(program == nullptr ? nullptr : program + offset));
    if (loaders.back() == nullptr) {
      return;
    }
    Result<Program> loaded = Program::load(loaders.back().get(), verification);
    outcome_.program = loaded.error();
    if (!loaded.ok()) {
      return;
    }
    programs.push_back(std::move(*loaded));
    by_load.push_back(&programs.back());
  }
  SharedHost methods(std::move(by_load), &pool_);
  RunSteps(&methods);
}

void Host::RunWithModule(std::unique_ptr<DataLoader> loader,
                         Program::Verification verification) {
  const LoadBackendOptionsMap* options = nullptr;
  if (request_.module_options.present) {
    outcome_.program = module_options_.Build(request_, request_.module_options);
    if (outcome_.program != Error::Ok) {
      return;
    }
    options = &module_options_.map();
  }
  ModuleHost methods(std::move(loader), &pool_);
  outcome_.program = methods.LoadProgram(options, verification);
  if (outcome_.program == Error::Ok) {
    RunSteps(&methods);
  }
}

void Host::RunSteps(MethodHost* methods) {
  for (size_t n = 0; n < request_.steps.size(); ++n) {
    step_ = static_cast<uint8_t>(n);
    ClearLog();
    StepOutcome step = RunStep(request_.steps[n], methods);
    step.warned = LoggedBudgetError();
    subject_->simulator().end_step();
    outcome_.steps.push_back(step);
    outcome_.engines.resize(subject_->simulator().engines(), EngineOutcome{step_, 0});
  }
}

StepOutcome Host::RunStep(const StepView& step, MethodHost* methods) {
  const auto outcome = [](StepPhase phase, Error error) {
    return StepOutcome{error, error == Error::Ok ? StepPhase::kNone : phase, false};
  };
  method_.assign(step.method);
  switch (step.operation) {
    case StepOperation::kLoad: {
      if (!step.options.present) {
        return outcome(StepPhase::kLoad, methods->Load(method_, nullptr));
      }
      const Error built = options_.Build(request_, step.options);
      if (built != Error::Ok) {
        return outcome(StepPhase::kOptions, built);
      }
      return outcome(StepPhase::kLoad, methods->Load(method_, &options_.map()));
    }
    case StepOperation::kExecute: {
      Method* const method = methods->Find(method_);
      return outcome(StepPhase::kExecute,
                     method == nullptr ? Error::InvalidState : ExecuteMethod(method));
    }
    case StepOperation::kUnload:
      methods->Unload(method_);
      break;
    case StepOperation::kSetOption:
    case StepOperation::kGetOption:
      return RunOptionStep(request_, step, *subject_, &options_, &outcome_.engines);
  }
  return outcome(StepPhase::kNone, Error::Ok);
}

void Host::ReportCalls(std::vector<uint8_t>* outcomes) {
  const SimulatorApi& simulator = subject_->simulator();
  SimulatedCalls calls{};
  calls.events = simulator.events(&calls.event_count);
  calls.violations = simulator.violations(&calls.violation_count);
  calls.live = simulator.live();
  writer_.Append(outcome_, calls, outcomes);
}

// Nothing is said of the host's memory in most requests: then it is not known.
void Host::LayOutHostMemory() {
  subject_->TellMeminfo(&Host::WriteMeminfo, this);
  const bool is_shared = request_.host_memory == HostMemory::kShared ||
                         request_.host_memory == HostMemory::kSharedUntold;
  if (is_shared && subject_->simulator().share_memory != nullptr) {
    subject_->simulator().share_memory(request_.available_bytes);
  }
}

size_t Host::WriteMeminfo(void* context, char* buffer, size_t size) {
  const auto* const host = static_cast<Host*>(context);
  uint64_t available = host->request_.available_bytes;
  switch (host->request_.host_memory) {
    case HostMemory::kUnsaid:
    case HostMemory::kSharedUntold:
      return 0;
    case HostMemory::kShared:
      available = host->subject_->simulator().available();
      break;
    case HostMemory::kSeparate:
      break;
  }
  const int length = std::snprintf(buffer, size,
                                   "MemTotal:       %12" PRIu64 " kB\nMemFree:        %12" PRIu64
                                   " kB\nMemAvailable:   %12" PRIu64 " kB\n",
                                   host->request_.total_bytes / 1024, uint64_t{0},
                                   available / 1024);
  return length > 0 && static_cast<size_t>(length) < size ? static_cast<size_t>(length) : 0;
}

void Host::OnBudget(void* context, uint8_t source) {
  auto* const host = static_cast<Host*>(context);
  const uint32_t engines = host->subject_->simulator().engines();
  if (engines > 0) {
    // The budget is that of the engine deserialized last.
    host->outcome_.engines.resize(engines, EngineOutcome{host->step_, 0});
    host->outcome_.engines.back().source = source;
  }
}

}  // namespace wsb
