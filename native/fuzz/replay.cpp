// Runs a fuzz target without a fuzzer, for every compiler: on the files given, and on 20000
// mutations of each, the same in every run.
//
// usage: TARGET FILE...

#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

using Bytes = std::vector<uint8_t>;

constexpr int kMutations = 20000;

// Changes, removes or repeats some bytes.
Bytes Mutate(Bytes bytes, std::mt19937& random) {
  for (unsigned count = random() % 4; count > 0 && !bytes.empty(); --count) {
    const auto at = bytes.begin() + static_cast<long>(random() % bytes.size());
    switch (random() % 4) {
      case 0:
        *at = static_cast<uint8_t>(random());
        break;
      case 1:
        *at = "\"{}[],:0-\\"[random() % 10];
        break;
      case 2:
        bytes.erase(at);
        break;
      default:
        bytes.insert(at, *at);
        break;
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937 random(1);
  for (int n = 1; n < argc; ++n) {
    std::ifstream file(argv[n], std::ios::binary);
    const Bytes seed((std::istreambuf_iterator<char>(file)), {});
    if (!file || seed.empty()) {
      std::fprintf(stderr, "%s can't be read, or is empty\n", argv[n]);
      return 2;
    }
    wsb::ReadInput(seed.data(), seed.size());
    for (int count = 0; count < kMutations; ++count) {
      const Bytes bytes = Mutate(seed, random);
      wsb::ReadInput(bytes.data(), bytes.size());
    }
  }
  return argc > 1 ? 0 : 2;
}
