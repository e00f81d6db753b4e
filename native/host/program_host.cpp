#include "host/program_host.h"

#include <utility>

namespace wsb {

using executorch::runtime::Error;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Method;
using executorch::runtime::MethodMeta;
using executorch::runtime::Result;

ProgramHost::~ProgramHost() {
  for (auto loaded = methods_.rbegin(); loaded != methods_.rend(); ++loaded) {
    if (loaded->has_value()) {
      MethodMemory* const memory = (*loaded)->memory;
      loaded->reset();
      pool_->Give(memory);
    }
  }
}

Error ProgramHost::Load(const std::string& name, const LoadBackendOptionsMap* options) {
  Unload(name);
  const Result<MethodMeta> meta = program_->method_meta(name.c_str());
  if (!meta.ok()) {
    return meta.error();
  }
  MethodMemory* const memory = pool_->Take();
  const Error prepared = memory->Prepare(*meta);
  if (prepared != Error::Ok) {
    pool_->Give(memory);
    return prepared;
  }
  Result<Method> method =
      program_->load_method(name.c_str(), memory->manager(), /*event_tracer=*/nullptr,
                            /*named_data_map=*/nullptr, options);
  if (!method.ok()) {
    pool_->Give(memory);
    return method.error();
  }
  methods_.emplace_back(Loaded{name, memory, std::move(*method)});
  return Error::Ok;
}

Method* ProgramHost::Find(const std::string& name) {
  const std::optional<size_t> index = IndexOf(name);
  return index.has_value() ? &methods_[*index]->method : nullptr;
}

void ProgramHost::Unload(const std::string& name) {
  const std::optional<size_t> index = IndexOf(name);
  if (index.has_value()) {
    MethodMemory* const memory = methods_[*index]->memory;
    methods_[*index].reset();
    pool_->Give(memory);
  }
}

std::optional<size_t> ProgramHost::IndexOf(const std::string& name) const {
  for (size_t n = 0; n < methods_.size(); ++n) {
    if (methods_[n].has_value() && methods_[n]->name == name) {
      return n;
    }
  }
  return std::nullopt;
}

}  // namespace wsb
