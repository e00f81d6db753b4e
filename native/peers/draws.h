// Where a generator's choices come from: a seed, or the bytes that a fuzzer gives.

#ifndef WSB_NATIVE_PEERS_DRAWS_H_
#define WSB_NATIVE_PEERS_DRAWS_H_

#include <cstddef>
#include <cstdint>

namespace wsb {

// xorshift64*, of a seed.
class SeededDraws {
 public:
  explicit SeededDraws(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}

  // A number from 0 to `limit` - 1; `limit` is at least 1.
  uint32_t Below(uint32_t limit) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    const uint64_t bits = (state_ * 0x2545f4914f6cdd1du) >> 32;
    return static_cast<uint32_t>((bits * limit) >> 32);
  }

 private:
  uint64_t state_;
};

// Two bytes a choice; 0 once they are used up.
class FuzzedDraws {
 public:
  FuzzedDraws(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  // As SeededDraws::Below().
  uint32_t Below(uint32_t limit) {
    if (size_ < 2) {
      return 0;
    }
    const uint32_t bits = data_[0] | static_cast<uint32_t>(data_[1]) << 8;
    data_ += 2;
    size_ -= 2;
    return bits % limit;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_DRAWS_H_
