// Asks the simulated TensorRT what a recording says the real one answered.

#ifndef WSB_NATIVE_RECORDER_REPLAY_H_
#define WSB_NATIVE_RECORDER_REPLAY_H_

#include <iosfwd>
#include <string>

#include "recorder/arguments.h"

namespace wsb {

// Reads steps, one a line, and writes the answer to each call, one a line: true, false, a decimal,
// or nothing.
//   begin             a fresh device
//   free BYTES        so much of it is free, from now on
//   CALL ENGINE [ARGUMENT]   a call as recordings name it; the argument of
//   setWeightStreamingBudgetV2
//                     is the budget, that of deserializeCudaEngine a scripted plan in hexadecimal
// False when the TensorRT is not the simulated one or a step makes no sense; `error` then says so.
bool Replay(const Arguments& arguments, std::istream& steps, std::ostream& answers,
            std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_REPLAY_H_
