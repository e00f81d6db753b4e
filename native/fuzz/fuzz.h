// A fuzz target is one source that defines LLVMFuzzerTestOneInput(), as libFuzzer calls it.

#ifndef WSB_NATIVE_FUZZ_FUZZ_H_
#define WSB_NATIVE_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace wsb {

// Ends the process, which the fuzzer takes for a finding.
inline void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace wsb

// Never throws; returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

#endif  // WSB_NATIVE_FUZZ_FUZZ_H_
