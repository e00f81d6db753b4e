// Reads the command lines of the tools, which say the same of the same mistakes.

#ifndef WSB_NATIVE_COMMON_COMMAND_OPTIONS_H_
#define WSB_NATIVE_COMMON_COMMAND_OPTIONS_H_

#include <charconv>
#include <functional>
#include <limits>
#include <string>
#include <system_error>
#include <vector>

namespace wsb {

// One option: `read` takes its value, and says whether it can be that. One without `read` is a
// flag.
struct CommandOption {
  std::string name;
  std::function<bool(const std::string& value)> read;
  bool* flag = nullptr;
};

// Decimal digits that make a number in [lowest, highest].
template <typename Integer>
bool ReadNumber(const std::string& text, Integer* value, Integer lowest,
                Integer highest = std::numeric_limits<Integer>::max()) {
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, *value);
  return result.ec == std::errc() && result.ptr == end && *value >= lowest && *value <= highest;
}

// Reads a value into `text`, which may not be empty.
inline std::function<bool(const std::string&)> TextInto(std::string* text) {
  return [text](const std::string& value) {
    *text = value;
    return !value.empty();
  };
}

// Reads a number in [lowest, highest] into `value`.
template <typename Integer>
std::function<bool(const std::string&)> NumberInto(
    Integer* value, Integer lowest, Integer highest = std::numeric_limits<Integer>::max()) {
  return [=](const std::string& text) { return ReadNumber(text, value, lowest, highest); };
}

// Reads `words` as options. False when they make no sense; `error` then says which.
inline bool ReadOptions(const std::vector<std::string>& words,
                        const std::vector<CommandOption>& options, std::string* error) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& name = words[i];
    const CommandOption* found = nullptr;
    for (const CommandOption& option : options) {
      found = option.name == name ? &option : found;
    }
    if (found == nullptr) {
      *error = "there is no option " + name;
      return false;
    }
    if (found->flag != nullptr) {
      *found->flag = true;
      continue;
    }
    if (i + 1 == words.size()) {
      *error = name + " needs a value";
      return false;
    }
    if (!found->read(words[++i])) {
      *error = name + " can't be \"" + words[i] + "\"";
      return false;
    }
  }
  return true;
}

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_COMMAND_OPTIONS_H_
