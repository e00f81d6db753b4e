// A thread that takes turns with others at the calls of TensorRT and CUDA.

#ifndef WSB_NATIVE_HOST_TURNS_H_
#define WSB_NATIVE_HOST_TURNS_H_

#include <cstddef>

#include "host/baton.h"
#include "host/subject.h"

namespace wsb {

// While it lives, this thread runs in its turns alone, each of which ends behind a simulated call.
class Turns {
 public:
  // Waits for the first turn. `simulator` can let threads take turns.
  Turns(const SimulatorApi& simulator, Baton* baton, size_t thread)
      : simulator_(simulator), baton_(baton), thread_(thread) {
    baton_->Enter(thread_);
    simulator_.set_yield(&Turns::Yield, this);
  }
  ~Turns() {
    simulator_.set_yield(nullptr, nullptr);
    baton_->Leave(thread_);
  }
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

 private:
  static void Yield(void* context) {
    const Turns* const turns = static_cast<Turns*>(context);
    turns->baton_->Yield(turns->thread_);
  }

  const SimulatorApi& simulator_;
  Baton* const baton_;
  const size_t thread_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_TURNS_H_
