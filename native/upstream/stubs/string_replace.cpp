// A function of libstdc++ that GCC 13 and newer call, for systems whose libstdc++ is older.

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>

namespace wsb {

// Replaces the `old_size` bytes at `at` with `size` bytes from `from`, moving the `rest` bytes
// behind them. All of it lies in the buffer of `text`, which is large enough; `from` may lie there
// too. The length of the string is the caller's affair. To the linker it is
// std::string::_M_replace_cold(char*, size_t, const char*, size_t, size_t).
__attribute__((visibility("default"))) void
ReplaceInPlace(std::string* text, char* at, size_t old_size, const char* from, size_t size, size_t rest) __asm__(
    "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE15_M_replace_coldEPcmPKcmm");

void ReplaceInPlace(std::string* /*text*/, char* at, size_t old_size, const char* from, size_t size,
                    size_t rest) {
  // Moving the rest may overwrite what is to be put in.
  const std::unique_ptr<char[]> copy(new char[size + 1]);
  std::memcpy(copy.get(), from, size);
  std::memmove(at + size, at + old_size, rest);
  std::memcpy(at, copy.get(), size);
}

}  // namespace wsb
