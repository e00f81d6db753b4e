// Preloaded into a program that runs on the simulated TensorRT and knows nothing of the suite: lays
// out the device before the program begins and writes down what was done when it ends.
//
// WSB_OBSERVED names the file to write. WSB_DEVICE is "TOTAL FREE" in bytes, and for each call that
// is to fail " CALL:OCCURRENCE" (numbers as in spec/wire-format.md).

#include <signal.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "simulator/control.h"

namespace {

std::vector<TrtSimFault>& Faults() {
  static auto* const faults = new std::vector<TrtSimFault>;
  return *faults;
}

// A line for each event, each violation and the objects alive.
void WriteObserved() {
  const char* const file = std::getenv("WSB_OBSERVED");
  std::FILE* const out = file == nullptr ? nullptr : std::fopen(file, "w");
  if (out == nullptr) {
    return;
  }
  size_t count = 0;
  const TrtSimEvent* const events = trtsim_events(&count);
  for (size_t n = 0; n < count; ++n) {
    std::fprintf(out, "call %d %d %d %" PRId64 "\n", events[n].engine, events[n].call, events[n].ok,
                 events[n].value);
  }
  const uint8_t* const violations = trtsim_violations(&count);
  for (size_t n = 0; n < count; ++n) {
    std::fprintf(out, "violation %d\n", violations[n]);
  }
  const TrtSimLive live = trtsim_live();
  std::fprintf(out, "live %u %u %u %u %u\n", live.runtimes, live.engines, live.contexts, live.events,
               live.allocations);
  std::fclose(out);
}

void OnAbort(int /*signal*/) {
  WriteObserved();
  std::_Exit(134);
}

__attribute__((constructor)) void Begin() {
  const char* const text = std::getenv("WSB_DEVICE");
  std::istringstream given(text == nullptr ? "" : text);
  TrtSimDevice device{};
  given >> device.total_bytes >> device.free_bytes;
  unsigned call = 0;
  unsigned occurrence = 0;
  char colon = 0;
  while (given >> call >> colon >> occurrence) {
    Faults().push_back({static_cast<uint8_t>(call), static_cast<uint16_t>(occurrence)});
  }
  device.faults = Faults().data();
  device.fault_count = Faults().size();
  trtsim_begin(&device);
  signal(SIGABRT, &OnAbort);
}

__attribute__((destructor)) void End() {
  trtsim_end_step();
  WriteObserved();
}

}  // namespace
