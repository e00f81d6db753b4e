// The command line of recorder.

#ifndef WSB_NATIVE_RECORDER_ARGUMENTS_H_
#define WSB_NATIVE_RECORDER_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace wsb {

// A plan to record and the name that the recording knows it by.
struct PlanFile {
  std::string id;
  std::string file;
};

struct Arguments {
  bool help = false;
  // Play the steps on standard input instead of recording.
  bool replay = false;
  // Play this one sequence, as a process started by a recorder does.
  std::string sequence;
  // Folder of libnvinfer.
  std::string tensorrt;
  // The CUDA runtime; empty to look for it.
  std::string cudart;
  std::vector<PlanFile> engines;
  std::string output;
  // For the header.
  std::string gpu;
  std::string driver;
  std::string date;
  // Bytes of the simulated device; 0 on a real one.
  uint64_t device_memory = 0;
};

// Ends with a newline.
extern const char* const kUsage;

// Reads the arguments that follow the program's name. False when they make no sense; `error` then
// says which.
bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_ARGUMENTS_H_
