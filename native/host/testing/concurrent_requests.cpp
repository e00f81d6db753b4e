// Runs requests on several threads of one process at once, and compares each outcome with the one
// that the request has alone.
//
//   concurrent-requests DELEGATE TENSORRT CUDART SIMULATOR REQUESTS OUTCOMES THREADS [SEED]
//
// REQUESTS and OUTCOMES are files of records (spec/wire-format.md), as many in one as in the other.
// Each thread has a host and a simulated device of its own and runs all requests, in an order of
// its own; the delegate and ExecuTorch are the same for all. With a SEED the threads take turns at
// the calls of TensorRT and CUDA, in the same order each time; without one they run freely, so that
// ThreadSanitizer sees what nothing orders. Prints the number of each request that differs, once;
// exit status 1 then, and 2 for everything else that goes wrong.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "host/baton.h"
#include "host/host.h"
#include "host/subject.h"
#include "host/turns.h"

namespace wsb::testing {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr int kDiffers = 1;
constexpr int kBroken = 2;

bool ReadRecords(const char* path, std::vector<Bytes>* records) {
  Bytes bytes;
  std::FILE* const file = std::fopen(path, "rb");
  if (file == nullptr) {
    return false;
  }
  uint8_t part[65536];
  for (size_t count = 0; (count = std::fread(part, 1, sizeof(part), file)) > 0;) {
    bytes.insert(bytes.end(), part, part + count);
  }
  std::fclose(file);
  for (size_t at = 0; at < bytes.size();) {
    uint32_t size = 0;
    if (bytes.size() - at < sizeof(size)) {
      return false;
    }
    std::memcpy(&size, bytes.data() + at, sizeof(size));
    if (size < sizeof(size) || size > bytes.size() - at) {
      return false;
    }
    records->emplace_back(bytes.data() + at, bytes.data() + at + size);
    at += size;
  }
  return true;
}

// What all threads share.
struct Run {
  std::vector<Bytes> requests;
  std::vector<Bytes> outcomes;
  // Null when the threads run freely.
  std::unique_ptr<Baton> baton;
  std::mutex mutex;
  std::set<size_t> differing;
};

void RunAll(size_t thread, Run* run) {
  std::optional<Turns> turns;
  if (run->baton != nullptr) {
    turns.emplace(Subject::Get()->simulator(), run->baton.get(), thread);
  }
  std::vector<size_t> order(run->requests.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::mt19937_64 random(thread);
  std::shuffle(order.begin(), order.end(), random);
  Host host(Subject::Get());
  for (const size_t number : order) {
    const Bytes& request = run->requests[number];
    Bytes outcome;
    std::string error;
    if (!host.Run(request.data(), request.size(), &outcome, &error) ||
        outcome != run->outcomes[number]) {
      const std::lock_guard<std::mutex> lock(run->mutex);
      run->differing.insert(number);
    }
  }
}

int Main(int argc, char** argv) {
  if (argc != 8 && argc != 9) {
    std::fprintf(stderr,
                 "usage: %s DELEGATE TENSORRT CUDART SIMULATOR REQUESTS OUTCOMES THREADS [SEED]\n",
                 argv[0]);
    return kBroken;
  }
  std::string error;
  if (!Subject::Open({argv[1], argv[2], argv[3], argv[4]}, &error)) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return kBroken;
  }
  Run run;
  if (!ReadRecords(argv[5], &run.requests) || !ReadRecords(argv[6], &run.outcomes) ||
      run.requests.size() != run.outcomes.size()) {
    std::fprintf(stderr, "%s and %s are not as many records\n", argv[5], argv[6]);
    return kBroken;
  }
  const size_t count = std::strtoul(argv[7], nullptr, 10);
  if (argc == 9) {
    run.baton = std::make_unique<Baton>(std::strtoull(argv[8], nullptr, 10), count);
  }
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < count; ++thread) {
    threads.emplace_back(&RunAll, thread, &run);
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const size_t number : run.differing) {
    std::printf("%zu\n", number);
  }
  return run.differing.empty() ? 0 : kDiffers;
}

}  // namespace
}  // namespace wsb::testing

int main(int argc, char** argv) { return wsb::testing::Main(argc, argv); }
