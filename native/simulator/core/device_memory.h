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
  }
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
  uint64_t total_ = 0;
  uint64_t free_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_DEVICE_MEMORY_H_
