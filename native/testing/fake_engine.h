// An engine that answers as a test says, without TensorRT or the simulator.

#ifndef WSB_NATIVE_TESTING_FAKE_ENGINE_H_
#define WSB_NATIVE_TESTING_FAKE_ENGINE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "tensorrt/engine.h"
#include "tensorrt/slots.h"
#include "tensorrt/vtable_builder.h"

namespace wsb::testing {

// What a fake engine answers, and what it was asked. Sizes are bytes. Has to outlive its Engine.
class FakeEngine {
 public:
  explicit FakeEngine(int64_t streamable);
  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;

  // The engine that the delegate sees.
  Engine Open();

  int64_t streamable;
  int64_t automatic = 0;
  int64_t activations = 0;
  int64_t scratch = 0;
  // Which budgets are accepted: all of them, until a test says otherwise.
  std::function<bool(int64_t)> accepts = [](int64_t) { return true; };
  // Every budget that was set, refused ones included.
  std::vector<int64_t> sets;
  bool destroyed = false;

 private:
  // How an object of TensorRT begins: a V object has a vtable alone.
  struct Public {
    Vtable vtable;
    void* implementation;
    FakeEngine* owner;
  };
  struct Hidden {
    Vtable vtable;
    FakeEngine* owner;
  };

  const SlotTable* const slots_;
  VtableBuilder public_methods_;
  VtableBuilder hidden_methods_;
  Public public_;
  Hidden hidden_;
  int64_t budget_ = 0;
};

}  // namespace wsb::testing

#endif  // WSB_NATIVE_TESTING_FAKE_ENGINE_H_
