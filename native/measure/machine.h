// The libraries that a measurement needs: TensorRT, the CUDA runtime and the delegate.

#ifndef WSB_NATIVE_MEASURE_H_
#define WSB_NATIVE_MEASURE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "delegate/observer.h"
#include "tensorrt/tensorrt.h"

namespace wsb {

// Where the libraries are; each is a path or a soname.
struct MachinePaths {
  std::string delegate;
  std::string tensorrt;
  std::string cudart;
  // The simulator, when TensorRT and CUDA are simulated; else empty.
  std::string simulator;
  // Memory of the simulated device in bytes.
  uint64_t simulated_bytes = 0;
};

// Opens the libraries once in a process; they stay open until it ends.
class Machine {
 public:
  // Null when a library can't be had; `error` then says which, and why. Takes ExecuTorch's log over
  // (BudgetLog).
  static std::unique_ptr<const Machine> Open(const MachinePaths& paths, std::string* error);

  // TensorRT and the CUDA runtime, called directly.
  const TensorRt& tensorrt() const { return *tensorrt_; }
  const CudaApi& cuda() const { return tensorrt_->cuda(); }

  // Lets the delegate choose by `policy` from the next load on. False when it can't.
  bool SetPolicy(WsbPolicy policy) const;

 private:
  Machine() = default;

  std::unique_ptr<const TensorRt> tensorrt_;
  decltype(&wsb_delegate_policy) set_policy_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_H_
