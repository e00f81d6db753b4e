// Device memory that is held so that little of it is free.

#ifndef WSB_NATIVE_COMMON_HELD_MEMORY_H_
#define WSB_NATIVE_COMMON_HELD_MEMORY_H_

#include <cstdint>
#include <vector>

#include "tensorrt/cuda_api.h"

namespace wsb {

// Owns allocations that stand for whoever else uses the device. Sizes are bytes.
class HeldMemory {
 public:
  // The device gives memory out in such pieces. What is free need not be a multiple of them.
  static constexpr uint64_t kPiece = uint64_t{2} << 20;

  // `cuda` has to outlive it.
  explicit HeldMemory(const CudaApi& cuda) : cuda_(cuda) {}
  ~HeldMemory() { Release(); }
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

  // Holds or gives back memory until what is free on the current device is at most `free`, and by
  // less than a piece: of the sizes that can be reached only one is, so it is the same however
  // much was free before. False, with what could be done done, when that can't be reached: others
  // hold too much or keep changing it, or CUDA fails.
  bool LeaveFree(uint64_t free);

  // Gives all back.
  void Release();

  // What cudaMemGetInfo says; 0 when it fails.
  uint64_t Free() const { return cuda_.FreeMemory().value_or(0); }

 private:
  struct Piece {
    void* address;
    uint64_t size;
  };

  // Steps to a level at most; where nobody else takes memory it needs about forty.
  static constexpr int kMostTries = 256;

  void GiveBackSpares();
  void TakePartOf(uint64_t excess);
  bool Take(uint64_t size);

  const CudaApi& cuda_;
  std::vector<Piece> pieces_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_COMMON_HELD_MEMORY_H_
