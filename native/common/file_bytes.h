// The bytes of a file.

#ifndef WSB_NATIVE_COMMON_FILE_BYTES_H_
#define WSB_NATIVE_COMMON_FILE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

#include "host/aligned_buffer.h"

namespace wsb {

// A whole file in memory that is aligned as ExecuTorch and TensorRT want it.
class FileBytes {
 public:
  // False when `file` can't be read; `error` then names it.
  bool Read(const std::string& file, std::string* error) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    size_ = stream ? static_cast<size_t>(stream.tellg()) : 0;
    uint8_t* const bytes = bytes_.Reserve(size_);
    stream.seekg(0);
    if (bytes == nullptr ||
        !stream.read(reinterpret_cast<char*>(bytes), static_cast<std::streamsize>(size_))) {
      *error = "cannot read " + file;
      return false;
    }
    return true;
  }

  const uint8_t* data() const { return bytes_.data(); }
  size_t size() const { return size_; }

 private:
  AlignedBuffer bytes_;
  size_t size_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_FILE_BYTES_H_
