// Who may use the delegate of the process.

#ifndef WSB_NATIVE_HOST_PROCESS_USE_H_
#define WSB_NATIVE_HOST_PROCESS_USE_H_

#include <cstdint>

namespace wsb {

// Requests of several threads share the options of the process, so one that is about them has the
// delegate to itself. A thread has one of these at a time; others wait until it ends.
class ProcessUse {
 public:
  ProcessUse() = default;
  ~ProcessUse() { Release(); }
  ProcessUse(const ProcessUse&) = delete;
  ProcessUse& operator=(const ProcessUse&) = delete;

  // Waits for those that are alone, or, when `alone`, for all others; does nothing where this is so
  // already.
  void Take(bool alone);

 private:
  enum class Held : uint8_t { kNothing, kShared, kAlone };

  void Release();

  Held held_ = Held::kNothing;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PROCESS_USE_H_
