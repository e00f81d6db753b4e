// The delegate as ExecuTorch sees it, registered under the name that programs carry.

#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/platform/log.h>

#include <exception>
#include <new>

#include "delegate/engine/engine_handle.h"
#include "delegate/engine/execute_engine.h"
#include "delegate/engine/init_engine.h"
#include "delegate/engine/libraries.h"
#include "delegate/engine/set_option.h"

// The name that programs carry, unless it is taken in the process for which this is built.
#ifndef WSB_BACKEND_ID
#define WSB_BACKEND_ID "TensorRTBackend"
#endif

namespace wsb {
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

// Runs `body` and turns what it throws into an error: ExecuTorch is built without exceptions.
template <typename Body>
auto WithoutExceptions(Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    ET_LOG(Error, "the host is out of memory");
    return Error::MemoryAllocationFailed;
  } catch (const std::exception& exception) {
    ET_LOG(Error, "unexpected: %s", exception.what());
    return Error::Internal;
  }
}

Error Registration();

// All that a delegate has is in its handle, so threads may use different ones at once; the options
// of the process have locks of their own.
class TensorRTBackend final : public BackendInterface {
 public:
  // Whether TensorRT can make a runtime. ExecuTorch asks once for each delegate, and answers a load
  // with NotFound when it can't (WSB-FAIL-06).
  bool is_available() const override {
    const TensorRt* const tensorrt = Registration() == Error::Ok ? LoadedTensorRt() : nullptr;
    return tensorrt != nullptr && static_cast<bool>(tensorrt->CreateRuntime());
  }

  // See InitEngine().
  Result<DelegateHandle*> init(BackendInitContext& context, FreeableBuffer* processed,
                               ArrayRef<CompileSpec> compile_specs) const override {
    if (Registration() != Error::Ok) {
      return Registration();
    }
    return WithoutExceptions([&]() -> Result<DelegateHandle*> {
      Result<EngineHandle*> handle = InitEngine(context, processed, compile_specs);
      if (!handle.ok()) {
        return handle.error();
      }
      return static_cast<DelegateHandle*>(handle.get());
    });
  }

  // See ExecuteEngine().
  Error execute(BackendExecutionContext&, DelegateHandle* handle,
                Span<EValue*> args) const override {
    if (handle == nullptr) {
      ET_LOG(Error, "there is no engine to execute");
      return Error::InvalidArgument;
    }
    return WithoutExceptions(
        [&]() -> Error { return ExecuteEngine(*static_cast<EngineHandle*>(handle), args); });
  }

  // See SetOption().
  Error set_option(BackendOptionContext&, const Span<BackendOption>& options) override {
    return WithoutExceptions([&] { return SetOption({options.data(), options.size()}); });
  }

  // See GetOption().
  Error get_option(BackendOptionContext&, Span<BackendOption>& options) override {
    return GetOption(options);
  }

  // Leaves nothing alive (WSB-FAIL-05); the memory of the handle itself is the runtime allocator's.
  void destroy(DelegateHandle* handle) const override {
    if (handle != nullptr) {
      static_cast<EngineHandle*>(handle)->~EngineHandle();
    }
  }
};

// Registers the backend, at the latest at the first call; what that gave.
Error Registration() {
  static TensorRTBackend* const backend = new TensorRTBackend;
  static const Error result = executorch::runtime::register_backend({WSB_BACKEND_ID, backend});
  return result;
}

[[maybe_unused]] const Error kRegisteredAtLoad = Registration();

}  // namespace
}  // namespace wsb
