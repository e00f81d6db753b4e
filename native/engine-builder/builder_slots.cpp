#include "engine-builder/builder_slots.h"

namespace wsb {
namespace {

// From 10.2 to 10.16 nothing before these methods moved.
constexpr BuilderSlots kSlots10{
    /*create_builder_config=*/7,
    /*create_network_v2=*/8,
    /*build_serialized_network=*/14,
    /*add_input=*/2,
    /*mark_output=*/3,
    /*add_activation=*/4,
    /*add_matrix_multiply=*/22,
    /*add_constant=*/23,
    /*tensor_set_name=*/2,
    /*layer_get_output=*/8,
    /*set_flag=*/11,
    /*set_memory_pool_limit=*/43,
    /*host_memory_data=*/2,
    /*host_memory_size=*/3,
    /*strongly_typed=*/1u << 1,
    /*weight_streaming_flag=*/21,
};

// 11.0 dropped what had been deprecated, and nothing moved up to 11.4. Every network is strongly
// typed there, without a flag.
constexpr BuilderSlots kSlots11{
    /*create_builder_config=*/5,
    /*create_network_v2=*/6,
    /*build_serialized_network=*/11,
    /*add_input=*/2,
    /*mark_output=*/3,
    /*add_activation=*/4,
    /*add_matrix_multiply=*/22,
    /*add_constant=*/23,
    /*tensor_set_name=*/2,
    /*layer_get_output=*/8,
    /*set_flag=*/9,
    /*set_memory_pool_limit=*/32,
    /*host_memory_data=*/2,
    /*host_memory_size=*/3,
    /*strongly_typed=*/0,
    /*weight_streaming_flag=*/20,
};

}  // namespace

const BuilderSlots* BuilderSlotsForVersion(int32_t version) {
  const int32_t release = version / 100;  // major * 100 + minor
  if (release >= 1002 && release <= 1016) {
    return &kSlots10;
  }
  return release >= 1100 && release <= 1104 ? &kSlots11 : nullptr;
}

}  // namespace wsb
