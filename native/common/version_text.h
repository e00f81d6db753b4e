// TensorRT versions as messages name them.

#ifndef WSB_NATIVE_COMMON_VERSION_TEXT_H_
#define WSB_NATIVE_COMMON_VERSION_TEXT_H_

#include <cstdint>
#include <string>

namespace wsb {

// A version as getInferLibVersion() returns it, such as 100600, as 10.6.0.
inline std::string VersionText(int32_t version) {
  return std::to_string(version / 10000) + '.' + std::to_string(version / 100 % 100) + '.' +
         std::to_string(version % 100);
}

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_VERSION_TEXT_H_
