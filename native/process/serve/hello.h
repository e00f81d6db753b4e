// The two lines with which runner and subject introduce themselves (spec/protocol.md).

#ifndef WSB_NATIVE_PROCESS_SERVE_HELLO_H_
#define WSB_NATIVE_PROCESS_SERVE_HELLO_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsb {

struct RunnerHello {
  // Write each begin through before its case starts, rather than one for a batch.
  bool flush_each = false;
  // Path of the progress file; empty when there is none.
  std::string progress;
};

// Reads the runner's hello. False when it is none, or offers neither version 1 nor binary frames;
// `error` then says what is wrong.
bool ReadHello(std::string_view line, RunnerHello* hello, std::string* error);

// What the subject says of itself.
struct SubjectHello {
  std::string name;
  // A name and a version each.
  std::vector<std::pair<std::string, std::string>> versions;
  // Who chooses automatic budgets; empty when that is not told.
  std::string policy;
  // All of spec/protocol.md, each with whether the subject has it.
  std::vector<std::pair<std::string, bool>> capabilities;
};

// The subject's hello as a line, choosing version 1 and binary frames.
std::string WriteHello(const SubjectHello& hello);

// The message that the subject can't go on, as a line.
std::string WriteFailure(std::string_view reason);

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_HELLO_H_
