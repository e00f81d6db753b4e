#include "delegate/blob/binding_names.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wsb {
namespace {

// The number behind the last '.' or '_' of `name`, if that is all there is and below `limit`.
std::optional<size_t> PlaceOf(std::string_view name, size_t limit) {
  const size_t delimiter = name.find_last_of("._");
  if (delimiter == std::string_view::npos || delimiter + 1 == name.size()) {
    return std::nullopt;
  }
  size_t place = 0;
  for (const char c : name.substr(delimiter + 1)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    place = place * 10 + static_cast<size_t>(c - '0');
    if (place >= limit) {
      return std::nullopt;
    }
  }
  return place;
}

// False when `place` is taken.
bool Put(std::string_view name, size_t place, std::vector<std::string>& names) {
  if (names.size() <= place) {
    names.resize(place + 1);
  }
  if (!names[place].empty()) {
    return false;
  }
  names[place] = name;
  return true;
}

bool HasGaps(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return name.empty(); });
}

}  // namespace

bool InferBindingNames(const Engine& engine, BindingNames* names) {
  const int32_t count = engine.GetNbIoTensors();
  for (int32_t index = 0; index < count; ++index) {
    const char* const name = engine.GetIoTensorName(index);
    if (name == nullptr) {
      return false;
    }
    const std::optional<size_t> place = PlaceOf(name, static_cast<size_t>(count));
    if (!place.has_value()) {
      return false;
    }
    const bool is_input = engine.GetTensorIoMode(name) == TensorIoMode::kInput;
    if (!Put(name, *place, is_input ? names->inputs : names->outputs)) {
      return false;
    }
  }
  return !HasGaps(names->inputs) && !HasGaps(names->outputs);
}

}  // namespace wsb
