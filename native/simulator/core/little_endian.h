// Numbers out of bytes.

#ifndef WSB_NATIVE_SIMULATOR_CORE_LITTLE_ENDIAN_H_
#define WSB_NATIVE_SIMULATOR_CORE_LITTLE_ENDIAN_H_

#include <cstdint>
#include <cstring>

namespace wsb {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "numbers are copied as they lie in memory");

// The little-endian number at `bytes`, which need not be aligned.
template <typename T>
T LoadLittleEndian(const uint8_t* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(value));
  return value;
}

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_LITTLE_ENDIAN_H_
