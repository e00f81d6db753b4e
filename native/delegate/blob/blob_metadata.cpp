#include "delegate/blob/blob_metadata.h"

#include <optional>
#include <utility>

#include "delegate/blob/json_reader.h"

namespace wsb {
namespace {

// Reads a tensor's name: TensorRT takes it as a C string, so it has at least one byte and no NUL.
bool ReadName(const std::optional<JsonValue>& value, std::string* name) {
  std::optional<std::string> text = value.has_value() ? value->ToString() : std::nullopt;
  if (!text.has_value() || text->empty() || text->find('\0') != std::string::npos) {
    return false;
  }
  *name = std::move(*text);
  return true;
}

bool ReadBinding(const JsonValue& entry, BindingNames* names) {
  const auto [name, is_input] = entry.Members({"name", "is_input"});
  const std::optional<bool> direction = is_input.has_value() ? is_input->ToBool() : std::nullopt;
  if (!direction.has_value()) {
    return false;
  }
  std::vector<std::string>& list = *direction ? names->inputs : names->outputs;
  return ReadName(name, &list.emplace_back());
}

bool ReadAlias(const JsonValue& entry, BlobAlias* alias) {
  const auto [output, input, kind] = entry.Members({"output", "input", "kind"});
  if (kind.has_value()) {
    std::optional<std::string> text = kind->ToString();
    if (!text.has_value()) {
      return false;
    }
    alias->kind = std::move(*text);
  }
  return ReadName(output, &alias->output) && ReadName(input, &alias->input);
}

bool ReadDeviceId(const JsonValue& value, int32_t* device_id) {
  const std::optional<int32_t> number = value.ToInt32();
  *device_id = number.value_or(-1);
  return *device_id >= 0;
}

}  // namespace

bool ReadBlobMetadata(std::string_view json, BlobMetadata* metadata) {
  const std::optional<JsonValue> document = ParseJson(json);
  if (!document.has_value()) {
    return false;
  }
  const auto [bindings, aliases, hardware_compatible, device_id] =
      document->Members({"io_bindings", "aliased_io", "hardware_compatible", "device_id"});
  const auto read_binding = [&](const JsonValue& entry) {
    return ReadBinding(entry, &metadata->bindings);
  };
  const auto read_alias = [&](const JsonValue& entry) {
    return ReadAlias(entry, &metadata->aliases.emplace_back());
  };
  return bindings.has_value() && bindings->ForEachElement(read_binding) &&
         (!aliases.has_value() || aliases->ForEachElement(read_alias)) &&
         (!hardware_compatible.has_value() || hardware_compatible->ToBool().has_value()) &&
         (!device_id.has_value() || ReadDeviceId(*device_id, &metadata->device_id));
}

}  // namespace wsb
