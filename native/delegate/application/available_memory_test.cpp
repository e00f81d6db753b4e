#include "delegate/application/available_memory.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "delegate/observer.h"
#include "testing/test.h"

namespace wsb {
namespace {

constexpr std::string_view kMeminfo =
    "MemTotal:       127535228 kB\n"
    "MemFree:         1203916 kB\n"
    "MemAvailable:   121034572 kB\n"
    "Buffers:          123456 kB\n";

bool Refuses(std::string_view meminfo) { return !ParseMemAvailable(meminfo).has_value(); }

TEST(ReadsWhatIsAvailable) {
  EXPECT_EQ(ParseMemAvailable(kMeminfo).value_or(1), uint64_t{121034572} * 1024);
  EXPECT_EQ(ParseMemAvailable("MemAvailable: 0 kB\n").value_or(1), 0u);
  EXPECT_EQ(ParseMemAvailable("LowMemAvailable: 3 kB\nMemAvailable:2 kB\n").value_or(1), 2048u);
}

TEST(RefusesEverythingElse) {
  EXPECT(Refuses(""));
  EXPECT(Refuses("MemFree: 1 kB\n"));
  EXPECT(Refuses("LowMemAvailable: 1 kB\n"));
  EXPECT(Refuses("MemAvailable:"));
  EXPECT(Refuses("MemAvailable: 1 MB\n"));
  EXPECT(Refuses("MemAvailable: -1 kB\n"));
  // Cut off: there may have been more digits.
  EXPECT(Refuses("MemAvailable: 12"));
  EXPECT(Refuses("MemAvailable: 18014398509481984 kB\n"));
  EXPECT(Refuses("MemAvailable: 99999999999999999999 kB\n"));
}

size_t ReadExample(void* context, char* buffer, size_t size) {
  if (size < kMeminfo.size()) {
    return 0;
  }
  std::copy(kMeminfo.begin(), kMeminfo.end(), buffer);
  return context == nullptr ? kMeminfo.size() : *static_cast<size_t*>(context);
}

TEST(ReadsTheFileUnlessThereIsAReader) {
  EXPECT(AvailableMemory().value_or(0) > 0);
  wsb_delegate_meminfo(&ReadExample, nullptr);
  EXPECT_EQ(AvailableMemory().value_or(1), uint64_t{121034572} * 1024);
  for (size_t length : {size_t{0}, size_t{1} << 40}) {
    wsb_delegate_meminfo(&ReadExample, &length);
    EXPECT(!AvailableMemory().has_value());
  }
  wsb_delegate_meminfo(nullptr, nullptr);
}

}  // namespace
}  // namespace wsb
