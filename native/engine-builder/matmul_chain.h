// The network that engine-builder builds.

#ifndef WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_
#define WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_

#include <cstdint>
#include <vector>

#include "engine-builder/network.h"
#include "engine-builder/network_spec.h"

namespace wsb {

// Adds the chain of products that `spec` asks for to an empty network. False when TensorRT refused
// a part of it. The network reads `weights`, one vector a layer, until it is built.
bool AddMatmulChain(const Network& network, const NetworkSpec& spec,
                    std::vector<std::vector<uint16_t>>* weights);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_MATMUL_CHAIN_H_
