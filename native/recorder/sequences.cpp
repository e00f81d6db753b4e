#include "recorder/sequences.h"

#include <cstdint>
#include <limits>

namespace wsb {
namespace {

// Free above the need by which a context was always made, where it was measured.
constexpr int64_t kMargin = 10 << 20;

std::string Set(int64_t budget) { return ";set 0 " + std::to_string(budget); }

std::string Hold(int64_t bytes) {
  return ";hold " + std::to_string(bytes > 0 ? bytes : int64_t{0});
}

int64_t Blocks(int64_t bytes) {
  const auto granule = static_cast<int64_t>(kGranule);
  return (bytes + granule - 1) / granule * granule;
}

Sequence Budgets(const EngineFacts& facts) {
  const int64_t s = facts.streamable;
  std::vector<int64_t> budgets = {0, 1, 100};
  if (s > 0) {
    budgets = {0, 1, s / 4, s / 2, s - 1, s, s + 1};
  }
  for (const int64_t budget : {int64_t{1} << 40, std::numeric_limits<int64_t>::max(), int64_t{-1},
                               int64_t{-2}, std::numeric_limits<int64_t>::min(), s, int64_t{0}}) {
    budgets.push_back(budget);
  }
  std::string ops = "load 0;state 0";
  for (const int64_t budget : budgets) {
    ops += Set(budget);
  }
  // While a context lives, two of them, and when they are gone.
  ops += ";context 0" + Set(0) + Set(s / 2) + Set(s) + ";context 0" + Set(0) + ";end-context 0";
  ops += Set(0) + ";end-context 0" + Set(s) + Set(0) + ";state 0;unload 0";
  return {"budgets", 1, ops};
}

Sequence Runs(const EngineFacts& facts) {
  std::string ops = "load 0;context 0;run 0;end-context 0";
  for (int64_t quarter = 0; facts.streamable > 0 && quarter <= 4; ++quarter) {
    // Dividing first: the product may not fit.
    const int64_t budget = quarter == 4 ? facts.streamable : facts.streamable / 4 * quarter;
    ops += Set(budget) + ";context 0;run 0;end-context 0";
  }
  return {"runs", 1, ops + ";unload 0"};
}

Sequence Lifecycle() {
  std::string ops;
  for (int round = 0; round < 4; ++round) {
    ops += "load 0;state 0;context 0;end-context 0;unload 0;";
  }
  ops += "load 0;load 1;context 0;context 1;end-context 0;unload 0;end-context 1;unload 1";
  return {"lifecycle", 2, ops};
}

Sequence DamagedPlans() {
  return {"damaged", 1,
          "damaged empty;damaged 1-byte;damaged 8-bytes;damaged half;damaged 1-byte-short;"
          "damaged first-byte-changed;damaged bit-flipped-in-the-middle;load 0;state 0;unload 0"};
}

void AddLoadBounds(std::vector<Sequence>* sequences) {
  for (int64_t granules = 0; granules <= 4; ++granules) {
    sequences->push_back({"load/granules=" + std::to_string(granules), 1,
                          Hold(granules * static_cast<int64_t>(kGranule)).substr(1) +
                              ";load 0;state 0;unload 0;release"});
  }
}

// Granule by granule around where a context begins to be made, all streamed and all resident.
void AddContextBounds(const EngineFacts& facts, std::vector<Sequence>* sequences) {
  const int64_t streamed = Blocks(facts.activations + facts.scratch);
  const int64_t resident = Blocks(facts.streamable) + Blocks(facts.activations);
  for (int64_t granules = -2; granules <= 6; ++granules) {
    const int64_t more = granules * static_cast<int64_t>(kGranule);
    const std::string at = "/granules=" + std::to_string(granules);
    const std::string end = ";context-when-set 0;run 0;end-context 0;unload 0;release";
    sequences->push_back(
        {"context/budget=0" + at, 1, "load 0" + Hold(streamed + more) + Set(0) + end});
    sequences->push_back({"context/budget=all" + at, 1,
                          "load 0" + Hold(resident + more) + Set(facts.streamable) + end});
  }
}

void AddTightMemory(const EngineFacts& facts, std::vector<Sequence>* sequences) {
  const int64_t need = facts.activations + facts.scratch + kMargin;
  for (const int64_t percent : {5, 30, 60, 90}) {
    const int64_t free = need + facts.streamable / 100 * percent;
    const int64_t room = free - need;
    const struct {
      const char* name;
      std::string set;
    } policies[] = {{"automatic", ";set-automatic 0"},
                    {"0", Set(0)},
                    {"half", Set(facts.streamable / 2)},
                    {"margin", Set(room)},
                    {"all", Set(facts.streamable)}};
    for (const auto& policy : policies) {
      sequences->push_back(
          {"tight/percent=" + std::to_string(percent) + "/" + policy.name, 1,
           "load 0" + Hold(free) + ";state 0" + policy.set +
               ";context-when-set 0;run 0;end-context 0;state 0;unload 0;release"});
    }
  }
}

void AddTwoEngines(const EngineFacts& facts, std::vector<Sequence>* sequences) {
  const int64_t need = facts.activations + facts.scratch + kMargin;
  for (const int64_t percent : {0, 50, 100, 150, 200}) {
    const int64_t free = 2 * need + facts.streamable / 100 * percent;
    for (const char* const set : {"set-automatic", "set 0"}) {
      const bool automatic = std::string(set) == "set-automatic";
      const auto choose = [&](const char* engine) {
        return automatic ? std::string(";set-automatic ") + engine
                         : std::string(";set ") + engine + " 0";
      };
      sequences->push_back(
          {"two/percent=" + std::to_string(percent) + (automatic ? "/automatic" : "/0"), 2,
           "load 0" + Hold(free) + choose("0") + ";context-when-set 0;load 1" + choose("1") +
               ";context-when-set 1;run 0;run 1;end-context 1;end-context 0;unload 1;unload "
               "0;release"});
    }
  }
}

}  // namespace

std::vector<Sequence> SequencesOf(const EngineFacts& facts) {
  std::vector<Sequence> sequences = {Budgets(facts), Runs(facts), Lifecycle(), DamagedPlans()};
  if (facts.streamable > 0) {
    AddLoadBounds(&sequences);
    AddContextBounds(facts, &sequences);
    AddTightMemory(facts, &sequences);
    AddTwoEngines(facts, &sequences);
  }
  return sequences;
}

}  // namespace wsb
