#include "process/serve/forwarding_backend.h"

#include <executorch/runtime/backend/interface.h>

#include <cstddef>
#include <new>

#include "process/serve/command_line.h"

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
using executorch::runtime::get_backend_class;
using executorch::runtime::get_backend_name;
using executorch::runtime::get_num_registered_backends;
using executorch::runtime::Result;
using executorch::runtime::Span;

// What every ForwardingBackend passes calls on to; set once, before there is one.
BackendInterface* target = nullptr;

// Has no members, so that it fits into the place of any other backend.
class ForwardingBackend final : public BackendInterface {
 public:
  bool is_available() const override { return target->is_available(); }

  Result<DelegateHandle*> init(BackendInitContext& context, FreeableBuffer* processed,
                               ArrayRef<CompileSpec> compile_specs) const override {
    return target->init(context, processed, compile_specs);
  }

  Error execute(BackendExecutionContext& context, DelegateHandle* handle,
                Span<EValue*> args) const override {
    return target->execute(context, handle, args);
  }

  Error set_option(BackendOptionContext& context, const Span<BackendOption>& options) override {
    return target->set_option(context, options);
  }

  Error get_option(BackendOptionContext& context, Span<BackendOption>& options) override {
    return target->get_option(context, options);
  }

  void destroy(DelegateHandle* handle) const override { target->destroy(handle); }
};
static_assert(sizeof(ForwardingBackend) == sizeof(BackendInterface), "takes any backend's place");

std::string RegisteredBackends() {
  std::string names;
  for (size_t n = 0; n < get_num_registered_backends(); ++n) {
    const Result<const char*> name = get_backend_name(n);
    if (name.ok()) {
      names += (names.empty() ? "" : ", ") + std::string(*name);
    }
  }
  return names.empty() ? "none" : names;
}

}  // namespace

bool UseBackend(const std::string& id, std::string* error) {
  BackendInterface* const backend = get_backend_class(id.c_str());
  if (backend == nullptr) {
    *error = "the delegate did not register the backend " + id +
             "; --backend-id names another. Registered: " + RegisteredBackends();
    return false;
  }
  if (id == kProgramBackend) {
    return true;
  }
  target = backend;
  if (BackendInterface* const other = get_backend_class(kProgramBackend); other != nullptr) {
    // ExecuTorch keeps what is registered as long as the process lives, and takes no second one.
    new (other) ForwardingBackend;
    return true;
  }
  if (executorch::runtime::register_backend({kProgramBackend, new ForwardingBackend}) !=
      Error::Ok) {
    *error = "ExecuTorch has no room for another backend. Registered: " + RegisteredBackends();
    return false;
  }
  return true;
}

}  // namespace wsb
