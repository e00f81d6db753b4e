// The memory that a program lies in while it is loaded.

#ifndef WSB_NATIVE_HOST_PROGRAM_MEMORY_H_
#define WSB_NATIVE_HOST_PROGRAM_MEMORY_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace wsb {

// Holds one program after another, amid zeros: a damaged one can make ExecuTorch read far outside
// of it, and what it reads there has to be the same in every process. Only a program's own bytes
// take memory; the rest is address space, and reads as the kernel's page of zeros.
class ProgramMemory {
 public:
  // Zeros that can be read before and behind a program (spec/requests.md).
  static constexpr size_t kBefore = size_t{3} << 30;
  static constexpr size_t kBehind = size_t{8} << 30;

  ProgramMemory() = default;
  ~ProgramMemory() { Release(); }
  ProgramMemory(const ProgramMemory&) = delete;
  ProgramMemory& operator=(const ProgramMemory&) = delete;

  // A copy of the `size` bytes at `program`, at a multiple of a page; valid until the next one.
  // Null when there is no such memory.
  uint8_t* Place(const void* program, size_t size) { return Place(program, size, 1); }

  // The same of several copies, one behind the other: see DistanceOf().
  uint8_t* Place(const void* program, size_t one_size, size_t copies) {
    const size_t distance = DistanceOf(one_size);
    if (one_size > SIZE_MAX / 2 || copies > SIZE_MAX / 2 / distance) {
      return nullptr;
    }
    const size_t size = SpanOf(one_size, copies);
    if ((program_ == nullptr || size > capacity_ || capacity_ > kKept) && !Map(size)) {
      return nullptr;
    }
    for (size_t n = 0; n < copies; ++n) {
      std::memcpy(program_ + n * distance, program, one_size);
      if (n + 1 < copies) {
        std::memset(program_ + n * distance + one_size, 0, distance - one_size);
      }
    }
    if (used_ > size) {
      std::memset(program_ + size, 0, used_ - size);
    }
    used_ = size;
    return program_;
  }

  // From one copy of a program of `size` bytes to the next.
  static size_t DistanceOf(size_t size) {
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    return (size / page + 1) * page;
  }

  // What so many copies take, from the first to the end of the last one.
  static size_t SpanOf(size_t size, size_t copies) {
    return DistanceOf(size) * (copies - 1) + size;
  }

 private:
  static constexpr size_t kKept = size_t{1} << 20;

  bool Map(size_t size) {
    Release();
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    if (size > SIZE_MAX - kBefore - kBehind - page) {
      return false;
    }
    const size_t capacity = (size / page + 1) * page;
    void* const start = mmap(nullptr, kBefore + capacity + kBehind, PROT_READ,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) {
      return false;
    }
    program_ = static_cast<uint8_t*>(start) + kBefore;
    capacity_ = capacity;
    return mprotect(program_, capacity, PROT_READ | PROT_WRITE) == 0;
  }

  void Release() {
    if (program_ != nullptr) {
      munmap(program_ - kBefore, kBefore + capacity_ + kBehind);
    }
    program_ = nullptr;
    capacity_ = 0;
    used_ = 0;
  }

  uint8_t* program_ = nullptr;
  size_t capacity_ = 0;
  // Bytes that the last program wrote over the zeros.
  size_t used_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PROGRAM_MEMORY_H_
