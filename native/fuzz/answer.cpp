// Answers inputs with what the reader of a fuzz target reads in them, for whoever compares readers:
// from standard input a size of four bytes (little-endian) and as many bytes, to standard output
// the answer in the same form, until the input ends. The size kEndOfBatch has no bytes behind it:
// the answers so far are written through. A reader that breaks ends the process.

#include <cstdio>
#include <memory>
#include <string>

#include "fuzz/fuzz.h"

namespace {

constexpr uint32_t kEndOfBatch = UINT32_MAX;
// No seed and no mutant of one is larger.
constexpr uint32_t kMostBytes = 1u << 20;

// False at the end of the input.
bool ReadSize(uint32_t* size) {
  uint8_t bytes[4];
  if (std::fread(bytes, 1, sizeof(bytes), stdin) != sizeof(bytes)) {
    return false;
  }
  *size = static_cast<uint32_t>(bytes[0]) | static_cast<uint32_t>(bytes[1]) << 8 |
          static_cast<uint32_t>(bytes[2]) << 16 | static_cast<uint32_t>(bytes[3]) << 24;
  return true;
}

bool WriteAnswer(const std::string& answer) {
  const auto size = static_cast<uint32_t>(answer.size());
  const uint8_t bytes[4] = {static_cast<uint8_t>(size), static_cast<uint8_t>(size >> 8),
                            static_cast<uint8_t>(size >> 16), static_cast<uint8_t>(size >> 24)};
  return std::fwrite(bytes, 1, sizeof(bytes), stdout) == sizeof(bytes) &&
         std::fwrite(answer.data(), 1, answer.size(), stdout) == answer.size();
}

// Reads an input of `size` bytes and answers it. False when that is not possible.
bool Answer(uint32_t size) {
  if (size > kMostBytes) {
    return false;
  }
  // As large as the input, so that a sanitizer sees a byte too far; never null.
  const auto input = std::make_unique<uint8_t[]>(size == 0 ? 1 : size);
  return std::fread(input.get(), 1, size, stdin) == size &&
         WriteAnswer(wsb::ReadInput(input.get(), size));
}

}  // namespace

int main() {
  uint32_t size = 0;
  while (ReadSize(&size)) {
    const bool done = size == kEndOfBatch ? std::fflush(stdout) == 0 : Answer(size);
    if (!done) {
      return 1;
    }
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
