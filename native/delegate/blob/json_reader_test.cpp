#include "delegate/blob/json_reader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

JsonValue Parse(std::string_view text) {
  static const JsonValue null = *ParseJson("null");
  const std::optional<JsonValue> value = ParseJson(text);
  EXPECT(value.has_value());
  return value.value_or(null);
}

TEST(ResolvesEscapes) {
  EXPECT_EQ(Parse(R"("a\"\\\/\b\f\n\r\t")").ToString(), std::string("a\"\\/\b\f\n\r\t"));
  EXPECT_EQ(Parse(R"("\u0041\u00e9\u20ac\ud834\udd1e")").ToString(),
            std::string("A\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E"));
  EXPECT_EQ(Parse(R"("\u0000")").ToString(), std::string(1, '\0'));
  EXPECT_EQ(Parse("1").ToString(), std::optional<std::string>());
}

TEST(ComparesStringsByTheirBytes) {
  EXPECT(Parse(R"("na\u006de")").Equals("name"));
  EXPECT(!Parse("\"name\"").Equals("names"));
  EXPECT(!Parse("\"names\"").Equals("name"));
  EXPECT(!Parse("\"\"").Equals("a"));
  EXPECT(Parse("\"\"").Equals(""));
  EXPECT(!Parse("1").Equals("1"));
}

TEST(ReadsWholeNumbersThatFit) {
  EXPECT_EQ(Parse("2147483647").ToInt32(), INT32_MAX);
  EXPECT_EQ(Parse("-2147483648").ToInt32(), INT32_MIN);
  EXPECT_EQ(Parse("-0").ToInt32(), 0);
  for (const char* text : {"2147483648", "4294967296", "1.0", "1e0", "\"1\"", "true", "null"}) {
    EXPECT_EQ(Parse(text).ToInt32(), std::optional<int32_t>());
  }
}

TEST(ReadsBooleans) {
  EXPECT_EQ(Parse("true").ToBool(), true);
  EXPECT_EQ(Parse("false").ToBool(), false);
  for (const char* text : {"1", "\"true\"", "null", "[]"}) {
    EXPECT_EQ(Parse(text).ToBool(), std::optional<bool>());
  }
}

TEST(FindsMembersByTheirNames) {
  const auto [b, a, missing] =
      Parse(R"({"a":1, "\u0062" : {"a":2}, "a" :3})").Members({"b", "a", "c"});
  EXPECT(b.has_value() && a.has_value() && !missing.has_value());
  // Of equal names the last counts.
  EXPECT_EQ(a->ToInt32(), 3);
  const auto [inner] = b->Members({"a"});
  EXPECT_EQ(inner->ToInt32(), 2);
  const auto [none] = Parse("[1]").Members({"a"});
  EXPECT(!none.has_value());
}

TEST(VisitsMembersInTheirOrder) {
  std::string names;
  Parse(R"({ "x" : 1 , "y":[] , "x":{} })")
      .ForEachMember([&](const JsonValue& name, const JsonValue&) { names += *name.ToString(); });
  EXPECT_EQ(names, "xyx");
}

TEST(VisitsElementsUntilOneIsRefused) {
  std::vector<int> seen;
  const auto visit = [&](const JsonValue& element) {
    seen.push_back(*element.ToInt32());
    return seen.back() < 2;
  };
  EXPECT(!Parse("[ 1 , 2, 3 ]").ForEachElement(visit));
  EXPECT(seen == std::vector<int>({1, 2}));
  EXPECT(Parse("[]").ForEachElement(visit));
  EXPECT(!Parse("{}").ForEachElement(visit));
}

}  // namespace
}  // namespace wsb
