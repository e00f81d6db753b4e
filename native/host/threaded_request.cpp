#include "host/threaded_request.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <thread>

#include "host/baton.h"
#include "host/host.h"
#include "host/outcome.h"
#include "host/turns.h"

namespace wsb {
namespace {

using Bytes = std::vector<uint8_t>;

void RunInTurns(const Subject* subject, const uint8_t* record, size_t size, Baton* baton,
                size_t thread, Bytes* outcome) {
  const Turns turns(subject->simulator(), baton, thread);
  Host(subject).RunAlone(record, size, outcome);
}

}  // namespace

bool RunOnThreads(const Subject* subject, const uint8_t* record, size_t size, const ThreadPlan& plan,
                  Bytes* outcomes) {
  Baton baton(plan.seed, plan.threads);
  std::vector<Bytes> seen(plan.threads);
  // They begin when all are there: those that wait for one that never comes would wait for ever.
  std::promise<bool> all_there;
  const std::shared_future<bool> begin = all_there.get_future().share();
  std::vector<std::thread> threads;
  threads.reserve(plan.threads);
  try {
    for (size_t n = 0; n < plan.threads; ++n) {
      threads.emplace_back([&, n, begin] {
        if (begin.get()) {
          RunInTurns(subject, record, size, &baton, n, &seen[n]);
        }
      });
    }
  } catch (const std::system_error&) {
    // Told below, when those that were started have ended.
  }
  const bool started = threads.size() == plan.threads;
  all_there.set_value(started);
  for (std::thread& thread : threads) {
    thread.join();
  }
  if (!started) {
    return false;
  }
  Bytes alone;
  Host(subject).RunAlone(record, size, &alone);
  const auto differs = std::find_if(seen.begin(), seen.end(),
                                    [&](const Bytes& outcome) { return !AreEqualButRuntimes(outcome, alone); });
  Bytes& told = differs == seen.end() ? alone : *differs;
  if (differs != seen.end()) {
    AddViolation(kThreadsDiffer, &told);
  }
  outcomes->insert(outcomes->end(), told.begin(), told.end());
  return true;
}

}  // namespace wsb
