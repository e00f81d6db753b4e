// Lines of JSON on standard output.

#ifndef WSB_NATIVE_COMMON_JSON_LINE_H_
#define WSB_NATIVE_COMMON_JSON_LINE_H_

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace wsb {

// One flat object, printed as a line when it is complete. Numbers that may exceed what a reader of
// JSON keeps are decimal strings.
class JsonLine {
 public:
  JsonLine& Flag(const char* name, bool value) { return AddRaw(name, value ? "true" : "false"); }
  JsonLine& Count(const char* name, unsigned value) { return AddRaw(name, std::to_string(value)); }
  JsonLine& Number(const char* name, int64_t value) {
    return AddRaw(name, '"' + std::to_string(value) + '"');
  }
  JsonLine& Numbers(const char* name, const std::vector<int64_t>& values) {
    std::string list;
    for (const int64_t value : values) {
      list += (list.empty() ? "\"" : ",\"") + std::to_string(value) + '"';
    }
    return AddRaw(name, '[' + list + ']');
  }
  JsonLine& Times(const char* name, const std::vector<double>& microseconds) {
    std::string list;
    for (const double time : microseconds) {
      char text[32];
      std::snprintf(text, sizeof(text), "%s%.2f", list.empty() ? "" : ",", time);
      list += text;
    }
    return AddRaw(name, '[' + list + ']');
  }
  // `value` in printable ASCII; other characters become question marks.
  JsonLine& Text(const char* name, const std::string& value) {
    std::string quoted;
    for (const char c : value) {
      quoted += c == '"' || c == '\\' ? "\\" : "";
      quoted += c < ' ' || c > '~' ? '?' : c;
    }
    return AddRaw(name, '"' + quoted + '"');
  }

  // Written through: the process may crash next.
  void Print() const {
    std::printf("{%s}\n", members_.c_str());
    std::fflush(stdout);
  }

 private:
  JsonLine& AddRaw(const char* name, const std::string& value) {
    members_ += (members_.empty() ? "\"" : ",\"") + std::string(name) + "\":" + value;
    return *this;
  }

  std::string members_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_JSON_LINE_H_
