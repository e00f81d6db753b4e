// Memory at an aligned address that is used again.

#ifndef WSB_NATIVE_HOST_ALIGNED_BUFFER_H_
#define WSB_NATIVE_HOST_ALIGNED_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace wsb {

// Grows on demand; gives back to the heap what a single large use took.
class AlignedBuffer {
 public:
  // Enough for everything that is loaded: 16 for programs, 64 for tensors.
  static constexpr size_t kAlignment = 64;

  // At least `size` bytes, at least one, of undefined content; what was held before is gone. Null
  // when there is no such memory.
  uint8_t* Reserve(size_t size) {
    if (size > capacity_ || capacity_ > kKept || bytes_ == nullptr) {
      bytes_.reset();
      capacity_ = 0;
      if (size > SIZE_MAX - kAlignment) {
        return nullptr;
      }
      const size_t rounded = (size / kAlignment + 1) * kAlignment;
      bytes_.reset(static_cast<uint8_t*>(std::aligned_alloc(kAlignment, rounded)));
      capacity_ = bytes_ == nullptr ? 0 : rounded;
    }
    return bytes_.get();
  }

  uint8_t* data() const { return bytes_.get(); }

 private:
  static constexpr size_t kKept = size_t{1} << 20;

  struct Deleter {
    void operator()(uint8_t* bytes) const { std::free(bytes); }
  };

  std::unique_ptr<uint8_t, Deleter> bytes_;
  size_t capacity_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_ALIGNED_BUFFER_H_
