// Reads JSON, and walks over all of it.

#include <utility>
#include <vector>

#include "delegate/blob/json_reader.h"
#include "fuzz/fuzz.h"
#include "fuzz/texts.h"

namespace wsb {
namespace {

std::string ValueText(const JsonValue& value);

// Of equal names the first gives the place and the last the value.
std::string MembersText(const JsonValue& value) {
  std::vector<std::pair<std::string, std::string>> members;
  value.ForEachMember([&](const JsonValue& name, const JsonValue& each) {
    const std::string text = name.ToString().value_or("");
    Require(name.Equals(text));
    for (auto& [known, member] : members) {
      if (known == text) {
        member = ValueText(each);
        return;
      }
    }
    members.emplace_back(text, ValueText(each));
  });
  std::string text;
  for (const auto& [name, member] : members) {
    text += HexText(name) + ':' + member + ',';
  }
  return text;
}

// An empty object, null, and a number that is no int32_t are told apart by nobody.
std::string ValueText(const JsonValue& value) {
  if (value.IsString()) {
    return '"' + HexText(value.ToString().value_or("")) + '"';
  }
  if (const std::optional<bool> boolean = value.ToBool(); boolean.has_value()) {
    return *boolean ? "true" : "false";
  }
  if (const std::optional<int32_t> number = value.ToInt32(); number.has_value()) {
    return std::to_string(*number);
  }
  std::string items;
  if (value.ForEachElement([&](const JsonValue& each) {
        items += ValueText(each) + ',';
        return true;
      })) {
    return '[' + items + ']';
  }
  const std::string members = MembersText(value);
  return members.empty() ? "other" : '{' + members + '}';
}

}  // namespace

std::string ReadInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::optional<JsonValue> document = ParseJson(text);
  return document.has_value() ? ValueText(*document) : kRefused;
}

}  // namespace wsb
