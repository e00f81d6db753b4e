// SHA-256 (FIPS 180-4), by which recorded plans are known.

#ifndef WSB_NATIVE_SIMULATOR_CORE_SHA256_H_
#define WSB_NATIVE_SIMULATOR_CORE_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace wsb {

using Sha256Digest = std::array<uint8_t, 32>;

// The digest of `size` bytes.
Sha256Digest Sha256(const uint8_t* bytes, size_t size);

// In lower-case hexadecimal.
std::string ToHex(const Sha256Digest& digest);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_SHA256_H_
