// Whether bytes are UTF-8.

#ifndef WSB_NATIVE_SIMULATOR_CORE_UTF8_H_
#define WSB_NATIVE_SIMULATOR_CORE_UTF8_H_

#include <string_view>

namespace wsb {

// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_UTF8_H_
