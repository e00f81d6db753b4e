// The bytes of a file.

#ifndef WSB_NATIVE_MEASURE_MACHINE_FILE_BYTES_H_
#define WSB_NATIVE_MEASURE_MACHINE_FILE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "host/aligned_buffer.h"

namespace wsb {

// A whole file in memory that is aligned as ExecuTorch and TensorRT want it.
class FileBytes {
 public:
  // False when `file` can't be read; `error` then names it.
  bool Read(const std::string& file, std::string* error);

  const uint8_t* data() const { return bytes_.data(); }
  size_t size() const { return size_; }

 private:
  AlignedBuffer bytes_;
  size_t size_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_MACHINE_FILE_BYTES_H_
