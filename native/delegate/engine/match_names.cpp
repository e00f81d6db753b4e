#include "delegate/engine/match_names.h"

#include <executorch/runtime/platform/log.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wsb {
namespace {

using executorch::runtime::Error;
using Names = std::set<std::string_view>;

// What is wrong with a tensor that the metadata names; null when nothing is. Those before it are in
// `names`, and it is then one of them.
const char* FaultOf(const Engine& engine, const std::string& name, TensorIoMode mode,
                    Names& names) {
  if (!names.insert(name).second) {
    return "stands there twice";
  }
  return engine.GetTensorIoMode(name.c_str()) == mode ? nullptr : "is not so in the engine";
}

// A tensor of the engine that is not in `names`; null when there is none.
const char* LeftOut(const Engine& engine, const Names& names) {
  const int32_t count = engine.GetNbIoTensors();
  for (int32_t index = 0; index < count; ++index) {
    const char* const name = engine.GetIoTensorName(index);
    if (name != nullptr && names.count(name) == 0) {
      return name;
    }
  }
  return nullptr;
}

template <typename Binding>
Error MatchEach(const Engine& engine, const std::vector<Binding>& bindings, TensorIoMode mode,
                Names& names) {
  for (const Binding& binding : bindings) {
    if (const char* const fault = FaultOf(engine, binding.name, mode, names); fault != nullptr) {
      ET_LOG(Error, "the metadata names the %s '%s', which %s",
             mode == TensorIoMode::kInput ? "input" : "output", binding.name.c_str(), fault);
      return Error::InvalidProgram;
    }
  }
  return Error::Ok;
}

}  // namespace

Error MatchNames(const EngineHandle& handle) {
  Names names;
  ET_CHECK_OK_OR_RETURN_ERROR(
      MatchEach(handle.engine, handle.inputs, TensorIoMode::kInput, names));
  ET_CHECK_OK_OR_RETURN_ERROR(
      MatchEach(handle.engine, handle.outputs, TensorIoMode::kOutput, names));
  if (const char* const name = LeftOut(handle.engine, names); name != nullptr) {
    ET_LOG(Error, "the metadata does not name '%s' of the engine", name);
    return Error::InvalidProgram;
  }
  return Error::Ok;
}

}  // namespace wsb
