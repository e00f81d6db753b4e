// The network that engine-builder builds, and the check of the plan that came of it.

#ifndef WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_
#define WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine-builder/builder.h"
#include "tensorrt/runtime.h"

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

// Adds the chain of products that `spec` asks for to an empty network. False when TensorRT refused
// a part of it. The network reads `weights`, one vector a layer, until it is built.
bool AddMatmulChain(const Network& network, const NetworkSpec& spec,
                    std::vector<std::vector<uint16_t>>* weights);

// Deserializes a plan that was built as `spec` says, and reads its streamable size in bytes. False
// when TensorRT does not load it or it is not what was asked for; `error` then says why.
bool CheckPlan(const Runtime& runtime, const HostMemory& plan, const NetworkSpec& spec,
               int64_t* streamable, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_
