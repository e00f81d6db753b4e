#include "simulator/testing/case.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace wsb {

PlanBytes ReadPlan(const char* path) {
  PlanBytes plan;
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  plan.size = bytes.size() < sizeof(plan.bytes) ? bytes.size() : 0;
  std::memcpy(plan.bytes, bytes.data(), plan.size);
  return plan;
}

TrtSimDevice Device() {
  TrtSimDevice device{};
  device.total_bytes = kFree;
  device.free_bytes = kFree;
  return device;
}

void Case::Print() const {
  size_t count = 0;
  std::printf("{\"name\":\"%s\",\"answers\":[", name_);
  for (size_t n = 0; n < answers_.size(); ++n) {
    std::printf("%s\"%lld\"", n == 0 ? "" : ",", static_cast<long long>(answers_[n]));
  }
  const TrtSimEvent* const events = trtsim_events(&count);
  std::printf("],\"events\":[");
  for (size_t n = 0; n < count; ++n) {
    std::printf("%s[%d,%d,%d]", n == 0 ? "" : ",", events[n].call, events[n].ok, events[n].engine);
  }
  const uint8_t* const violations = trtsim_violations(&count);
  std::printf("],\"violations\":[");
  for (size_t n = 0; n < count; ++n) {
    std::printf("%s%d", n == 0 ? "" : ",", violations[n]);
  }
  const TrtSimLive live = trtsim_live();
  std::printf("],\"live\":[%u,%u,%u,%u,%u],\"log\":\"%s\"}\n", live.runtimes, live.engines,
              live.contexts, live.events, live.allocations, logger.last.c_str());
}

}  // namespace wsb
