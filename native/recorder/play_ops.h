// The words in which a recorder tells the process that it starts what to do.

#ifndef WSB_NATIVE_RECORDER_PLAY_OPS_H_
#define WSB_NATIVE_RECORDER_PLAY_OPS_H_

#include <string>

#include "recorder/replayer.h"

namespace wsb {

// Plays `ops`, separated by semicolons; E is the number of an engine, BYTES and BUDGET are
// decimals:
//   load E            deserialize the plan
//   damaged KIND      deserialize a damaged plan: empty, 1-byte, 8-bytes, half, 1-byte-short,
//                     first-byte-changed or bit-flipped-in-the-middle
//   state E           streamable, automatic, budget, scratch, device memory
//   set E BUDGET      set it, then budget, scratch, device memory
//   set-automatic E   read the automatic budget and set that
//   context E, run E, end-context E, unload E
//   context-when-set E  a context, but none when the last set was refused: which budget would then
//                     count is not the question
//   hold BYTES        let another allocation leave that many bytes free;  release
//   facts             print "# facts STREAMABLE SCRATCH ACTIVATIONS" of engine 0
// False for words that make no sense; nothing after them is played.
bool PlayOps(const std::string& ops, Replayer* replayer);

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_PLAY_OPS_H_
