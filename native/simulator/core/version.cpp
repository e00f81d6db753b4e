#include "simulator/core/version.h"

#include <atomic>

#include "tensorrt/slots.h"

namespace wsb {
namespace {

std::atomic<int32_t> g_version{110100};

}  // namespace

int32_t SimulatedVersion() { return g_version.load(); }

bool SetSimulatedVersion(int32_t version) {
  if (SlotsForVersion(version) == nullptr) {
    return false;
  }
  g_version.store(version);
  return true;
}

}  // namespace wsb
