// A backend in a shared library: what `trt-conformance run --subject so:PATH` needs of one. It
// registers itself under its id when it is loaded, links to libexecutorch.so, and asks for TensorRT
// and CUDA under the names that they have on any system; the suite answers under those names.
//
// The budget rules are those in budget_rules.h; everything around them is taken from the suite's
// own delegate. Put yours in their place.
//   g++ @native/kit/backend.args -o backend.so
//   npx trt-conformance run --subject so:./backend.so

#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/platform/log.h>

#include <array>
#include <cstring>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "delegate/application/carry_out_budget.h"
#include "delegate/engine/execute_engine.h"
#include "delegate/engine/init_engine.h"
#include "delegate/engine/libraries.h"
#include "kit/budget_rules.h"

namespace {

using executorch::runtime::ArrayRef;
using executorch::runtime::BackendExecutionContext;
using executorch::runtime::BackendInitContext;
using executorch::runtime::BackendInterface;
using executorch::runtime::BackendOption;
using executorch::runtime::BackendOptionContext;
using executorch::runtime::CompileSpec;
using executorch::runtime::DelegateHandle;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::FreeableBuffer;
using executorch::runtime::Result;
using executorch::runtime::Span;

// The id that programs carry. With another one, the suite is told: --backend-id.
#ifndef KIT_BACKEND_ID
#define KIT_BACKEND_ID "TensorRTBackend"
#endif

class TensorRtEngine final : public kit::Engine {
 public:
  explicit TensorRtEngine(const wsb::Engine& engine) : engine_(engine) {}
  int64_t GetStreamableWeightsSize() override { return engine_.GetStreamableWeightsSize(); }
  int64_t GetWeightStreamingAutomaticBudget() override {
    return engine_.GetWeightStreamingAutomaticBudget();
  }
  bool SetWeightStreamingBudgetV2(int64_t budget) override {
    return engine_.SetWeightStreamingBudgetV2(budget);
  }

 private:
  const wsb::Engine& engine_;
};

// Neither keys nor texts of options need have an end of their own.
std::vector<kit::Option> Read(Span<const BackendOption> options) {
  std::vector<kit::Option> read;
  for (const BackendOption& option : options) {
    const std::string key(option.key, strnlen(option.key, sizeof(option.key)));
    if (const auto* text = std::get_if<std::array<char, 256>>(&option.value)) {
      read.push_back({kit::Option::kText, key, 0, {text->data(), strnlen(text->data(), 256)}});
    } else if (const int* number = std::get_if<int>(&option.value)) {
      read.push_back({kit::Option::kInt, key, *number, ""});
    } else {
      read.push_back({kit::Option::kBool, key, 0, ""});
    }
  }
  return read;
}

std::vector<kit::CompileSpec> Read(ArrayRef<CompileSpec> specs) {
  std::vector<kit::CompileSpec> read;
  for (const CompileSpec& spec : specs) {
    const char* const value = static_cast<const char*>(spec.value.buffer);
    if (spec.key != nullptr) {
      read.push_back({spec.key, value == nullptr ? "" : std::string(value, spec.value.nbytes)});
    }
  }
  return read;
}

class KitBackend final : public BackendInterface {
 public:
  bool is_available() const override {
    const wsb::TensorRt* const tensorrt = wsb::LoadedTensorRt();
    return tensorrt != nullptr && static_cast<bool>(tensorrt->CreateRuntime());
  }

  // Decodes the blob, deserializes the engine, calls wsb::CarryOutBudget(), creates the context.
  Result<DelegateHandle*> init(BackendInitContext& context, FreeableBuffer* processed,
                               ArrayRef<CompileSpec> specs) const override try {
    Result<wsb::EngineHandle*> handle = wsb::InitEngine(context, processed, specs);
    if (!handle.ok()) {
      return handle.error();
    }
    return static_cast<DelegateHandle*>(handle.get());
  } catch (const std::exception&) {
    return Error::MemoryAllocationFailed;
  }

  Error execute(BackendExecutionContext& /*context*/, DelegateHandle* handle,
                Span<EValue*> args) const override try {
    return wsb::ExecuteEngine(*static_cast<wsb::EngineHandle*>(handle), args);
  } catch (const std::exception&) {
    return Error::MemoryAllocationFailed;
  }

  // A budget is fixed until the method is loaded again; said, so that no host relies on a change.
  Error set_option(BackendOptionContext& /*context*/,
                   const Span<BackendOption>& /*options*/) override {
    return Error::NotSupported;
  }

  Error get_option(BackendOptionContext& /*context*/, Span<BackendOption>& /*options*/) override {
    return Error::NotSupported;
  }

  void destroy(DelegateHandle* handle) const override {
    static_cast<wsb::EngineHandle*>(handle)->~EngineHandle();
  }
};

[[maybe_unused]] const Error kRegistered =
    executorch::runtime::register_backend({KIT_BACKEND_ID, new KitBackend});

}  // namespace

// Called by wsb::InitEngine() between deserialization and the execution context.
Error wsb::CarryOutBudget(Span<const BackendOption> options, ArrayRef<CompileSpec> specs,
                          const Engine& engine, const DeviceRoom&, Fitting*) {
  TensorRtEngine asked(engine);
  const kit::Decision decision = kit::DecideBudget(Read(options), Read(specs), asked);
  if (decision.warned) {
    ET_LOG(Error, "weight_streaming_budget was not applied%s",
           decision.rejected ? "; the program is rejected" : "");
  }
  return decision.rejected ? Error::InvalidProgram : Error::Ok;
}
