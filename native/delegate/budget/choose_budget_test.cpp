#include "delegate/budget/choose_budget.h"

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;

BackendOption Option(std::string_view key, decltype(BackendOption::value) value) {
  BackendOption option{};
  std::memcpy(option.key, key.data(), key.size());
  option.value = value;
  return option;
}

BackendOption Text(std::string_view text) {
  std::array<char, executorch::runtime::kMaxOptionValueLength> value{};
  std::memcpy(value.data(), text.data(), text.size());
  return Option(kBudgetKey, value);
}

// A compile spec under our key; `text` is kept alive by the caller.
CompileSpec Spec(std::string_view text) {
  return {kBudgetKey, {const_cast<char*>(text.data()), text.size()}};
}

BudgetChoice Choose(std::vector<BackendOption> options, std::vector<CompileSpec> specs) {
  return ChooseBudget({options.data(), options.size()}, {specs.data(), specs.size()});
}

TEST(LeavesItToTensorRtWithoutAnySource) {
  const BudgetChoice choice = Choose({}, {});
  EXPECT_EQ(choice.source, BudgetSource::kAutomatic);
  EXPECT(!choice.IsRejected() && !choice.IsExplicit() && !choice.option_ignored);
}

TEST(PrefersTheOption) {
  const BudgetChoice both = Choose({Text("700")}, {Spec("8192")});
  EXPECT_EQ(both.source, BudgetSource::kOption);
  EXPECT_EQ(both.bytes, 700);
  // A wrong compile spec plays no part then, be it malformed or there twice.
  EXPECT_EQ(Choose({Text("700")}, {Spec("x"), Spec("x")}).bytes, 700);
  const BudgetChoice spec = Choose({}, {Spec("8192")});
  EXPECT_EQ(spec.source, BudgetSource::kCompileSpec);
  EXPECT_EQ(spec.bytes, 8192);
}

TEST(TakesAnIntAsTheOption) {
  EXPECT_EQ(Choose({Option(kBudgetKey, 0)}, {}).source, BudgetSource::kOption);
  EXPECT_EQ(Choose({Option(kBudgetKey, 2147483647)}, {}).bytes, 2147483647);
  EXPECT_EQ(Choose({Option(kBudgetKey, -1)}, {}).rejection, BudgetRejection::kOptionNegative);
}

TEST(RejectsABoolAndMalformedText) {
  EXPECT_EQ(Choose({Option(kBudgetKey, true)}, {Spec("1")}).rejection,
            BudgetRejection::kOptionOfWrongType);
  const BudgetChoice malformed = Choose({Text("12 ")}, {Spec("1")});
  EXPECT_EQ(malformed.rejection, BudgetRejection::kOptionMalformed);
  EXPECT_EQ(malformed.parsed.fault, BudgetFault::kNotADigit);
  EXPECT_EQ(malformed.parsed.at, size_t{2});
}

TEST(IgnoresAnEmptyOptionAndSaysSo) {
  const BudgetChoice spec = Choose({Text("")}, {Spec("5")});
  EXPECT_EQ(spec.source, BudgetSource::kCompileSpec);
  EXPECT(spec.option_ignored);
  EXPECT(Choose({Text("")}, {}).option_ignored);
  EXPECT_EQ(Choose({Text("")}, {Spec("x")}).rejection, BudgetRejection::kSpecMalformed);
}

TEST(ReadsAnOptionThatFillsItsArray) {
  std::array<char, executorch::runtime::kMaxOptionValueLength> digits;
  digits.fill('0');
  digits.back() = '7';
  EXPECT_EQ(Choose({Option(kBudgetKey, digits)}, {}).bytes, 7);
}

TEST(ComparesKeysToTheirEnd) {
  EXPECT(!Choose({Option("weight_streaming_budget2", 1)}, {}).IsExplicit());
  EXPECT(!Choose({Option("weight_streaming_budge", 1)}, {}).IsExplicit());
  EXPECT(!Choose({Option("Weight_streaming_budget", 1)}, {}).IsExplicit());
  // A key that fills its array has no terminator to find.
  BackendOption full{};
  std::memset(full.key, 'w', sizeof(full.key));
  full.value = 1;
  EXPECT(!Choose({full}, {}).IsExplicit());
}

TEST(TakesTheFirstOfTwoOptions) { EXPECT_EQ(Choose({Text("1"), Text("2")}, {}).bytes, 1); }

TEST(RejectsTwoCompileSpecsEvenOfOneValue) {
  EXPECT_EQ(Choose({}, {Spec("1"), Spec("1")}).rejection, BudgetRejection::kSpecDuplicate);
}

TEST(RejectsACompileSpecThatIsNoBudget) {
  for (const std::string_view text : {std::string_view(""), std::string_view("1\0", 2),
                                      std::string_view("-1"), std::string_view(" 1")}) {
    EXPECT_EQ(Choose({}, {Spec(text)}).rejection, BudgetRejection::kSpecMalformed);
  }
  EXPECT_EQ(Choose({}, {{kBudgetKey, {nullptr, 0}}}).parsed.fault, BudgetFault::kNull);
}

TEST(PassesOverOtherCompileSpecs) {
  char other[] = "other";
  EXPECT_EQ(Choose({}, {{nullptr, {other, 5}}, {other, {other, 5}}, Spec("9")}).bytes, 9);
}

}  // namespace
}  // namespace wsb
