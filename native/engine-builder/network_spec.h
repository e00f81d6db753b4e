// What engine-builder is asked to build.

#ifndef WSB_NATIVE_ENGINE_BUILDER_NETWORK_SPEC_H_
#define WSB_NATIVE_ENGINE_BUILDER_NETWORK_SPEC_H_

#include <cstdint>

namespace wsb {

// A chain of `layers` matrix products with a ReLU between two of them, all in float16: input_0 is
// batch × dim, each weight matrix dim × dim, output_0 batch × dim.
struct NetworkSpec {
  int32_t layers = 0;
  int64_t dim = 0;
  int64_t batch = 0;
  // Whether the engine's weights are to be streamable.
  bool streaming = false;
  // The weights follow from this number alone.
  uint64_t seed = 0;
  // Upper limit of the device memory of one layer's workspace, in bytes; 0 leaves TensorRT's own.
  int64_t workspace = 0;
};

inline constexpr const char* kInputName = "input_0";
inline constexpr const char* kOutputName = "output_0";

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_NETWORK_SPEC_H_
