// Preloaded into an example, it gives the simulated TensorRT a device and the plans that a GPU was
// recorded to answer for. Everything else in the process is as on a machine with a GPU.
//
// SIMULATED_PLANS names a folder; a file in it is called the SHA-256 of a real plan, in hex, and
// holds the plan of the engine that stands for it.

#include <dirent.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "simulator/control.h"

namespace {

constexpr uint64_t kDeviceBytes = uint64_t{80} << 30;

void RecordPlan(const std::string& folder, const std::string& name) {
  uint8_t sha256[32] = {};
  for (size_t n = 0; n < sizeof(sha256); ++n) {
    sha256[n] = static_cast<uint8_t>(std::stoul(name.substr(2 * n, 2), nullptr, 16));
  }
  std::ifstream file(folder + "/" + name, std::ios::binary);
  const std::vector<char> plan{std::istreambuf_iterator<char>(file), {}};
  if (trtsim_record_plan(sha256, plan.data(), plan.size()) != 0) {
    std::fprintf(stderr, "%s is not a plan\n", name.c_str());
    std::abort();
  }
}

struct Machine {
  Machine() {
    TrtSimDevice device{};
    device.total_bytes = kDeviceBytes;
    device.free_bytes = kDeviceBytes;
    trtsim_begin(&device);
    const std::string folder = std::getenv("SIMULATED_PLANS");
    DIR* const listing = opendir(folder.c_str());
    while (const dirent* const entry = listing == nullptr ? nullptr : readdir(listing)) {
      if (std::string(entry->d_name).size() == 64) {
        RecordPlan(folder, entry->d_name);
      }
    }
    closedir(listing);
  }
};

const Machine machine;

}  // namespace
