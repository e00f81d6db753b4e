// A small framework for unit tests in C++: no test of ours needs more, and nobody has to install
// one.
//
//   TEST(ParsesZero) { EXPECT_EQ(ParseBudget("0", 1).bytes, 0); }

#ifndef WSB_NATIVE_TESTING_TEST_H_
#define WSB_NATIVE_TESTING_TEST_H_

#include <optional>
#include <sstream>
#include <string>
#include <type_traits>

namespace wsb::testing {

// Adds a test to those that main() runs, in the order of definition within a file.
struct Registration {
  Registration(const char* name, void (*run)());
};

// Notes that the running test failed, and goes on with it.
void Fail(const char* file, int line, const std::string& what);

// A value as a message shows it; an enumerator by its number.
template <typename Value>
void Show(std::ostringstream& out, const Value& value) {
  if constexpr (std::is_enum_v<Value>) {
    out << +static_cast<std::underlying_type_t<Value>>(value);
  } else {
    out << std::boolalpha << value;
  }
}

template <typename Value>
void Show(std::ostringstream& out, const std::optional<Value>& value) {
  if (value.has_value()) {
    Show(out, *value);
  } else {
    out << "nothing";
  }
}

template <typename Actual, typename Expected>
void ExpectEqual(const char* file, int line, const char* text, const Actual& actual,
                 const Expected& expected) {
  if (actual == expected) {
    return;
  }
  std::ostringstream what;
  what << text << " is ";
  Show(what, actual);
  what << ", expected ";
  Show(what, expected);
  Fail(file, line, what.str());
}

}  // namespace wsb::testing

#define TEST(name)                                                             \
  static void Test##name();                                                    \
  static const ::wsb::testing::Registration k##name##Added(#name, Test##name); \
  static void Test##name()

#define EXPECT(condition) \
  ::wsb::testing::ExpectEqual(__FILE__, __LINE__, #condition, bool(condition), true)

#define EXPECT_EQ(actual, expected) \
  ::wsb::testing::ExpectEqual(__FILE__, __LINE__, #actual, actual, expected)

#endif  // WSB_NATIVE_TESTING_TEST_H_
