#include "delegate/application/available_memory.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <system_error>

#include "delegate/export.h"
#include "delegate/observer.h"

namespace wsb {
namespace {

// The file has some 1,500 bytes, and what is looked for is its third line.
using Buffer = std::array<char, 8192>;

struct Reader {
  WsbMeminfoReader function = nullptr;
  void* context = nullptr;
};

thread_local Reader reader_of_thread;

// `e` lets no program that is started meanwhile inherit it.
size_t ReadFile(char* buffer, size_t size) {
  std::FILE* const file = std::fopen("/proc/meminfo", "re");
  if (file == nullptr) {
    return 0;
  }
  const size_t length = std::fread(buffer, 1, size, file);
  std::fclose(file);
  return length;
}

}  // namespace

std::optional<uint64_t> AvailableMemory() {
  Buffer buffer;
  const Reader& reader = reader_of_thread;
  const size_t length = reader.function == nullptr
                            ? ReadFile(buffer.data(), buffer.size())
                            : reader.function(reader.context, buffer.data(), buffer.size());
  return length > buffer.size() ? std::nullopt : ParseMemAvailable({buffer.data(), length});
}

std::optional<uint64_t> ParseMemAvailable(std::string_view meminfo) {
  constexpr std::string_view kName = "MemAvailable:";
  constexpr std::string_view kUnit = " kB\n";
  constexpr uint64_t kUnitBytes = 1024;
  size_t at = meminfo.find(kName);
  // Other names may end with it.
  while (at != 0 && at != meminfo.npos && meminfo[at - 1] != '\n') {
    at = meminfo.find(kName, at + 1);
  }
  if (at == meminfo.npos) {
    return std::nullopt;
  }
  std::string_view rest = meminfo.substr(at + kName.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  uint64_t kibibytes = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), kibibytes);
  rest.remove_prefix(static_cast<size_t>(end - rest.data()));
  if (error != std::errc() || rest.substr(0, kUnit.size()) != kUnit ||
      kibibytes > std::numeric_limits<uint64_t>::max() / kUnitBytes) {
    return std::nullopt;
  }
  return kibibytes * kUnitBytes;
}

}  // namespace wsb

WSB_EXPORT void wsb_delegate_meminfo(WsbMeminfoReader reader, void* context) {
  wsb::reader_of_thread = {reader, context};
}
