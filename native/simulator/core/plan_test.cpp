#include "simulator/core/plan.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "simulator/core/crc32.h"
#include "testing/test.h"

namespace wsb {
namespace {

// A plan without bindings, checksum included.
std::vector<uint8_t> Bytes() {
  std::vector<uint8_t> bytes(64, 0);
  std::memcpy(bytes.data(), "WSBPLAN", 8);
  bytes[8] = 1;
  bytes[10] = 1;
  bytes[12] = 64;
  return bytes;
}

std::string Fault(std::vector<uint8_t> bytes) {
  const uint32_t checksum = Crc32(bytes.data() + 20, bytes.size() - 20);
  std::memcpy(&bytes[16], &checksum, sizeof(checksum));
  Plan plan;
  const char* const fault = DecodePlan(bytes.data(), bytes.size(), &plan);
  return fault == nullptr ? "" : fault;
}

std::string FaultWith(size_t at, uint8_t byte) {
  std::vector<uint8_t> bytes = Bytes();
  bytes[at] = byte;
  return Fault(bytes);
}

TEST(DecodesAPlan) {
  EXPECT_EQ(Fault(Bytes()), "");
  Plan plan;
  const std::vector<uint8_t> bytes = Bytes();
  EXPECT(DecodePlan(bytes.data(), bytes.size(), &plan) != nullptr);  // without its checksum
}

TEST(RefusesNumbersOutOfRange) {
  EXPECT_EQ(FaultWith(8, 2), "its version is unknown");
  EXPECT_EQ(FaultWith(10, 3), "its kind is unknown");
  EXPECT_EQ(FaultWith(11, 32), "an unknown flag is set");
  EXPECT_EQ(FaultWith(12, 65), "its size field is not its size");
  EXPECT_EQ(FaultWith(20, 33), "it lists more than 32 set answers");
  EXPECT_EQ(FaultWith(21, 2), "its default answer is neither 0 nor 1");
  EXPECT_EQ(FaultWith(22, 65), "it has more than 64 bindings");
  EXPECT_EQ(FaultWith(23, 31), "its granules have more than 2^30 bytes");
  EXPECT_EQ(FaultWith(24, 1), "it answers more sets than it lists");
  EXPECT_EQ(FaultWith(28, 1), "it is scripted and says how it takes memory");
}

TEST(DoesNotTouchWeights) {
  std::vector<uint8_t> bytes = Bytes();
  bytes.resize(72, 0);
  bytes[11] = 8;
  bytes[12] = 72;
  bytes[64 + 5] = 1;  // 2^40 bytes of weights, which are not there
  const uint32_t checksum = Crc32(bytes.data() + 20, bytes.size() - 20);
  std::memcpy(&bytes[16], &checksum, sizeof(checksum));
  Plan plan;
  const size_t weights = size_t{1} << 40;
  EXPECT(DecodePlan(bytes.data(), 72 + weights, &plan) == nullptr);
  EXPECT_EQ(std::string(DecodePlan(bytes.data(), 71 + weights, &plan)),
            "its weights are not as many as it says");
  EXPECT_EQ(FaultWith(11, 8), "its size field is not its size");
}

TEST(RefusesBindingsThatAreCutOff) { EXPECT_EQ(FaultWith(22, 1), "a binding is cut off"); }

TEST(RoundsBlocksToGranules) {
  Paging paging;
  EXPECT_EQ(paging.BlockBytes(5), uint64_t{5});
  paging.granule_bits = 4;
  EXPECT_EQ(paging.BlockBytes(8), uint64_t{0});
  EXPECT_EQ(paging.BlockBytes(9), uint64_t{16});
  EXPECT_EQ(paging.BlockBytes(17), uint64_t{32});
  EXPECT_EQ(paging.BlockBytes(UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(paging.Granules(3), uint64_t{48});
}

}  // namespace
}  // namespace wsb
