// wsb-measure: loads and runs a program on command, and says what became of it and how long it
// took. A command a line on standard input, an answer a line (JSON) on standard output; a process
// that ends without an answer has crashed at that command.
//
// Exit codes: 0 standard input ended, 2 usage, 4 a library, the program or the GPU can't be used.

#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "common/command_options.h"
#include "measure/machine.h"
#include "measure/session.h"

namespace wsb {
namespace {

enum ExitCode { kEnded = 0, kUsageError = 2, kInfrastructure = 4 };

int Fail(ExitCode code, const std::string& error) {
  std::fprintf(stderr, "wsb-measure: %s\n", error.c_str());
  return code;
}

// What wsb-measure is told.
struct Arguments {
  MachinePaths machine;
  // The program to load, and the plan that is in it.
  std::string program;
  std::string plan;
};

constexpr char kUsage[] =
    "usage: wsb-measure --delegate LIB --tensorrt LIB --cudart LIB --program FILE.pte --plan FILE\n"
    "  [--simulator LIB --simulated-bytes N]\n"
    "commands:\n";

bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments,
                   std::string* error) {
  MachinePaths& machine = arguments->machine;
  const std::vector<CommandOption> options = {
      {"--delegate", TextInto(&machine.delegate)},
      {"--tensorrt", TextInto(&machine.tensorrt)},
      {"--cudart", TextInto(&machine.cudart)},
      {"--program", TextInto(&arguments->program)},
      {"--plan", TextInto(&arguments->plan)},
      {"--simulator", TextInto(&machine.simulator)},
      {"--simulated-bytes", NumberInto<uint64_t>(&machine.simulated_bytes, 1)},
  };
  if (!ReadOptions(words, options, error)) {
    return false;
  }
  const bool complete = !machine.delegate.empty() && !machine.tensorrt.empty() &&
                        !machine.cudart.empty() && !arguments->program.empty() &&
                        !arguments->plan.empty();
  if (!complete) {
    *error = "--delegate, --tensorrt, --cudart, --program and --plan have to be given";
  }
  return complete;
}

int Main(const std::vector<std::string>& words) {
  Arguments arguments;
  std::string error;
  if (!ReadArguments(words, &arguments, &error)) {
    return Fail(kUsageError, error + '\n' + kUsage + kSessionCommands);
  }
  const std::unique_ptr<const Machine> machine = Machine::Open(arguments.machine, &error);
  if (machine == nullptr) {
    return Fail(kInfrastructure, error);
  }
  Session session(*machine, arguments.program, arguments.plan);
  if (!session.Open(&error)) {
    return Fail(kInfrastructure, error);
  }
  for (std::string line; std::getline(std::cin, line);) {
    if (!session.Run(line, &error)) {
      return Fail(kInfrastructure, error);
    }
  }
  return kEnded;
}

}  // namespace
}  // namespace wsb

int main(int count, char** words) {
  try {
    return wsb::Main(std::vector<std::string>(words + 1, words + count));
  } catch (const std::exception& exception) {
    return wsb::Fail(wsb::kInfrastructure, exception.what());
  }
}
