#include "delegate/application/report_budget.h"

#include <executorch/runtime/platform/platform.h>

#include <string>
#include <vector>

#include "testing/fake_engine.h"
#include "testing/test.h"

namespace wsb {
namespace {

using testing::FakeEngine;
using Lines = std::vector<std::string>;

// What was logged: a letter for the level, a blank, the message.
Lines g_log;

void Log(et_timestamp_t, et_pal_log_level_t level, const char*, const char*, size_t,
         const char* message, size_t length) {
  g_log.push_back(std::string(1, static_cast<char>(level)) + ' ' + std::string(message, length));
}

// Takes the log over, once, and empties it.
void ClearLog() {
  static const bool installed =
      executorch::runtime::register_pal(executorch::runtime::PalImpl::create(&Log, __FILE__));
  EXPECT(installed);
  g_log.clear();
}

void ExpectLog(const Lines& expected) {
  EXPECT_EQ(g_log.size(), expected.size());
  for (size_t n = 0; n < g_log.size() && n < expected.size(); ++n) {
    EXPECT_EQ(g_log[n], expected[n]);
  }
  g_log.clear();
}

BudgetChoice Explicit(BudgetSource source, int64_t bytes) {
  BudgetChoice choice;
  choice.source = source;
  choice.bytes = bytes;
  return choice;
}

BudgetChoice Rejected(BudgetRejection rejection, ParsedBudget parsed = {}) {
  BudgetChoice choice;
  choice.source = rejection == BudgetRejection::kSpecMalformed ? BudgetSource::kCompileSpec
                                                               : BudgetSource::kOption;
  choice.rejection = rejection;
  choice.parsed = parsed;
  return choice;
}

TEST(SaysNothingOfAChoiceThatHolds) {
  ClearLog();
  ReportChoice(Explicit(BudgetSource::kOption, 5));
  ReportChoice({});
  ExpectLog({});
}

TEST(SaysWhyAChoiceIsRejected) {
  ClearLog();
  ReportChoice(Rejected(BudgetRejection::kOptionOfWrongType));
  ReportChoice(Rejected(BudgetRejection::kOptionNegative));
  ReportChoice(Rejected(BudgetRejection::kSpecDuplicate));
  ReportChoice(Rejected(BudgetRejection::kOptionMalformed, {0, BudgetFault::kNotADigit, 3}));
  ReportChoice(Rejected(BudgetRejection::kSpecMalformed, {0, BudgetFault::kTooLarge, 18}));
  ReportChoice(Rejected(BudgetRejection::kSpecMalformed, {0, BudgetFault::kNull, 0}));
  ReportChoice(Rejected(BudgetRejection::kSpecMalformed, {0, BudgetFault::kEmpty, 0}));
  ExpectLog({
      "E load-time option weight_streaming_budget is a bool: give a byte count as a string or an "
      "int",
      "E load-time option weight_streaming_budget is negative: give a byte count",
      "E more than one compile spec weight_streaming_budget: export the program with one",
      "E load-time option weight_streaming_budget is malformed, not a decimal digit at byte 3: "
      "give a byte count in decimal digits",
      "E compile spec weight_streaming_budget is malformed, above 2^63-1 at byte 18: give a byte "
      "count in decimal digits",
      "E compile spec weight_streaming_budget is malformed, null at byte 0: give a byte count in "
      "decimal digits",
      "E compile spec weight_streaming_budget is malformed, empty at byte 0: give a byte count in "
      "decimal digits",
  });
}

TEST(SaysThatAnEmptyOptionWasIgnored) {
  ClearLog();
  BudgetChoice choice;
  choice.option_ignored = true;
  ReportChoice(choice);
  ExpectLog({
      "E load-time option weight_streaming_budget is empty and was ignored: give a byte count or "
      "leave it out",
  });
}

TEST(SaysWhatWasApplied) {
  ClearLog();
  FakeEngine fake(1000);
  fake.scratch = 30;
  const Engine engine = fake.Open();
  EXPECT(engine.SetWeightStreamingBudgetV2(700));
  ReportApplication(Explicit(BudgetSource::kCompileSpec, 700),
                    {BudgetEffect::kApplied, 1000, 700, false}, engine);
  EXPECT(engine.SetWeightStreamingBudgetV2(0));
  ReportApplication({}, {BudgetEffect::kApplied, 1000, 400, true}, engine);
  ReportApplication({},
                    {BudgetEffect::kApplied, 1000, 0, false,
                     Fitting{FittingStep::kAllStreamed, {50, 1000, 20, 30}}},
                    engine);
  ExpectLog({
      "I streaming weights: budget 700 of 1000 bytes, scratch 30 (compile spec)",
      "I streaming weights: budget 0 of 1000 bytes, scratch 30 (automatic refused, all streamed)",
      "I streaming weights: budget 0 of 1000 bytes, scratch 30 (automatic)",
      "I fitted into 50 bytes of free device memory: 20 activations, 30 scratch, 10485760 margin; "
      "all weights are streamed",
  });
}

TEST(SaysWhatWasRefused) {
  ClearLog();
  FakeEngine fake(1000);
  const Engine engine = fake.Open();
  ReportApplication(Explicit(BudgetSource::kOption, 700),
                    {BudgetEffect::kRefused, 1000, 700, false}, engine);
  ReportApplication({}, {BudgetEffect::kRefused, 1000, 400, true}, engine);
  ReportApplication({},
                    {BudgetEffect::kRefused, 1000, 0, false,
                     Fitting{FittingStep::kAllStreamed, {50, 1000, 20, 30}}},
                    engine);
  ExpectLog({
      "E TensorRT refused weight_streaming_budget of 700 (load-time option, 1000 bytes "
      "streamable): free device memory or ask for less",
      "E TensorRT refused its automatic weight_streaming_budget of 400 and then 0 (1000 bytes "
      "streamable): free device memory",
      "E TensorRT refused every automatic weight_streaming_budget that fits 50 free bytes, down "
      "to 0 (1000 bytes streamable): free device memory",
  });
}

TEST(WarnsOfAResidentEngineOnlyWhoAskedForABudget) {
  ClearLog();
  FakeEngine fake(0);
  const Engine engine = fake.Open();
  ReportApplication({}, {BudgetEffect::kSkipped, 0, 0, false}, engine);
  ReportApplication(Explicit(BudgetSource::kOption, 7), {BudgetEffect::kSkipped, 0, 0, false},
                    engine);
  ExpectLog({
      "E weight_streaming_budget of 7 (load-time option) was ignored: the engine has no "
      "streamable weights and stays resident; build it for weight streaming",
  });
}

TEST(SaysThatABudgetWasLowered) {
  ClearLog();
  Fitting fitting{FittingStep::kLowered, {50, 1000, 20, 30}};
  fitting.budget = 300;
  ReportLowered(fitting);
  ReportReleased(700, fitting);
  ExpectLog({
      "I TensorRT made no execution context: the budget is lowered to 300 of 1000 bytes, fewer "
      "weights are resident than should fit",
      "I a later engine needs device memory: a budget of 700 is lowered to 300 of "
      "1000 bytes",
  });
}

}  // namespace
}  // namespace wsb
