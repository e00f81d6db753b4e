// A process for calls that may end it.

#ifndef WSB_NATIVE_RECORDER_CHILD_PROCESS_H_
#define WSB_NATIVE_RECORDER_CHILD_PROCESS_H_

#include <string>
#include <vector>

namespace wsb {

// How a process ended and what it wrote.
struct ChildResult {
  // Of its end; 0 when it ended by itself, SIGALRM when it ran for too long.
  int signal = 0;
  // Only when it ended by itself.
  int exit_code = 0;
  // The whole lines of its standard output.
  std::vector<std::string> lines;
};

// Starts this program anew with `arguments` and waits for its end, `seconds` at most. False when it
// can't be started.
bool RunChild(const std::vector<std::string>& arguments, unsigned seconds, ChildResult* result);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_CHILD_PROCESS_H_
