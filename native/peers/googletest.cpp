// The same work as a loop in one test of GoogleTest, as a unit test of it would be written.
//
// usage: peer-googletest, with PEER_CASES and PEER_SEED in the environment

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "peers/agreement.h"
#include "peers/draws.h"
#include "peers/stopwatch.h"
#include "peers/write_decision.h"

namespace {

uint64_t FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? 1 : std::strtoull(value, nullptr, 10);
}

TEST(Decisions, AreThoseOfTheModel) {
  const uint64_t cases = FromEnvironment("PEER_CASES");
  wsb::SeededDraws draws(FromEnvironment("PEER_SEED"));
  wsb::DecisionWriter<wsb::SeededDraws> writer(&draws);
  wsb::Agreement agreement(&wsb_delegate_decide);
  uint64_t bytes = 0;
  const wsb::Stopwatch stopwatch;
  for (uint64_t done = 0; done < cases; ++done) {
    std::vector<uint8_t> record;
    writer.Write(&record);
    bytes += record.size();
    ASSERT_TRUE(agreement.Holds(record)) << "case " << done;
  }
  stopwatch.Tell(cases, bytes);
}

}  // namespace
