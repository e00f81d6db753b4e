#include "host/baton.h"

#include <chrono>

namespace wsb {
namespace {

// A turn takes microseconds, and its thread may have to wait for a processor.
constexpr std::chrono::milliseconds kStalled(2000);

}  // namespace

void Baton::Enter(size_t thread) {
  std::unique_lock<std::mutex> lock(mutex_);
  is_waiting_[thread] = true;
  if (++entered_ == is_waiting_.size()) {
    Pass();
  }
  Wait(thread, &lock);
}

void Baton::Yield(size_t thread) {
  std::unique_lock<std::mutex> lock(mutex_);
  is_waiting_[thread] = true;
  if (turn_ == thread) {
    Pass();
  }
  Wait(thread, &lock);
}

void Baton::Leave(size_t thread) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (turn_ == thread) {
    Pass();
  }
}

void Baton::Wait(size_t thread, std::unique_lock<std::mutex>* lock) {
  while (turn_ != thread) {
    const uint64_t passes = passes_;
    const bool was_stalled = !changed_.wait_for(
        *lock, kStalled, [&] { return turn_ == thread || passes_ != passes; });
    if (was_stalled && entered_ == is_waiting_.size()) {
      Pass();
    }
  }
  is_waiting_[thread] = false;
}

// To one of those that wait.
void Baton::Pass() {
  std::vector<size_t> waiting;
  for (size_t thread = 0; thread < is_waiting_.size(); ++thread) {
    if (is_waiting_[thread]) {
      waiting.push_back(thread);
    }
  }
  turn_ = waiting.empty() ? kNobody : waiting[random_() % waiting.size()];
  ++passes_;
  changed_.notify_all();
}

}  // namespace wsb
