#include "delegate/blob/json_scanner.h"

#include <string>
#include <string_view>

#include "delegate/blob/json_reader.h"
#include "testing/test.h"

namespace wsb {
namespace {

bool IsJson(std::string_view text) { return ParseJson(text).has_value(); }

void ExpectAll(bool accepted, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    if (IsJson(text) != accepted) {
      testing::Fail(__FILE__, __LINE__,
                    std::string(accepted ? "refused: " : "accepted: ").append(text));
    }
  }
}

TEST(AcceptsEveryTypeOfValue) {
  ExpectAll(true, {"null", "true", "false", "0", "-0", "12", "-1.5e+10", "1E-2", "0.0", "\"\"",
                   "[]", "{}", " [ 1 , {\"a\" : [ ] } ] ", "\t\r\n{}\n"});
}

TEST(RefusesWhatOnlySomeReadersAccept) {
  ExpectAll(false, {"",         " ",       "nul",      "nulls", "True",       "NaN",
                    "Infinity", "'a'",     "{a:1}",    "[1,]",  "{\"a\":1,}", "[1 2]",
                    "[,]",      "{\"a\"}", "{\"a\":}", "{1:2}", "// c\n1",    "1 1",
                    "[",        "]",       "{",        "[1",    "{\"a\":1",   "\xEF\xBB\xBF{}"});
}

TEST(RefusesNumbersOfOtherForms) {
  ExpectAll(false, {"+1", "01", "-", "1.", ".5", "1e", "1e+", "0x1", "1_0", "--1", "-a"});
}

TEST(ChecksStrings) {
  ExpectAll(true, {R"("\" \\ \/ \b \f \n \r \t \u00e9 \uD834\uDD1E")", "\"\xC3\xA9\"",
                   "\"\xE2\x82\xAC\"", "\"\xF0\x9D\x84\x9E\"", "\"\x7F\""});
  ExpectAll(false, {"\"", "\"a", R"("\)", R"("\")", R"("\x41")", R"("\u12")", R"("\u12g4")",
                    "\"a\nb\"", std::string_view("\"\0\"", 3)});
}

TEST(RefusesLoneSurrogates) {
  ExpectAll(false, {R"("\uD834")", R"("\uD834x")", R"("\uD834\n")", R"("\uD834\uD834")",
                    R"("\uDD1E")", R"("\uD834\u0041")"});
}

TEST(RefusesDamagedUtf8) {
  ExpectAll(false, {"\"\x80\"", "\"\xC3\"", "\"\xC0\x80\"", "\"\xE0\x80\x80\"", "\"\xED\xA0\x80\"",
                    "\"\xF0\x80\x80\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"",
                    "\"\xE2\x82", "\"\xFF\""});
}

TEST(BoundsTheDepth) {
  const auto nested = [](int depth) {
    return std::string(static_cast<size_t>(depth), '[') +
           std::string(static_cast<size_t>(depth), ']');
  };
  EXPECT(IsJson(nested(kMaxJsonDepth)));
  EXPECT(!IsJson(nested(kMaxJsonDepth + 1)));
  EXPECT(!IsJson(std::string(1000000, '[')));
}

TEST(ReadsHexadecimalUnits) {
  unsigned unit = 0;
  EXPECT(ReadHexUnit("00eF", &unit));
  EXPECT_EQ(unit, 0xEFu);
  EXPECT(!ReadHexUnit("00e", &unit));
  EXPECT(!ReadHexUnit("00eg", &unit));
}

}  // namespace
}  // namespace wsb
