#include "process/serve/hello.h"

#include <cstdio>
#include <optional>

#include "delegate/blob/json_reader.h"

namespace wsb {
namespace {

constexpr int kVersion = 1;

// `text` as a JSON string, quotes included. Trusts it to be UTF-8.
std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') {
      quoted += '\\';
      quoted += byte;
    } else if (static_cast<unsigned char>(byte) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x", static_cast<unsigned>(byte));
      quoted += escape;
    } else {
      quoted += byte;
    }
  }
  return quoted + '"';
}

// Members as they stand between the braces of an object.
template <typename Pairs, typename Text>
std::string Members(const Pairs& pairs, Text text) {
  std::string members;
  for (const auto& [name, value] : pairs) {
    members += (members.empty() ? "" : ",") + Quote(name) + ':' + text(value);
  }
  return members;
}

template <typename Matches>
bool HasElement(const std::optional<JsonValue>& array, Matches matches) {
  bool found = false;
  return array.has_value() && array->ForEachElement([&](const JsonValue& element) {
    found = found || matches(element);
    return true;
  }) && found;
}

}  // namespace

bool ReadHello(std::string_view line, RunnerHello* hello, std::string* error) {
  const std::optional<JsonValue> document = ParseJson(line);
  if (!document.has_value()) {
    *error = "the first line is not JSON";
    return false;
  }
  const auto [message, versions, framings, flush, progress] =
      document->Members({"message", "versions", "framings", "flush", "progress"});
  if (!message.has_value() || !message->Equals("hello")) {
    *error = "the first message is not a hello";
    return false;
  }
  if (!HasElement(versions, [](const JsonValue& each) { return each.ToInt32() == kVersion; })) {
    *error = "the runner does not speak version 1, the only one that this subject knows";
    return false;
  }
  if (!HasElement(framings, [](const JsonValue& each) { return each.Equals("binary"); })) {
    *error = "the runner does not offer binary frames, the only ones that this subject writes";
    return false;
  }
  if (!flush.has_value() || !(flush->Equals("each") || flush->Equals("batch"))) {
    *error = "the hello has no flush";
    return false;
  }
  hello->flush_each = flush->Equals("each");
  hello->progress = progress.has_value() ? progress->ToString().value_or("") : "";
  return true;
}

std::string WriteHello(const SubjectHello& hello) {
  const auto quoted = [](const std::string& value) { return Quote(value); };
  const auto word = [](bool value) { return std::string(value ? "true" : "false"); };
  return R"({"message":"hello","version":1,"framing":"binary","name":)" + Quote(hello.name) +
         (hello.policy.empty() ? "" : R"(,"policy":)" + Quote(hello.policy)) + R"(,"versions":{)" +
         Members(hello.versions, quoted) + R"(},"capabilities":{)" +
         Members(hello.capabilities, word) + "}}";
}

std::string WriteFailure(std::string_view reason) {
  return R"({"message":"failure","seq":null,"reason":)" + Quote(reason) + '}';
}

}  // namespace wsb
