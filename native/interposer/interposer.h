// What the interposer knows of one thread.

#ifndef WSB_NATIVE_INTERPOSER_INTERPOSER_H_
#define WSB_NATIVE_INTERPOSER_INTERPOSER_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "interposer/interposed_object.h"
#include "simulator/control.h"
#include "simulator/core/call_log.h"

namespace wsb {

// The calls, the live objects and the violations of the case at work on one thread. An object
// reports to the interposer of the thread that made it and may be used by one thread at a time.
class Interposer {
 public:
  static Interposer& OfThisThread();

  // Begins a case: forgets calls, violations and counts. Objects of earlier cases stay valid to
  // use and no longer count.
  void Begin(const TrtSimDevice& device);
  // Ends a step of the case: another current device than at its beginning is a violation.
  void EndStep();

  CallLog& log() { return log_; }
  const TrtSimLive& live() const { return live_; }
  uint32_t engine_count() const { return engine_count_; }

  // Counts an attempt to deserialize; its number, from 0.
  int NextEngine() { return static_cast<int>(engine_count_++); }
  // Whether [plan, plan + size) begins in the program of the case, or right behind it, and runs
  // past its end.
  bool RunsPastProgram(const void* plan, size_t size) const;

  // A stand-in for a public object of TensorRT, which it owns.
  InterposedObject* Adopt(ObjectKind kind, Object real, const SlotTable* slots,
                          InterposedObject* parent);
  // Destroys what the stand-in stands for. The stand-in itself stays for the rest of the case, so
  // that a later use is seen.
  void Destroy(InterposedObject* object);

  // Events and device memory.
  void Made(uint32_t TrtSimLive::*counter, const void* what);
  void Gone(const void* what);

 private:
  struct Counted {
    uint32_t TrtSimLive::*counter;
    uint64_t case_number;
  };

  uint64_t case_number_ = 0;
  const char* program_ = nullptr;
  size_t program_size_ = 0;
  uint32_t engine_count_ = 0;
  int device_of_step_ = 0;
  TrtSimLive live_{};
  CallLog log_;
  std::list<std::unique_ptr<InterposedObject>> objects_;
  std::unordered_map<const void*, Counted> counted_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_INTERPOSER_INTERPOSER_H_
