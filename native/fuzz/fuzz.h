// A fuzz target is one source that defines ReadInput(); what calls it is linked to it: libFuzzer
// (libfuzzer.cpp), whoever compares readers (answer.cpp), or a unit test (replay.cpp).

#ifndef WSB_NATIVE_FUZZ_FUZZ_H_
#define WSB_NATIVE_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace wsb {

// Gives `size` bytes at `data`, which is not null, to a reader, and says what it read in a text
// that is the same for every reader of the same format; `refused` when it takes them for nothing.
// Twin: the targets of conformance/fuzz. Never throws.
std::string ReadInput(const uint8_t* data, size_t size);

// What a reader says of an input that it does not take.
inline constexpr char kRefused[] = "refused";

// Ends the process, which the fuzzer takes for a finding.
inline void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace wsb

#endif  // WSB_NATIVE_FUZZ_FUZZ_H_
