// The libraries and the device that a check works on.

#ifndef WSB_NATIVE_DEVICE_CHECK_BENCH_H_
#define WSB_NATIVE_DEVICE_CHECK_BENCH_H_

#include <cstdint>
#include <memory>
#include <string>

#include "common/held_memory.h"
#include "host/subject.h"
#include "tensorrt/tensorrt.h"

namespace wsb {

// Devices of a machine that are looked at, at most.
inline constexpr int kMostDevices = 16;

// Bytes of device memory.
struct DeviceBytes {
  int64_t free = 0;
  int64_t total = 0;
};

// The delegate's library and TensorRT behind the interposer.
class Bench {
 public:
  // `policy` says who chooses automatic budgets. Null when a library can't be used; `error` then
  // says which and why.
  static std::unique_ptr<Bench> Open(const std::string& delegate, const std::string& interposer,
                                     WsbPolicy policy, std::string* error);

  const Subject& subject() const { return *subject_; }
  const TensorRt& tensorrt() const { return *tensorrt_; }

  // Begins a case on this thread: the interposer counts anew, and a simulated device is empty
  // again.
  void Begin() const;
  // False when the CUDA runtime does not tell.
  bool ReadMemory(DeviceBytes* bytes) const;
  // How many devices there are, as far as kMostDevices. The simulated runtime knows any number; of
  // it two are looked at. The first is current afterwards.
  int CountDevices() const;
  // Leaves at most `free` bytes of device memory free: fewer by less than a piece of `held`, which
  // takes the rest; on a simulated device exactly so many. False when that can't be done.
  bool HoldAllBut(int64_t free, HeldMemory* held) const;

 private:
  Bench() = default;

  const Subject* subject_ = nullptr;
  std::unique_ptr<const TensorRt> tensorrt_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_DEVICE_CHECK_BENCH_H_
