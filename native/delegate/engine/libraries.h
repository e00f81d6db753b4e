// The TensorRT of this process.

#ifndef WSB_NATIVE_DELEGATE_ENGINE_LIBRARIES_H_
#define WSB_NATIVE_DELEGATE_ENGINE_LIBRARIES_H_

#include "tensorrt/tensorrt.h"

namespace wsb {

// TensorRT and the CUDA runtime, loaded at the first call from any thread and kept until the
// process ends. Null when they can't be had, which is logged once. Which libraries they are: see
// wsb_delegate_configure().
const TensorRt* LoadedTensorRt() noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_ENGINE_LIBRARIES_H_
