// The limit: generator, both implementations and the comparison in C++, in blocks of 256.
//
// usage: peer-pure-cpp CASES SEED

#include <cstdio>
#include <cstdlib>

#include "peers/agreement.h"
#include "peers/draws.h"
#include "peers/stopwatch.h"
#include "peers/write_decision.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: peer-pure-cpp CASES SEED\n");
    return 2;
  }
  constexpr uint64_t kBlock = 256;
  const uint64_t cases = std::strtoull(argv[1], nullptr, 10);
  wsb::SeededDraws draws(std::strtoull(argv[2], nullptr, 10));
  wsb::DecisionWriter<wsb::SeededDraws> writer(&draws);
  wsb::Agreement agreement(&wsb_delegate_decide);
  std::vector<uint8_t> block;
  uint64_t bytes = 0;
  const wsb::Stopwatch stopwatch;
  uint64_t done = 0;
  for (; done < cases; done += kBlock) {
    block.clear();
    for (uint64_t n = 0; n < kBlock; ++n) {
      writer.Write(&block);
    }
    bytes += block.size();
    if (!agreement.Holds(block)) {
      std::fprintf(stderr, "delegate and model part in the block behind case %llu\n",
                   static_cast<unsigned long long>(done));
      return 1;
    }
  }
  stopwatch.Tell(done, bytes);
  return 0;
}
