#include "measure/machine/arguments.h"

#include <vector>

#include "common/command_options.h"

namespace wsb {

bool ReadMeasureArguments(int count, char** words, MeasureArguments* arguments,
                          std::string* error) {
  MachinePaths& machine = arguments->machine;
  const std::vector<CommandOption> options = {
      {"--delegate", TextInto(&machine.delegate)},
      {"--tensorrt", TextInto(&machine.tensorrt)},
      {"--cudart", TextInto(&machine.cudart)},
      {"--program", TextInto(&arguments->program)},
      {"--plan", TextInto(&arguments->plan)},
      {"--simulator", TextInto(&machine.simulator)},
      {"--simulated-bytes",
       [&](const std::string& value) {
         return ReadNumber<decltype(machine.simulated_bytes)>(value, &machine.simulated_bytes, 1);
       }},
  };
  if (!ReadOptions(std::vector<std::string>(words, words + count), options, error)) {
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

}  // namespace wsb
