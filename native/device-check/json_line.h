// Lines of JSON on standard output.

#ifndef WSB_NATIVE_DEVICE_CHECK_JSON_LINE_H_
#define WSB_NATIVE_DEVICE_CHECK_JSON_LINE_H_

#include <cstdint>
#include <cstdio>
#include <string>

namespace wsb {

// One flat object. Numbers are written as decimal strings, because they may exceed what a reader of
// JSON keeps; texts must need no escaping.
class JsonLine {
 public:
  JsonLine& Text(const char* name, const std::string& value) {
    text_ += (text_.empty() ? "{\"" : ",\"") + std::string(name) + "\":\"" + value + '"';
    return *this;
  }
  JsonLine& Number(const char* name, int64_t value) { return Text(name, std::to_string(value)); }
  JsonLine& Flag(const char* name, bool value) {
    text_ +=
        (text_.empty() ? "{\"" : ",\"") + std::string(name) + "\":" + (value ? "true" : "false");
    return *this;
  }
  // Written through: the process may crash next.
  void Print() const {
    std::printf("%s}\n", text_.c_str());
    std::fflush(stdout);
  }

 private:
  std::string text_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_DEVICE_CHECK_JSON_LINE_H_
