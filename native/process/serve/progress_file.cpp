#include "process/serve/progress_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

namespace wsb {
namespace {

constexpr size_t kFileBytes = 8;

}  // namespace

ProgressFile::~ProgressFile() {
  if (shared_ != nullptr) {
    munmap(shared_, kFileBytes);
  }
}

bool ProgressFile::Open(const std::string& path, std::string* error) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    *error = "the progress file " + path + " can't be opened: " + std::strerror(errno);
    return false;
  }
  struct stat status{};
  if (fstat(file, &status) != 0 || status.st_size < static_cast<off_t>(kFileBytes)) {
    *error = "the progress file " + path + " has less than 8 bytes";
    close(file);
    return false;
  }
  void* const memory = mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) {
    *error = "the progress file " + path + " can't be mapped: " + std::strerror(errno);
  } else {
    shared_ = static_cast<std::atomic<uint32_t>*>(memory);
  }
  close(file);
  return shared_ != nullptr;
}

}  // namespace wsb
