#include "host/module_host.h"

#include <algorithm>
#include <memory>

namespace wsb {
namespace {

using executorch::runtime::DataLoader;
using executorch::runtime::Error;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Method;
using executorch::runtime::MethodMeta;
using executorch::runtime::Program;
using executorch::runtime::Result;

constexpr size_t kMaxMethodBytes = size_t{256} << 20;
constexpr size_t kMaxTemporaryBytes = size_t{64} << 20;

}  // namespace

ModuleHost::ModuleHost(std::unique_ptr<DataLoader> loader, MethodMemoryPool* pool)
    : pool_(pool),
      module_(std::move(loader),
              std::make_unique<ArenaAllocator>(kMaxMethodBytes),
              std::make_unique<ArenaAllocator>(kMaxTemporaryBytes)) {}

ModuleHost::~ModuleHost() {
  while (!methods_.empty()) {
    Unload(std::string(methods_.back().first));
  }
}

Error ModuleHost::LoadProgram(const LoadBackendOptionsMap* options,
                              Program::Verification verification) {
  return options == nullptr ? module_.load(verification) : module_.load(*options, verification);
}

Error ModuleHost::Load(const std::string& name, const LoadBackendOptionsMap* options) {
  if (module_.is_method_loaded(name)) {
    // Does nothing; the module says so itself.
    return module_.load_method(name, nullptr, nullptr, options);
  }
  const Result<MethodMeta> meta = module_.method_meta(name);
  if (!meta.ok()) {
    return meta.error();
  }
  MethodMemory* const memory = pool_->Take();
  Error error = memory->Prepare(*meta);
  if (error == Error::Ok) {
    error = module_.load_method(name, memory->planned(), /*event_tracer=*/nullptr, options);
  }
  if (error == Error::Ok) {
    methods_.emplace_back(name, memory);
  } else {
    pool_->Give(memory);
  }
  return error;
}

Method* ModuleHost::Find(const std::string& name) {
  if (!module_.is_method_loaded(name)) {
    return nullptr;
  }
#pragma GCC diagnostic push
// Deprecated for those who only want to run it; there is no other way to its tensors.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  const Result<Method*> method = module_.method(name);
#pragma GCC diagnostic pop
  return method.ok() ? *method : nullptr;
}

void ModuleHost::Unload(const std::string& name) {
  const auto loaded = std::find_if(methods_.begin(), methods_.end(),
                                   [&](const auto& each) { return each.first == name; });
  if (loaded != methods_.end()) {
    module_.unload_method(name);
    pool_->Give(loaded->second);
    methods_.erase(loaded);
  }
}

}  // namespace wsb
