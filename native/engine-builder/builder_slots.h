// Where TensorRT's building methods lie in the virtual tables of its V classes; what
// tensorrt/slots.h is for running.

#ifndef WSB_NATIVE_ENGINE_BUILDER_BUILDER_SLOTS_H_
#define WSB_NATIVE_ENGINE_BUILDER_BUILDER_SLOTS_H_

#include <cstdint>

namespace wsb {

// Vtable slots, counted from 0, and the values of enumerations that are not the same in all
// versions.
struct BuilderSlots {
  // VBuilder
  int create_builder_config;
  int create_network_v2;
  int build_serialized_network;

  // VNetworkDefinition
  int add_input;
  int mark_output;
  int add_activation;
  int add_matrix_multiply;
  int add_constant;

  // VTensor
  int tensor_set_name;

  // VLayer
  int layer_get_output;

  // VBuilderConfig
  int set_flag;
  int set_memory_pool_limit;

  // VHostMemory
  int host_memory_data;
  int host_memory_size;

  // The argument of createNetworkV2 for a strongly typed network: bits by
  // NetworkDefinitionCreationFlag.
  uint32_t strongly_typed;
  // BuilderFlag::kWEIGHT_STREAMING
  int32_t weight_streaming_flag;
};

// The slots of `version` (as getInferLibVersion() returns it; the patch does not matter), or null
// when the layout of its builder is not known. Never throws; the table is static.
const BuilderSlots* BuilderSlotsForVersion(int32_t version);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_BUILDER_SLOTS_H_
