// Lets threads take turns in an order that a seed decides.

#ifndef WSB_NATIVE_HOST_BATON_H_
#define WSB_NATIVE_HOST_BATON_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <vector>

namespace wsb {

// One thread runs at a time, from one of its yields to the next: the same seed gives the same
// order. A thread that waits for something that another one holds makes no progress; then the
// others go on without it, until it does.
class Baton {
 public:
  Baton(uint64_t seed, size_t threads) : random_(seed), is_waiting_(threads, false) {}

  // Begins the part of a thread; its first turn comes when all have begun.
  void Enter(size_t thread);
  // Ends a turn, and waits for the next one.
  void Yield(size_t thread);
  // Ends the part of a thread.
  void Leave(size_t thread);

 private:
  void Wait(size_t thread, std::unique_lock<std::mutex>* lock);
  void Pass();

  static constexpr size_t kNobody = SIZE_MAX;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::mt19937_64 random_;
  std::vector<bool> is_waiting_;
  size_t entered_ = 0;
  size_t turn_ = kNobody;
  // How often the baton was passed.
  uint64_t passes_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_BATON_H_
