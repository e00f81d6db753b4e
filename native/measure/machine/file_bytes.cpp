#include "measure/machine/file_bytes.h"

#include <fstream>

namespace wsb {

bool FileBytes::Read(const std::string& file, std::string* error) {
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

}  // namespace wsb
