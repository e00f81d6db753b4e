// Decodes a scripted plan. The checksum is set right, or nothing would come past it.

#include <cstring>
#include <vector>

#include "fuzz/fuzz.h"
#include "simulator/core/crc32.h"
#include "simulator/core/plan.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<uint8_t> bytes(data, data + size);
  if (size >= 20) {
    const uint32_t length = static_cast<uint32_t>(size);
    const uint32_t checksum = wsb::Crc32(bytes.data() + 20, size - 20);
    std::memcpy(&bytes[12], &length, sizeof(length));
    std::memcpy(&bytes[16], &checksum, sizeof(checksum));
  }
  wsb::Plan plan;
  if (wsb::DecodePlan(bytes.data(), bytes.size(), &plan) == nullptr) {
    wsb::Require(plan.binding_count <= plan.bindings.size());
    for (size_t n = 0; n < plan.binding_count; ++n) {
      wsb::Require(!plan.bindings[n].name.empty());
    }
  }
  return 0;
}
