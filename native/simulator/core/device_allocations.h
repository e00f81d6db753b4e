// What cudaMalloc gave out.

#ifndef WSB_NATIVE_SIMULATOR_CORE_DEVICE_ALLOCATIONS_H_
#define WSB_NATIVE_SIMULATOR_CORE_DEVICE_ALLOCATIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "simulator/core/export.h"

namespace wsb {

// Host memory that stands for device memory. Sizes are bytes. Memory that leaked is kept for a
// while, so that a late use does no harm, and then freed, so that a delegate that always leaks does
// not exhaust the host.
class WSB_SIMULATOR_API DeviceAllocations {
 public:
  struct Allocation {
    void* address;
    size_t size;
    uint64_t case_number;
  };

  DeviceAllocations() = default;
  ~DeviceAllocations();
  DeviceAllocations(const DeviceAllocations&) = delete;
  DeviceAllocations& operator=(const DeviceAllocations&) = delete;

  // Memory of `size` > 0 bytes; null when the host has not that much.
  void* Allocate(size_t size, uint64_t case_number);

  // Frees what begins at `address`, and says what it was; an address of null when nothing does.
  Allocation Free(void* address);

  // Whether the `size` > 0 bytes at `address` lie in memory that was given out.
  bool Contains(const void* address, size_t size = 1) const;

  // Begins the next case: frees the oldest leaks when there are too many.
  void Recycle();

 private:
  // By the time of allocation.
  std::vector<Allocation> allocations_;
  size_t total_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_DEVICE_ALLOCATIONS_H_
