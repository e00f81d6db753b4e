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

#include "measure/machine/arguments.h"
#include "measure/machine/machine.h"
#include "measure/session/session.h"

namespace wsb {
namespace {

enum ExitCode { kEnded = 0, kUsageError = 2, kInfrastructure = 4 };

int Fail(ExitCode code, const std::string& error) {
  std::fprintf(stderr, "wsb-measure: %s\n", error.c_str());
  return code;
}

int Main(int count, char** words) {
  MeasureArguments arguments;
  std::string error;
  if (!ReadMeasureArguments(count - 1, words + 1, &arguments, &error)) {
    return Fail(kUsageError,
                error + "\nusage: wsb-measure" + kMeasureUsage + "commands:\n" + kSessionCommands);
  }
  const std::unique_ptr<const Machine> machine = Machine::Open(arguments.machine, &error);
  if (machine == nullptr) {
    return Fail(kInfrastructure, error);
  }
  Session session(*machine, arguments);
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
    return wsb::Main(count, words);
  } catch (const std::exception& exception) {
    return wsb::Fail(wsb::kInfrastructure, exception.what());
  }
}
