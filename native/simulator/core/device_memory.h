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
    is_shared_ = false;
    reclaimable_ = 0;
  }
  // The memory is that of the host, which gives up what it uses for caches when it is needed.
  void Share(uint64_t available) {
    is_shared_ = true;
    reclaimable_ = available > free_ ? available - free_ : 0;
  }
  bool is_shared() const { return is_shared_; }
  // Whether the case says how much memory there is: a device that begins with 2^40 free bytes, more
  // than any real one has, stands for one of which nobody knows.
  bool is_limited() const { return is_limited_; }
  uint64_t total() const { return total_; }
  uint64_t free() const { return free_; }
  // What can be taken.
  uint64_t available() const { return free_ + reclaimable_; }
  // As if others took or gave back the difference.
  void set_free(uint64_t free) { free_ = free; }

  // Takes `bytes` when they and `headroom` more are there; else nothing, and returns false. What is
  // free is taken first.
  bool Take(uint64_t bytes, uint64_t headroom = 0) {
    if (bytes > available() || headroom > available() - bytes) {
      return false;
    }
    const uint64_t reclaimed = bytes > free_ ? bytes - free_ : 0;
    reclaimable_ -= reclaimed;
    free_ -= bytes - reclaimed;
    return true;
  }

  // Gives back what was taken since the last Reset().
  void Give(uint64_t bytes) { free_ += bytes; }

 private:
  static constexpr uint64_t kUnlimited = uint64_t{1} << 40;

  bool is_limited_ = false;
  bool is_shared_ = false;
  uint64_t total_ = 0;
  uint64_t free_ = 0;
  uint64_t reclaimable_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_DEVICE_MEMORY_H_
