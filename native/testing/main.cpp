// Runs the tests that are linked to it. Exit code 0 when all pass, 1 when one fails or there are
// none.

#include <cstdio>
#include <vector>

#include "testing/test.h"

namespace wsb::testing {
namespace {

struct Test {
  const char* name;
  void (*run)();
};

std::vector<Test>& Tests() {
  static std::vector<Test> tests;
  return tests;
}

int g_failures = 0;

}  // namespace

Registration::Registration(const char* name, void (*run)()) { Tests().push_back({name, run}); }

void Fail(const char* file, int line, const std::string& what) {
  ++g_failures;
  std::printf("%s:%d: %s\n", file, line, what.c_str());
}

}  // namespace wsb::testing

int main() {
  using wsb::testing::g_failures;
  int failed = 0;
  for (const auto& [name, run] : wsb::testing::Tests()) {
    const int before = g_failures;
    run();
    if (g_failures > before) {
      ++failed;
      std::printf("FAILED: %s\n", name);
    }
  }
  std::printf("%zu tests, %d failed\n", wsb::testing::Tests().size(), failed);
  return failed == 0 && !wsb::testing::Tests().empty() ? 0 : 1;
}
