// TensorRT and the CUDA runtime, loaded at run time.

#ifndef WSB_NATIVE_TENSORRT_TENSORRT_H_
#define WSB_NATIVE_TENSORRT_TENSORRT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tensorrt/cuda_api.h"
#include "tensorrt/logger.h"
#include "tensorrt/runtime.h"
#include "tensorrt/slots.h"

namespace wsb {

// A loaded TensorRT whose binary interface is known, and the CUDA runtime beside it. Immutable, so
// that any number of threads may use it; it has to outlive every object that it made. The libraries
// stay loaded.
class TensorRt {
 public:
  // Loads the first library of each list that can be opened, and asks TensorRT for its version.
  // Null when a library or a function is missing or the version is not known; `error` then says
  // which, and what to do.
  static std::unique_ptr<const TensorRt> Load(const std::vector<std::string>& tensorrt_names,
                                              const std::vector<std::string>& cudart_names,
                                              LogSink log, std::string* error);

  // major * 10000 + minor * 100 + patch.
  int32_t version() const { return version_; }
  const CudaApi& cuda() const { return cuda_; }

  // A null runtime when TensorRT can't make one, as without a driver.
  Runtime CreateRuntime() const;

 private:
  explicit TensorRt(LogSink log) : logger10_(log), logger11_(log) {}

  int32_t version_ = 0;
  const SlotTable* slots_ = nullptr;
  void* (*create_infer_runtime_)(void* logger, int32_t version) = nullptr;
  CudaApi cuda_{};
  // TensorRT writes through one of them while any of its objects lives; it changes neither.
  mutable Logger10 logger10_;
  mutable Logger11 logger11_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_TENSORRT_H_
