#include "delegate/budget/parse_budget.h"

#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

ParsedBudget Parse(std::string_view text) { return ParseBudget(text.data(), text.size()); }

void ExpectFault(std::string_view text, BudgetFault fault, size_t at) {
  const ParsedBudget parsed = Parse(text);
  EXPECT_EQ(parsed.fault, fault);
  EXPECT_EQ(parsed.at, at);
  EXPECT_EQ(parsed.bytes, 0);
}

TEST(ReadsDecimalDigits) {
  EXPECT_EQ(Parse("0").bytes, 0);
  EXPECT_EQ(Parse("8192").bytes, 8192);
  EXPECT_EQ(Parse("9223372036854775807").bytes, INT64_MAX);
  EXPECT(Parse("9223372036854775807").ok());
}

TEST(TakesLeadingZeros) {
  EXPECT_EQ(Parse("007").bytes, 7);
  const std::string zeros(1000, '0');
  EXPECT_EQ(Parse(zeros + "9223372036854775807").bytes, INT64_MAX);
}

TEST(RefusesWhatIsTooLarge) {
  ExpectFault("9223372036854775808", BudgetFault::kTooLarge, 18);
  ExpectFault("18446744073709551616", BudgetFault::kTooLarge, 19);
  ExpectFault("99999999999999999999", BudgetFault::kTooLarge, 18);
  // Digits behind the one that is too much are not looked at.
  ExpectFault("9223372036854775808x", BudgetFault::kTooLarge, 18);
}

TEST(RefusesEverythingElse) {
  ExpectFault("", BudgetFault::kEmpty, 0);
  EXPECT_EQ(ParseBudget(nullptr, 0).fault, BudgetFault::kNull);
  EXPECT_EQ(ParseBudget(nullptr, 5).fault, BudgetFault::kNull);
  for (const char* text : {"+1", "-1", "-0", " 1", "\t1", "0x10", "1e3"}) {
    ExpectFault(text, BudgetFault::kNotADigit, text[0] == '0' || text[0] == '1' ? 1 : 0);
  }
  ExpectFault("12 ", BudgetFault::kNotADigit, 2);
  ExpectFault("1,000", BudgetFault::kNotADigit, 1);
  ExpectFault(std::string_view("12\0", 3), BudgetFault::kNotADigit, 2);
  ExpectFault("\xD9\xA3", BudgetFault::kNotADigit, 0);
}

TEST(ReadsNoByteBehindTheText) {
  // A sanitizer sees a read behind the end of the memory; the digits behind the text are seen here.
  const std::vector<char> exact = {'4', '2'};
  EXPECT_EQ(ParseBudget(exact.data(), exact.size()).bytes, 42);
  EXPECT_EQ(ParseBudget("4299", 2).bytes, 42);
}

TEST(AcceptsOfAllBytesOnlyTheDigits) {
  int accepted = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const char text = static_cast<char>(byte);
    accepted += ParseBudget(&text, 1).ok() ? 1 : 0;
  }
  EXPECT_EQ(accepted, 10);
}

}  // namespace
}  // namespace wsb
