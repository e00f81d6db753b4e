#include "measure/machine/held_memory.h"

namespace wsb {

bool HeldMemory::LeaveFree(uint64_t free) {
  uint64_t now = Free();
  // Too little: the pieces that were taken last, and are the smallest, go back first.
  while (now + kPiece <= free && !pieces_.empty()) {
    cuda_.Free(pieces_.back().address);
    pieces_.pop_back();
    now = Free();
  }
  // Halves of what is too much, so that a device that can't give it in one piece still gives it.
  uint64_t size = now > free ? (now - free) / kPiece * kPiece : 0;
  while (size >= kPiece) {
    if (!Take(size)) {
      size = size / 2 / kPiece * kPiece;
      continue;
    }
    now = Free();
    size = now > free ? (now - free) / kPiece * kPiece : 0;
  }
  return now + kPiece > free && now < free + kPiece;
}

void HeldMemory::Release() {
  for (const Piece& piece : pieces_) {
    cuda_.Free(piece.address);
  }
  pieces_.clear();
}

uint64_t HeldMemory::Free() const {
  size_t free = 0;
  size_t total = 0;
  return cuda_.MemGetInfo != nullptr && cuda_.MemGetInfo(&free, &total) == kCudaSuccess ? free : 0;
}

bool HeldMemory::Take(uint64_t size) {
  void* address = nullptr;
  if (cuda_.Malloc(&address, size) != kCudaSuccess) {
    cuda_.ClearError();
    return false;
  }
  pieces_.push_back({address, size});
  return true;
}

}  // namespace wsb
