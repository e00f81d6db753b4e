#include "measure/machine/arguments.h"

#include <charconv>
#include <cstring>

namespace wsb {
namespace {

template <typename Number>
bool ReadNumber(const char* text, Number* number) {
  const char* const end = text + std::strlen(text);
  const auto [at, fault] = std::from_chars(text, end, *number);
  return fault == std::errc() && at == end && *number > 0;
}

}  // namespace

bool ReadMeasureArguments(int count, char** words, MeasureArguments* arguments,
                          std::string* error) {
  MachinePaths& machine = arguments->machine;
  const struct {
    const char* name;
    std::string* value;
    bool required;
  } texts[] = {
      {"--delegate", &machine.delegate, true}, {"--tensorrt", &machine.tensorrt, true},
      {"--cudart", &machine.cudart, true},     {"--program", &arguments->program, true},
      {"--plan", &arguments->plan, true},      {"--simulator", &machine.simulator, false},
  };
  for (int n = 0; n < count; n += 2) {
    const std::string name = words[n];
    const char* const value = n + 1 < count ? words[n + 1] : "";
    bool known = false;
    for (const auto& text : texts) {
      if (name == text.name) {
        *text.value = value;
        known = !text.value->empty();
      }
    }
    known = known || (name == "--simulated-bytes" && ReadNumber(value, &machine.simulated_bytes));
    if (!known) {
      *error = "unknown option or missing value: " + name;
      return false;
    }
  }
  for (const auto& text : texts) {
    if (text.required && text.value->empty()) {
      *error = std::string(text.name) + " is missing";
      return false;
    }
  }
  return true;
}

}  // namespace wsb
