// Device memory that is held so that little of it is free.

#ifndef WSB_NATIVE_MEASURE_MACHINE_HELD_MEMORY_H_
#define WSB_NATIVE_MEASURE_MACHINE_HELD_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tensorrt/cuda_api.h"

namespace wsb {

// Owns allocations that stand for whoever else uses the device. Sizes are bytes.
class HeldMemory {
 public:
  // The device gives memory out in such pieces, so the free memory is met to within one.
  static constexpr uint64_t kPiece = uint64_t{2} << 20;

  // `cuda` has to outlive it.
  explicit HeldMemory(const CudaApi& cuda) : cuda_(cuda) {}
  ~HeldMemory() { Release(); }
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

  // Holds or gives back memory until what is free on the current device is within a piece of
  // `free`. False, with what could be done done, when that can't be reached: others hold too much,
  // or CUDA fails.
  bool LeaveFree(uint64_t free);

  // Gives all back.
  void Release();

  // What cudaMemGetInfo says; 0 when it fails.
  uint64_t Free() const;

 private:
  struct Piece {
    void* address;
    uint64_t size;
  };

  bool Take(uint64_t size);

  const CudaApi& cuda_;
  std::vector<Piece> pieces_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_MACHINE_HELD_MEMORY_H_
