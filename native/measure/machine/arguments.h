// The command line of wsb-measure.

#ifndef WSB_NATIVE_MEASURE_MACHINE_ARGUMENTS_H_
#define WSB_NATIVE_MEASURE_MACHINE_ARGUMENTS_H_

#include <string>

#include "measure/machine/machine.h"

namespace wsb {

// What wsb-measure is told.
struct MeasureArguments {
  MachinePaths machine;
  // The program to load.
  std::string program;
  // The plan that is in it.
  std::string plan;
};

// How the command line has to look, after the name of the program.
inline constexpr char kMeasureUsage[] =
    " --delegate LIB --tensorrt LIB --cudart LIB --program FILE.pte --plan FILE\n"
    "  [--simulator LIB --simulated-bytes N]\n";

// Reads `count` words after the name of the program. False when one is unknown, missing or no
// number; `error` then says which.
bool ReadMeasureArguments(int count, char** words, MeasureArguments* arguments, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_MACHINE_ARGUMENTS_H_
