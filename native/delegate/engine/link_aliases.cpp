#include "delegate/engine/link_aliases.h"

#include <executorch/runtime/platform/log.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace wsb {
namespace {

using executorch::runtime::Error;

template <typename Binding>
std::optional<size_t> IndexOf(const std::vector<Binding>& bindings, const std::string& name) {
  const auto found = std::find_if(bindings.begin(), bindings.end(),
                                  [&](const Binding& binding) { return binding.name == name; });
  if (found == bindings.end()) {
    return std::nullopt;
  }
  return static_cast<size_t>(found - bindings.begin());
}

bool HaveSameShape(const Engine& engine, const BlobAlias& alias) {
  const Dims output = engine.GetTensorShape(alias.output.c_str());
  const Dims input = engine.GetTensorShape(alias.input.c_str());
  return output.rank == input.rank && output.rank <= kMaxRank &&
         std::equal(output.extents, output.extents + std::max(output.rank, 0), input.extents);
}

// What is wrong with `alias` on this engine; null when nothing is.
const char* FaultOf(const Engine& engine, const BlobAlias& alias) {
  if (alias.kind == "kv_cache_update") {
    const char* const input = engine.GetAliasedInputTensor(alias.output.c_str());
    return input != nullptr && alias.input == input ? nullptr : "is not an alias of the engine's";
  }
  if (alias.kind == "user") {
    return HaveSameShape(engine, alias) ? nullptr : "has a different shape from its input";
  }
  return "is of an unknown kind";
}

}  // namespace

Error LinkAliases(const std::vector<BlobAlias>& aliases, EngineHandle& handle) {
  for (const BlobAlias& alias : aliases) {
    const std::optional<size_t> output = IndexOf(handle.outputs, alias.output);
    const std::optional<size_t> input = IndexOf(handle.inputs, alias.input);
    const char* const fault = output.has_value() && input.has_value()
                                  ? FaultOf(handle.engine, alias)
                                  : "names a tensor that is not a binding";
    if (fault != nullptr) {
      ET_LOG(Error, "alias of output '%s' to input '%s' (%s) %s", alias.output.c_str(),
             alias.input.c_str(), alias.kind.c_str(), fault);
      return Error::InvalidProgram;
    }
    handle.outputs[*output].aliased_input = *input;
    handle.inputs[*input].is_aliased = true;
  }
  return Error::Ok;
}

}  // namespace wsb
