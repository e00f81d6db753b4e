#include "tensorrt/slots.h"

namespace wsb {
namespace {

// 10.x only added methods at the ends of the V classes: the slots stay, the lengths grow. How each
// version was checked is in README.md.
constexpr SlotTable kSlots10_2{
    /*logger_log=*/0,
    /*deserialize_cuda_engine=*/3,
    /*create_execution_context=*/5,
    /*engine_get_tensor_shape=*/19,
    /*get_tensor_data_type=*/20,
    /*is_shape_inference_io=*/22,
    /*get_tensor_io_mode=*/23,
    /*get_profile_shape=*/29,
    /*get_nb_io_tensors=*/30,
    /*get_io_tensor_name=*/31,
    /*get_streamable_weights_size=*/46,
    /*set_weight_streaming_budget_v2=*/48,
    /*get_weight_streaming_budget_v2=*/49,
    /*get_weight_streaming_automatic_budget=*/50,
    /*get_weight_streaming_scratch_memory_size=*/51,
    /*get_device_memory_size_v2=*/52,
    /*get_aliased_input_tensor=*/kNoSlot,
    /*set_input_shape=*/21,
    /*context_get_tensor_shape=*/22,
    /*set_tensor_address=*/24,
    /*infer_shapes=*/28,
    /*enqueue_v3=*/37,
    /*runtime_slots=*/23,
    /*engine_slots=*/54,
    /*context_slots=*/50,
};

constexpr SlotTable MakeSlots10_7() {
  SlotTable slots = kSlots10_2;
  slots.runtime_slots = 24;
  return slots;
}
constexpr SlotTable kSlots10_7 = MakeSlots10_7();

constexpr SlotTable MakeSlots10_11() {
  SlotTable slots = kSlots10_7;
  slots.engine_slots = 57;
  slots.context_slots = 51;
  return slots;
}
constexpr SlotTable kSlots10_11 = MakeSlots10_11();

constexpr SlotTable MakeSlots10_12() {
  SlotTable slots = kSlots10_11;
  slots.context_slots = 53;
  return slots;
}
constexpr SlotTable kSlots10_12 = MakeSlots10_12();

constexpr SlotTable MakeSlots10_14() {
  SlotTable slots = kSlots10_12;
  slots.engine_slots = 58;
  return slots;
}
constexpr SlotTable kSlots10_14 = MakeSlots10_14();

constexpr SlotTable MakeSlots10_15() {
  SlotTable slots = kSlots10_14;
  slots.get_aliased_input_tensor = 58;
  slots.engine_slots = 59;
  return slots;
}
constexpr SlotTable kSlots10_15 = MakeSlots10_15();

constexpr SlotTable MakeSlots10_16() {
  SlotTable slots = kSlots10_15;
  slots.context_slots = 54;
  return slots;
}
constexpr SlotTable kSlots10_16 = MakeSlots10_16();

// 11.0 dropped what had been deprecated, which moved almost everything. From 11.2 on the lengths
// are those of the methods that are known to exist; more may follow them.
constexpr SlotTable kSlots11{
    /*logger_log=*/4,
    /*deserialize_cuda_engine=*/3,
    /*create_execution_context=*/5,
    /*engine_get_tensor_shape=*/15,
    /*get_tensor_data_type=*/16,
    /*is_shape_inference_io=*/18,
    /*get_tensor_io_mode=*/19,
    /*get_profile_shape=*/25,
    /*get_nb_io_tensors=*/26,
    /*get_io_tensor_name=*/27,
    /*get_streamable_weights_size=*/38,
    /*set_weight_streaming_budget_v2=*/40,
    /*get_weight_streaming_budget_v2=*/41,
    /*get_weight_streaming_automatic_budget=*/42,
    /*get_weight_streaming_scratch_memory_size=*/43,
    /*get_device_memory_size_v2=*/44,
    /*get_aliased_input_tensor=*/50,
    /*set_input_shape=*/20,
    /*context_get_tensor_shape=*/21,
    /*set_tensor_address=*/23,
    /*infer_shapes=*/27,
    /*enqueue_v3=*/36,
    /*runtime_slots=*/23,
    /*engine_slots=*/51,
    /*context_slots=*/53,
};

constexpr SlotTable MakeSlots11_3() {
  SlotTable slots = kSlots11;
  slots.runtime_slots = 25;
  return slots;
}
constexpr SlotTable kSlots11_3 = MakeSlots11_3();

}  // namespace

const SlotTable* SlotsForVersion(int32_t version) {
  switch (version / 100) {  // major * 100 + minor
    case 1002:
    case 1003:
    case 1004:
    case 1005:
    case 1006:
      return &kSlots10_2;
    case 1007:
    case 1008:
    case 1009:
    case 1010:
      return &kSlots10_7;
    case 1011:
      return &kSlots10_11;
    case 1012:
    case 1013:
      return &kSlots10_12;
    case 1014:
      return &kSlots10_14;
    case 1015:
      return &kSlots10_15;
    case 1016:
      return &kSlots10_16;
    case 1100:
    case 1101:
    case 1102:
      return &kSlots11;
    case 1103:
    case 1104:
      return &kSlots11_3;
    default:
      return nullptr;
  }
}

}  // namespace wsb
