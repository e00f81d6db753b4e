// What the tools print: lines of JSON.

#ifndef WSB_NATIVE_COMMON_JSON_LINE_H_
#define WSB_NATIVE_COMMON_JSON_LINE_H_

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace wsb {

// An object, a member after another. Numbers that may not fit a double are written as text.
class JsonLine {
 public:
  // `value` in printable ASCII; other characters become question marks.
  JsonLine& Text(const char* name, const std::string& value) {
    std::string quoted;
    for (const char c : value) {
      quoted += c == '"' || c == '\\' ? "\\" : "";
      quoted += c < ' ' || c > '~' ? '?' : c;
    }
    return Json(name, '"' + quoted + '"');
  }
  JsonLine& Flag(const char* name, bool value) { return Json(name, value ? "true" : "false"); }
  JsonLine& Number(const char* name, unsigned value) { return Json(name, std::to_string(value)); }
  JsonLine& Decimal(const char* name, int64_t value) { return Text(name, std::to_string(value)); }
  JsonLine& Decimals(const char* name, const std::vector<int64_t>& values) {
    std::string list;
    for (const int64_t value : values) {
      list += (list.empty() ? "\"" : ",\"") + std::to_string(value) + '"';
    }
    return Json(name, '[' + list + ']');
  }
  JsonLine& Times(const char* name, const std::vector<double>& microseconds) {
    std::string list;
    for (const double time : microseconds) {
      char text[32];
      std::snprintf(text, sizeof(text), "%s%.2f", list.empty() ? "" : ",", time);
      list += text;
    }
    return Json(name, '[' + list + ']');
  }
  // `json` as it is.
  JsonLine& Json(const char* name, const std::string& json) {
    members_ += (members_.empty() ? "\"" : ",\"") + std::string(name) + "\":" + json;
    return *this;
  }

  std::string Object() const { return '{' + members_ + '}'; }

  // Prints the object as a line on standard output, through: the process may crash next.
  void Print() const {
    std::printf("%s\n", Object().c_str());
    std::fflush(stdout);
  }

 private:
  std::string members_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_JSON_LINE_H_
