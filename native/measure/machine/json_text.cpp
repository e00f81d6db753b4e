#include "measure/machine/json_text.h"

namespace wsb {

std::string JsonText(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += c < ' ' || c > '~' ? '?' : c;
  }
  return quoted + '"';
}

}  // namespace wsb
