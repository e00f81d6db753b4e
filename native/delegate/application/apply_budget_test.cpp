#include "delegate/application/apply_budget.h"

#include <cstdint>
#include <vector>

#include "testing/fake_engine.h"
#include "testing/test.h"

namespace wsb {
namespace {

using Sets = std::vector<int64_t>;
using testing::FakeEngine;

constexpr int64_t kMiB = int64_t{1} << 20;

BudgetChoice Explicit(int64_t bytes) {
  BudgetChoice choice;
  choice.source = BudgetSource::kOption;
  choice.bytes = bytes;
  return choice;
}

BudgetApplication Apply(const BudgetChoice& choice, FakeEngine& fake) {
  return ApplyBudget(choice, fake.Open(), /*room=*/nullptr);
}

TEST(CutsAnExplicitBudgetToTheStreamableSize) {
  FakeEngine fake(1000);
  EXPECT_EQ(Apply(Explicit(700), fake).first, 700);
  EXPECT_EQ(Apply(Explicit(1001), fake).first, 1000);
  EXPECT_EQ(Apply(Explicit(INT64_MAX), fake).effect, BudgetEffect::kApplied);
  EXPECT(fake.sets == Sets({700, 1000, 1000}));
  EXPECT(fake.destroyed);
}

TEST(TriesAnExplicitBudgetOnce) {
  FakeEngine fake(1000);
  fake.accepts = [](int64_t budget) { return budget == 0; };
  const BudgetApplication application = Apply(Explicit(700), fake);
  EXPECT_EQ(application.effect, BudgetEffect::kRefused);
  EXPECT(!application.fell_back);
  EXPECT(fake.sets == Sets({700}));
}

TEST(SetsTensorRtsBudgetAsItIsGiven) {
  FakeEngine fake(1000);
  for (const int64_t automatic : {int64_t{400}, int64_t{-1}, INT64_MAX}) {
    fake.automatic = automatic;
    const BudgetApplication application = Apply({}, fake);
    EXPECT_EQ(application.first, automatic);
    EXPECT_EQ(application.fitting.step, FittingStep::kNone);
  }
  EXPECT(fake.sets == Sets({400, -1, INT64_MAX}));
}

TEST(FallsBackToZeroForAnAutomaticBudget) {
  FakeEngine fake(1000);
  fake.automatic = 400;
  fake.accepts = [](int64_t budget) { return budget == 0; };
  const BudgetApplication accepted = Apply({}, fake);
  EXPECT_EQ(accepted.effect, BudgetEffect::kApplied);
  EXPECT(accepted.fell_back);
  fake.accepts = [](int64_t) { return false; };
  EXPECT_EQ(Apply({}, fake).effect, BudgetEffect::kRefused);
  EXPECT(fake.sets == Sets({400, 0, 400, 0}));
}

TEST(LeavesAnEngineWithoutStreamableWeightsAlone) {
  for (const int64_t streamable : {int64_t{0}, int64_t{-1}}) {
    FakeEngine fake(streamable);
    EXPECT_EQ(Apply(Explicit(5), fake).effect, BudgetEffect::kSkipped);
    EXPECT_EQ(Apply({}, fake).effect, BudgetEffect::kSkipped);
    EXPECT(fake.sets.empty());
  }
}

// An engine of 100 MiB with 3 MiB of activations and 7 MiB of scratch.
class Fitted {
 public:
  Fitted() : fake(100 * kMiB) {
    fake.activations = 3 * kMiB;
    fake.scratch = 7 * kMiB;
  }
  bool Fit(int64_t free) {
    return FitBudget(static_cast<uint64_t>(free), fake.streamable, fake.Open(), &fitting);
  }
  bool Lower() { return LowerBudget(fake.Open(), &fitting); }

  FakeEngine fake;
  Fitting fitting;
};

TEST(FitsAllWeightsWithOneSet) {
  Fitted fitted;
  EXPECT(fitted.Fit(108 * kMiB));
  EXPECT_EQ(fitted.fitting.step, FittingStep::kResident);
  EXPECT(fitted.fake.sets == Sets({100 * kMiB}));
}

TEST(FitsAPartBesideTheScratch) {
  Fitted fitted;
  EXPECT(fitted.Fit(50 * kMiB));
  EXPECT_EQ(fitted.fitting.step, FittingStep::kStreamed);
  EXPECT_EQ(fitted.fitting.budget, 30 * kMiB);
  EXPECT(fitted.fake.sets == Sets({0, 30 * kMiB}));
}

TEST(LowersByStepsThatDouble) {
  Fitted fitted;
  EXPECT(fitted.Fit(50 * kMiB));
  EXPECT(fitted.Lower());
  EXPECT_EQ(fitted.fitting.budget, 26 * kMiB);
  EXPECT(fitted.Lower());
  EXPECT_EQ(fitted.fitting.budget, 18 * kMiB);
  EXPECT(fitted.Lower());
  EXPECT_EQ(fitted.fitting.budget, 2 * kMiB);
  EXPECT_EQ(fitted.fitting.step, FittingStep::kLowered);
  EXPECT(fitted.Lower());
  EXPECT_EQ(fitted.fitting.budget, 0);
  EXPECT_EQ(fitted.fitting.step, FittingStep::kAllStreamed);
  EXPECT(!fitted.Lower());
}

TEST(LowersWhatKeepsAllWeightsToAPart) {
  Fitted fitted;
  EXPECT(fitted.Fit(108 * kMiB));
  EXPECT(fitted.Lower());
  EXPECT_EQ(fitted.fitting.budget, 88 * kMiB);
}

TEST(StreamsAllWhereNothingFits) {
  Fitted fitted;
  EXPECT(fitted.Fit(0));
  EXPECT_EQ(fitted.fitting.step, FittingStep::kAllStreamed);
  EXPECT(fitted.fake.sets == Sets({0}));
}

TEST(PassesOverBudgetsThatTensorRtRefuses) {
  Fitted fitted;
  fitted.fake.accepts = [](int64_t budget) { return budget <= 20 * kMiB; };
  EXPECT(fitted.Fit(50 * kMiB));
  EXPECT_EQ(fitted.fitting.budget, 18 * kMiB);
  fitted.fake.accepts = [](int64_t) { return false; };
  EXPECT(!fitted.Fit(50 * kMiB));
}

TEST(LowersNoBudgetThatIsNotFitted) {
  Fitted fitted;
  EXPECT(!fitted.Lower());
  EXPECT(fitted.fake.sets.empty());
}

}  // namespace
}  // namespace wsb
