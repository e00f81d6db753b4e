// CRC-32 as in zlib (IEEE 802.3), the checksum of scripted plans.

#ifndef WSB_NATIVE_SIMULATOR_CORE_CRC32_H_
#define WSB_NATIVE_SIMULATOR_CORE_CRC32_H_

#include <cstddef>
#include <cstdint>

namespace wsb {

// The checksum of `size` bytes.
uint32_t Crc32(const uint8_t* bytes, size_t size);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_CRC32_H_
