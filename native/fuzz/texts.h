// What readers say of values, alike in C++ and in TypeScript (conformance/fuzz/targets/texts.ts).

#ifndef WSB_NATIVE_FUZZ_TEXTS_H_
#define WSB_NATIVE_FUZZ_TEXTS_H_

#include <string>
#include <string_view>

namespace wsb {

// Bytes as lower-case hexadecimal, two digits a byte.
inline std::string HexText(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += kDigits[value >> 4];
    text += kDigits[value & 15];
  }
  return text;
}

}  // namespace wsb

#endif  // WSB_NATIVE_FUZZ_TEXTS_H_
