// Files for the programs that tests run.

#ifndef WSB_NATIVE_HOST_TESTING_READ_FILE_H_
#define WSB_NATIVE_HOST_TESTING_READ_FILE_H_

#include <cstdint>
#include <cstdio>
#include <vector>

namespace wsb::testing {

// The bytes of a file; none when it cannot be read.
inline std::vector<uint8_t> ReadFile(const char* path) {
  std::vector<uint8_t> bytes;
  std::FILE* const file = std::fopen(path, "rb");
  if (file != nullptr) {
    uint8_t part[65536];
    for (size_t count = 0; (count = std::fread(part, 1, sizeof(part), file)) > 0;) {
      bytes.insert(bytes.end(), part, part + count);
    }
    std::fclose(file);
  }
  return bytes;
}

}  // namespace wsb::testing

#endif  // WSB_NATIVE_HOST_TESTING_READ_FILE_H_
