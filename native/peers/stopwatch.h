// How a peer tells what it has done, for conformance/bench/peers to read.

#ifndef WSB_NATIVE_PEERS_STOPWATCH_H_
#define WSB_NATIVE_PEERS_STOPWATCH_H_

#include <chrono>
#include <cstdint>
#include <cstdio>

namespace wsb {

class Stopwatch {
 public:
  // Writes `cases N bytes N seconds S`.
  void Tell(uint64_t cases, uint64_t bytes) const {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin_;
    std::printf("cases %llu bytes %llu seconds %.6f\n", static_cast<unsigned long long>(cases),
                static_cast<unsigned long long>(bytes), taken.count());
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_STOPWATCH_H_
