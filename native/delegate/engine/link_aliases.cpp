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

bool HaveSameType(const Engine& engine, const BlobAlias& alias) {
  return engine.GetTensorDataType(alias.output.c_str()) ==
         engine.GetTensorDataType(alias.input.c_str());
}

// What is wrong with the kind of `alias` on this engine; null when nothing is.
const char* FaultOfKind(const Engine& engine, const BlobAlias& alias) {
  if (alias.kind == "kv_cache_update") {
    const char* const input = engine.GetAliasedInputTensor(alias.output.c_str());
    return input != nullptr && alias.input == input ? nullptr : "is not an alias of the engine's";
  }
  if (alias.kind == "user") {
    return HaveSameShape(engine, alias) ? nullptr : "has a different shape from its input";
  }
  return "is of an unknown kind";
}

// What is wrong with an alias beside those before it, which were linked; null when nothing is.
// Each output has one place, and each place one output.
const char* FaultBeside(const OutputBinding& output, const InputBinding& input) {
  if (output.aliased_input.has_value()) {
    return "aliases an output that has an alias already";
  }
  return input.is_aliased ? "aliases an input that has an alias already" : nullptr;
}

const char* FaultOf(const Engine& engine, const BlobAlias& alias, const OutputBinding& output,
                    const InputBinding& input) {
  if (const char* const fault = FaultOfKind(engine, alias); fault != nullptr) {
    return fault;
  }
  if (const char* const fault = FaultBeside(output, input); fault != nullptr) {
    return fault;
  }
  // Elements of another type can need more bytes than the input has.
  return HaveSameType(engine, alias) ? nullptr : "has a different element type from its input";
}

// Whether the engine writes `output` over an input that no alias gave it: the two would get memory
// of their own, and what the engine keeps there would be lost or written elsewhere (WSB-BLOB-27).
bool IsLeftOut(const EngineHandle& handle, const OutputBinding& output) {
  const char* const input = handle.engine.GetAliasedInputTensor(output.name.c_str());
  return input != nullptr && (!output.aliased_input.has_value() ||
                              handle.inputs[*output.aliased_input].name != input);
}

}  // namespace

Error LinkAliases(const std::vector<BlobAlias>& aliases, EngineHandle& handle) {
  for (const BlobAlias& alias : aliases) {
    const std::optional<size_t> output = IndexOf(handle.outputs, alias.output);
    const std::optional<size_t> input = IndexOf(handle.inputs, alias.input);
    const char* const fault =
        output.has_value() && input.has_value()
            ? FaultOf(handle.engine, alias, handle.outputs[*output], handle.inputs[*input])
            : "names a tensor that is not a binding";
    if (fault != nullptr) {
      ET_LOG(Error, "alias of output '%s' to input '%s' (%s) %s", alias.output.c_str(),
             alias.input.c_str(), alias.kind.c_str(), fault);
      return Error::InvalidProgram;
    }
    handle.outputs[*output].aliased_input = *input;
    handle.inputs[*input].is_aliased = true;
  }
  for (const OutputBinding& output : handle.outputs) {
    if (IsLeftOut(handle, output)) {
      ET_LOG(Error, "the metadata lacks the engine's own alias of output '%s'",
             output.name.c_str());
      return Error::InvalidProgram;
    }
  }
  return Error::Ok;
}

}  // namespace wsb
