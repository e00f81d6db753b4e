// Stands for a function or an object that upstream's libraries are linked to and never use when
// they load programs. Included by sources that the build makes from the libraries' symbols.

#ifndef WSB_NATIVE_UPSTREAM_STUBS_MISSING_SYMBOL_H_
#define WSB_NATIVE_UPSTREAM_STUBS_MISSING_SYMBOL_H_

#include <cstdio>
#include <cstdlib>

namespace wsb {

// Ends the process, loudly: whatever it returned would be made up.
[[noreturn]] inline void EndAtMissing(const char* symbol) {
  std::fprintf(stderr, "upstream called %s, which has no stub in native/upstream/stubs\n",
               symbol);
  std::abort();
}

}  // namespace wsb

// Weak, so that a definition in native/upstream/stubs or in the simulator takes its place. `id`
// makes the name in C++ unique; `symbol` is the name for the linker.
#define WSB_MISSING_FUNCTION(id, symbol)                                                           \
  extern "C" __attribute__((visibility("default"), weak)) void wsb_missing_##id() __asm__(symbol); \
  extern "C" void wsb_missing_##id() { wsb::EndAtMissing(symbol); }

// Only the address of such an object is taken; it is as large as any of its kind.
#define WSB_MISSING_OBJECT(id, symbol)                                                          \
  extern "C"                                                                                    \
      __attribute__((visibility("default"), weak)) char wsb_missing_##id[1024] __asm__(symbol); \
  alignas(64) char wsb_missing_##id[1024] = {};

#endif  // WSB_NATIVE_UPSTREAM_STUBS_MISSING_SYMBOL_H_
