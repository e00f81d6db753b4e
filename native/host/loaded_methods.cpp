#include "host/loaded_methods.h"

#include <utility>

namespace wsb {

using executorch::runtime::Error;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::MemoryAllocator;
using executorch::runtime::Method;
using executorch::runtime::MethodMeta;
using executorch::runtime::Program;
using executorch::runtime::Result;

LoadedMethods::~LoadedMethods() {
  for (size_t n = methods_.size(); n > 0; --n) {
    Destroy(n - 1);
  }
}

Error LoadedMethods::Load(const Program& program, const std::string& name,
                          const LoadBackendOptionsMap* options, MemoryAllocator* shared) {
  const Result<MethodMeta> meta = program.method_meta(name.c_str());
  if (!meta.ok()) {
    return meta.error();
  }
  MethodMemory* const memory = pool_->Take();
  const Error prepared = memory->Prepare(*meta, shared);
  if (prepared != Error::Ok) {
    pool_->Give(memory);
    return prepared;
  }
  Result<Method> method =
      program.load_method(name.c_str(), memory->manager(), /*event_tracer=*/nullptr,
                          /*named_data_map=*/nullptr, options);
  if (!method.ok()) {
    pool_->Give(memory);
    return method.error();
  }
  methods_.emplace_back(Loaded{name, memory, std::move(*method)});
  return Error::Ok;
}

Method* LoadedMethods::Find(const std::string& name) {
  const std::optional<size_t> index = IndexOf(name);
  return index.has_value() ? &methods_[*index]->method : nullptr;
}

void LoadedMethods::Unload(const std::string& name) {
  const std::optional<size_t> index = IndexOf(name);
  if (index.has_value()) {
    Destroy(*index);
  }
}

std::optional<size_t> LoadedMethods::IndexOf(const std::string& name) const {
  for (size_t n = methods_.size(); n > 0; --n) {
    if (methods_[n - 1].has_value() && methods_[n - 1]->name == name) {
      return n - 1;
    }
  }
  return std::nullopt;
}

void LoadedMethods::Destroy(size_t index) {
  if (methods_[index].has_value()) {
    MethodMemory* const memory = methods_[index]->memory;
    methods_[index].reset();
    pool_->Give(memory);
  }
}

}  // namespace wsb
