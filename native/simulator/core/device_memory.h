// The memory of the simulated device.

#ifndef WSB_NATIVE_SIMULATOR_CORE_DEVICE_MEMORY_H_
#define WSB_NATIVE_SIMULATOR_CORE_DEVICE_MEMORY_H_

#include <cstdint>

namespace wsb {

// Counts bytes; holds none. Simulated device memory never fragments.
class DeviceMemory {
 public:
  void Reset(uint64_t total, uint64_t free) {
    total_ = total;
    free_ = free;
    is_limited_ = free < kUnlimited;
  }
  // Whether the case says how much memory there is: a device that begins with 2^40 free bytes, more
  // than any real one has, stands for one of which nobody knows.
  bool is_limited() const { return is_limited_; }
  uint64_t total() const { return total_; }
  uint64_t free() const { return free_; }
  // As if others took or gave back the difference.
  void set_free(uint64_t free) { free_ = free; }

  // Takes `bytes` when they and `headroom` more are free; else nothing, and returns false.
  bool Take(uint64_t bytes, uint64_t headroom = 0) {
    if (bytes > free_ || headroom > free_ - bytes) {
      return false;
    }
    free_ -= bytes;
    return true;
  }

  // Gives back what was taken since the last Reset().
  void Give(uint64_t bytes) { free_ += bytes; }

 private:
  static constexpr uint64_t kUnlimited = uint64_t{1} << 40;

  bool is_limited_ = false;
  uint64_t total_ = 0;
  uint64_t free_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_DEVICE_MEMORY_H_
