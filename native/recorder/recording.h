// Makes a recording.

#ifndef WSB_NATIVE_RECORDER_RECORDING_H_
#define WSB_NATIVE_RECORDER_RECORDING_H_

#include <string>
#include <vector>

#include "recorder/arguments.h"

namespace wsb {

// Records every engine of `arguments` and writes the file, which appears when it is whole. False
// when that can't be done; `error` then says why. A sequence whose process dies is no failure.
bool Record(const Arguments& arguments, std::string* error);

// The bytes of a plan; none for a file that can't be read.
std::vector<char> ReadPlan(const std::string& file);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_RECORDING_H_
