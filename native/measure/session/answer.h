// The answers of a measuring session: lines of JSON.

#ifndef WSB_NATIVE_MEASURE_SESSION_ANSWER_H_
#define WSB_NATIVE_MEASURE_SESSION_ANSWER_H_

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace wsb {

// An object that is printed as a line when it is complete. Numbers that may not fit a double are
// text.
class Answer {
 public:
  Answer& Add(const char* name, bool value) { return AddRaw(name, value ? "true" : "false"); }
  Answer& Add(const char* name, unsigned value) { return AddRaw(name, std::to_string(value)); }
  Answer& AddBytes(const char* name, int64_t value) {
    return AddRaw(name, '"' + std::to_string(value) + '"');
  }
  Answer& AddBytes(const char* name, const std::vector<int64_t>& values) {
    std::string list;
    for (const int64_t value : values) {
      list += (list.empty() ? "\"" : ",\"") + std::to_string(value) + '"';
    }
    return AddRaw(name, '[' + list + ']');
  }
  Answer& AddTimes(const char* name, const std::vector<double>& microseconds) {
    std::string list;
    for (const double time : microseconds) {
      char text[32];
      std::snprintf(text, sizeof(text), "%s%.2f", list.empty() ? "" : ",", time);
      list += text;
    }
    return AddRaw(name, '[' + list + ']');
  }
  // `value` in printable ASCII; other characters become question marks.
  Answer& AddText(const char* name, const std::string& value) {
    std::string quoted;
    for (const char c : value) {
      quoted += c == '"' || c == '\\' ? "\\" : "";
      quoted += c < ' ' || c > '~' ? '?' : c;
    }
    return AddRaw(name, '"' + quoted + '"');
  }

  void Print() const {
    std::printf("{%s}\n", members_.c_str());
    std::fflush(stdout);
  }

 private:
  Answer& AddRaw(const char* name, const std::string& value) {
    members_ += (members_.empty() ? "\"" : ",\"") + std::string(name) + "\":" + value;
    return *this;
  }

  std::string members_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_SESSION_ANSWER_H_
