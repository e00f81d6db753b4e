// The bytes of a file.

#ifndef WSB_NATIVE_COMMON_FILE_BYTES_H_
#define WSB_NATIVE_COMMON_FILE_BYTES_H_

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace wsb {

// A whole file, of any size: it is mapped, so that of a program of many gigabytes only what is used
// takes memory. It begins at a page, as aligned as ExecuTorch and TensorRT want it.
class FileBytes {
 public:
  FileBytes() = default;
  ~FileBytes() { Release(); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  // False when `file` can't be read; `error` then names it.
  bool Read(const std::string& file, std::string* error) {
    Release();
    const int opened = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    bool ok = opened >= 0 && fstat(opened, &status) == 0 && S_ISREG(status.st_mode);
    size_ = ok ? static_cast<size_t>(status.st_size) : 0;
    if (size_ > 0) {
      bytes_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, opened, 0);
      ok = bytes_ != MAP_FAILED;
    }
    if (opened >= 0) {
      close(opened);
    }
    if (!ok) {
      size_ = 0;
      *error = "cannot read " + file;
    }
    return ok;
  }

  const uint8_t* data() const { return static_cast<const uint8_t*>(bytes_); }
  size_t size() const { return size_; }

 private:
  void Release() {
    if (size_ > 0) {
      munmap(bytes_, size_);
    }
    size_ = 0;
  }

  void* bytes_ = nullptr;
  size_t size_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_FILE_BYTES_H_
