// The same work for libFuzzer: its bytes are the choices of the generator, and the counters of the
// delegate guide it. No sanitizer: it is as fast as it can be.
//
// usage: peer-libfuzzer -runs=CASES -seed=SEED -max_len=256

#include <cstdlib>
#include <optional>

#include "fuzz/fuzz.h"
#include "peers/agreement.h"
#include "peers/draws.h"
#include "peers/stopwatch.h"
#include "peers/write_decision.h"

namespace {

// From the first input to the end of the process.
struct Run {
  ~Run() { stopwatch.Tell(cases, bytes); }
  wsb::Stopwatch stopwatch;
  wsb::Agreement agreement{&wsb_delegate_decide};
  uint64_t cases = 0;
  uint64_t bytes = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Run run;
  static std::vector<uint8_t> record;
  wsb::FuzzedDraws draws(data, size);
  record.clear();
  wsb::DecisionWriter<wsb::FuzzedDraws>(&draws).Write(&record);
  wsb::Require(run.agreement.Holds(record));
  ++run.cases;
  run.bytes += record.size();
  return 0;
}
