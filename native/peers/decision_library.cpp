// The budget rules of a delegate as a plain C function, which Python's ctypes can call.

#include <dlfcn.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "delegate/export.h"
#include "host/decision_host.h"

namespace {

std::unique_ptr<wsb::DecisionHost> host;

}  // namespace

// Opens the shared library of a delegate; false when it is none that has decision depth.
WSB_EXPORT bool peer_open(const char* delegate) {
  void* const library = dlopen(delegate, RTLD_NOW | RTLD_LOCAL);
  void* const decide = library == nullptr ? nullptr : dlsym(library, "wsb_delegate_decide");
  if (decide == nullptr) {
    return false;
  }
  host = std::make_unique<wsb::DecisionHost>(
      reinterpret_cast<decltype(&wsb_delegate_decide)>(decide));
  return true;
}

// Writes the outcome of one record; returns its size in bytes, or -1 when the record is malformed
// or the outcome takes more than `capacity`.
WSB_EXPORT int64_t peer_decide(const uint8_t* record, size_t size, uint8_t* outcome,
                                          size_t capacity) {
  static std::vector<uint8_t> outcomes;
  static std::string error;
  outcomes.clear();
  if (host == nullptr || !host->Run(record, size, &outcomes, &error) || outcomes.size() > capacity) {
    return -1;
  }
  std::copy(outcomes.begin(), outcomes.end(), outcome);
  return static_cast<int64_t>(outcomes.size());
}
