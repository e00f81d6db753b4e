// Which sequences a recording is made of.

#ifndef WSB_NATIVE_RECORDER_SEQUENCES_H_
#define WSB_NATIVE_RECORDER_SEQUENCES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "recorder/replayer.h"

namespace wsb {

// Calls that a process of their own makes, in the words of PlayOps().
struct Sequence {
  std::string id;
  // How many engines of the plan it uses.
  size_t engines;
  std::string ops;
};

// The sequences for an engine with these facts: all budgets; a set while a context lives; runs at
// several budgets; loads and unloads; damaged plans; and with device memory held short, at the
// bounds where a load, a set or a context begins to fail and between them, under several policies
// and with one and two engines.
std::vector<Sequence> SequencesOf(const EngineFacts& facts);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_SEQUENCES_H_
