#include "delegate/budget/fitting_budget.h"

#include <cstdint>

#include "testing/test.h"

namespace wsb {
namespace {

constexpr int64_t kMiB = int64_t{1} << 20;

FittingSizes Sizes(uint64_t free, int64_t streamable, int64_t activations, int64_t scratch) {
  return {free, streamable, activations, scratch};
}

TEST(KeepsAllWeightsWhereTheyFitToTheByte) {
  EXPECT(FitsResident(Sizes(108 * kMiB, 100 * kMiB, 3 * kMiB, 0)));
  EXPECT(!FitsResident(Sizes(108 * kMiB - 1, 100 * kMiB, 3 * kMiB, 0)));
  // The scratch plays no part.
  EXPECT(FitsResident(Sizes(108 * kMiB, 100 * kMiB, 3 * kMiB, 50 * kMiB)));
}

TEST(LeavesRoomForTheContext) {
  EXPECT_EQ(FittingBudget(Sizes(100 * kMiB, 200 * kMiB, 3 * kMiB, 7 * kMiB)), 80 * kMiB);
  // Below the streamable size in any case: with all of it nothing would be streamed.
  EXPECT_EQ(FittingBudget(Sizes(1000 * kMiB, 200 * kMiB, 0, 0)), 200 * kMiB - 1);
}

TEST(IsZeroWhereNothingFits) {
  EXPECT_EQ(FittingBudget(Sizes(20 * kMiB, 200 * kMiB, 3 * kMiB, 7 * kMiB)), 0);
  EXPECT_EQ(FittingBudget(Sizes(20 * kMiB + 1, 200 * kMiB, 3 * kMiB, 7 * kMiB)), 1);
  EXPECT_EQ(FittingBudget(Sizes(0, INT64_MAX, INT64_MAX, INT64_MAX)), 0);
  EXPECT_EQ(FittingBudget(Sizes(UINT64_MAX, 0, 0, 0)), 0);
}

TEST(TakesNegativeSizesForZero) {
  EXPECT(FitsResident(Sizes(kResidentMargin, -1, INT64_MIN, 0)));
  EXPECT_EQ(FittingBudget(Sizes(UINT64_MAX, -1, -1, -1)), 0);
  EXPECT_EQ(StreamedContextBytes(-1, INT64_MIN), kContextMargin);
  EXPECT_EQ(ResidentContextBytes(-1, -1), kResidentMargin);
}

TEST(AddsUpWithoutWrapping) {
  EXPECT_EQ(StreamedContextBytes(kMiB, 2 * kMiB), uint64_t{13} << 20);
  EXPECT_EQ(ResidentContextBytes(kMiB, 2 * kMiB), uint64_t{8} << 20);
  EXPECT_EQ(StreamedContextBytes(INT64_MAX, INT64_MAX), UINT64_MAX);
  EXPECT_EQ(ResidentContextBytes(INT64_MAX, INT64_MAX), UINT64_MAX);
}

}  // namespace
}  // namespace wsb
