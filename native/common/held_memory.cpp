#include "common/held_memory.h"

namespace wsb {

bool HeldMemory::LeaveFree(uint64_t free) {
  GiveBackSpares();
  // A piece may change nothing, where others take or give back memory meanwhile.
  for (int tries = 0; tries < kMostTries; ++tries) {
    const uint64_t now = Free();
    if (now > free) {
      TakePartOf(now - free);
    } else if (now + kPiece <= free && !pieces_.empty()) {
      // The pieces that were taken last, and are the smallest, go back first.
      cuda_.Free(pieces_.back().address);
      pieces_.pop_back();
    } else {
      break;
    }
  }
  const uint64_t now = Free();
  return now <= free && now + kPiece > free;
}

// More than there is. The driver keeps pieces of what was given back, for who asks next, and
// counts them as taken until someone asks for more than is free: loads after a refused one began
// with a piece more free, and took it at once.
void HeldMemory::GiveBackSpares() {
  if (Take(Free() + kPiece)) {
    cuda_.Free(pieces_.back().address);
    pieces_.pop_back();
  }
}

void HeldMemory::Release() {
  for (const Piece& piece : pieces_) {
    cuda_.Free(piece.address);
  }
  pieces_.clear();
}

// Takes the largest part of `excess` bytes, rounded up to whole pieces, that is a power of two of
// them: a level that is a little higher then takes back small parts only. Where the device doesn't
// give that in one, halves of it.
void HeldMemory::TakePartOf(uint64_t excess) {
  const uint64_t pieces = (excess + kPiece - 1) / kPiece;
  uint64_t count = 1;
  while (count * 2 <= pieces) {
    count *= 2;
  }
  while (count > 0 && !Take(count * kPiece)) {
    count /= 2;
  }
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
