// The command line of a host executable.

#ifndef WSB_NATIVE_PROCESS_SERVE_COMMAND_LINE_H_
#define WSB_NATIVE_PROCESS_SERVE_COMMAND_LINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "host/subject.h"
#include "process/serve/host_process.h"

namespace wsb {

// The backend id that the suite's programs carry.
inline constexpr char kProgramBackend[] = "TensorRTBackend";

struct HostOptions {
  bool help = false;
  SubjectConfig libraries;
  // Whether the delegate is the one of the profile.
  bool has_own_delegate = false;
  // To be loaded before all others; absolute paths.
  std::vector<std::string> preloaded;
  // As the runner's report names the subject.
  std::string name;
  // The id under which the delegate registers.
  std::string backend = kProgramBackend;
  // Who chooses automatic budgets; empty for what the delegate does without being told.
  std::string policy;
  // Of the simulated TensorRT; 0 keeps its own.
  int32_t tensorrt_version = 0;
};

// Reads the arguments; libraries that they do not name are those of `profile`. False when they make
// no sense or name a file that is not there; `error` then says why.
bool ReadCommandLine(const HostProfile& profile, int argc, char** argv, HostOptions* options,
                     std::string* error);

// How to call the executable, in lines.
std::string Usage(const HostProfile& profile);

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_COMMAND_LINE_H_
