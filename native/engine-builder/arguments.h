// The command line of engine-builder.

#ifndef WSB_NATIVE_ENGINE_BUILDER_ARGUMENTS_H_
#define WSB_NATIVE_ENGINE_BUILDER_ARGUMENTS_H_

#include <string>
#include <vector>

#include "engine-builder/network_spec.h"

namespace wsb {

struct Arguments {
  bool help = false;
  // Folder of libnvinfer.
  std::string tensorrt;
  // The plan file to write.
  std::string output;
  NetworkSpec network;
};

// Ends with a newline.
extern const char* const kUsage;

// Reads the arguments that follow the program's name. False when they make no sense; `error` then
// says which.
bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_ARGUMENTS_H_
