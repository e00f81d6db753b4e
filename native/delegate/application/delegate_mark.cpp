#include "delegate/application/delegate_mark.h"

#include <algorithm>
#include <cstring>

namespace wsb {
namespace {

using executorch::runtime::ArrayRef;
using executorch::runtime::CompileSpec;
using executorch::runtime::FreeableBuffer;

// Distance of neighbours in a list of delegates: ExecuTorch keeps a backend and a handle with each
// buffer.
constexpr uintptr_t kSlotDistance = sizeof(FreeableBuffer) + 2 * sizeof(void*);

// FNV-1a over words of eight bytes.
uint64_t Hash(const uint8_t* bytes, size_t size) {
  constexpr uint64_t kBasis = 0xcbf29ce484222325;
  constexpr uint64_t kPrime = 0x100000001b3;
  uint64_t hash = kBasis;
  for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, bytes + at, std::min(sizeof(word), size - at));
    hash = (hash ^ word) * kPrime;
  }
  return hash;
}

}  // namespace

DelegateMark MarkDelegate(const FreeableBuffer& processed, size_t head,
                          ArrayRef<CompileSpec> specs) {
  DelegateMark mark;
  mark.slot = reinterpret_cast<uintptr_t>(&processed);
  for (const CompileSpec& spec : specs) {
    mark.specs.push_back(spec.key);
    mark.specs.push_back(spec.value.buffer);
  }
  mark.size = processed.size();
  mark.fingerprint = Hash(static_cast<const uint8_t*>(processed.data()), std::min(head, mark.size));
  return mark;
}

bool DifferInContent(const DelegateMark& one, const DelegateMark& other) {
  return one.specs != other.specs || one.size != other.size ||
         one.fingerprint != other.fingerprint;
}

bool IsBehind(const DelegateMark& next, const DelegateMark& last) {
  return next.slot == last.slot + kSlotDistance;
}

}  // namespace wsb
