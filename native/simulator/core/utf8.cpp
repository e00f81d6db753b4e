#include "simulator/core/utf8.h"

#include <cstddef>
#include <cstdint>

namespace wsb {
namespace {

// Of the sequences that a lead byte can begin: their length and the range of the second byte, the
// only one that is restricted beyond 80..BF. Length 0: no sequence begins so.
struct Sequence {
  size_t length;
  uint8_t second_min;
  uint8_t second_max;
};

Sequence SequenceOf(uint8_t lead) {
  if (lead <= 0x7f) return {1, 0, 0};
  if (lead < 0xc2) return {0, 0, 0};
  if (lead <= 0xdf) return {2, 0x80, 0xbf};
  if (lead <= 0xef) {
    return {3, static_cast<uint8_t>(lead == 0xe0 ? 0xa0 : 0x80),
            static_cast<uint8_t>(lead == 0xed ? 0x9f : 0xbf)};
  }
  if (lead <= 0xf4) {
    return {4, static_cast<uint8_t>(lead == 0xf0 ? 0x90 : 0x80),
            static_cast<uint8_t>(lead == 0xf4 ? 0x8f : 0xbf)};
  }
  return {0, 0, 0};
}

}  // namespace

bool IsUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const Sequence sequence = SequenceOf(static_cast<uint8_t>(text[at]));
    if (sequence.length == 0 || text.size() - at < sequence.length) {
      return false;
    }
    for (size_t n = 1; n < sequence.length; ++n) {
      const auto byte = static_cast<uint8_t>(text[at + n]);
      const uint8_t min = n == 1 ? sequence.second_min : 0x80;
      const uint8_t max = n == 1 ? sequence.second_max : 0xbf;
      if (byte < min || byte > max) {
        return false;
      }
    }
    at += sequence.length;
  }
  return true;
}

}  // namespace wsb
