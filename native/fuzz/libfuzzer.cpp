// Lets libFuzzer call a fuzz target.

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const uint8_t kNothing[1] = {0};
  wsb::ReadInput(size == 0 ? kNothing : data, size);
  return 0;
}
