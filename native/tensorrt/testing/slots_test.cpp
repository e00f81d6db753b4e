#include "tensorrt/slots.h"

#include <set>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

const std::vector<int32_t> kKnown = {100200, 100300, 100400, 100500, 100600, 100700,
                                     100800, 100900, 101500, 101600, 110000, 110100};

std::vector<int> EngineSlots(const SlotTable& table) {
  return {table.create_execution_context,
          table.engine_get_tensor_shape,
          table.get_tensor_data_type,
          table.is_shape_inference_io,
          table.get_tensor_io_mode,
          table.get_profile_shape,
          table.get_nb_io_tensors,
          table.get_io_tensor_name,
          table.get_streamable_weights_size,
          table.set_weight_streaming_budget_v2,
          table.get_weight_streaming_budget_v2,
          table.get_weight_streaming_automatic_budget,
          table.get_weight_streaming_scratch_memory_size,
          table.get_device_memory_size_v2,
          table.get_aliased_input_tensor};
}

std::vector<int> ContextSlots(const SlotTable& table) {
  return {table.set_input_shape, table.context_get_tensor_shape, table.set_tensor_address,
          table.infer_shapes, table.enqueue_v3};
}

// Each method has a slot of its own, between the first methods and the end of the vtable.
void ExpectDistinctWithin(const std::vector<int>& slots, int length) {
  std::set<int> taken;
  for (const int slot : slots) {
    if (slot != kNoSlot) {
      EXPECT(slot > kFirstMethodSlot && slot < length);
      EXPECT(taken.insert(slot).second);
    }
  }
}

TEST(HasTablesWhoseSlotsLieWithinTheirVtables) {
  for (const int32_t version : kKnown) {
    const SlotTable* const table = SlotsForVersion(version);
    EXPECT(table != nullptr);
    ExpectDistinctWithin(EngineSlots(*table), table->engine_slots);
    ExpectDistinctWithin(ContextSlots(*table), table->context_slots);
    EXPECT(table->deserialize_cuda_engine < table->runtime_slots);
    EXPECT_EQ(table->logger_log, version < 110000 ? 0 : 4);
  }
}

TEST(KnowsAliasesFromTheVersionThatHasThem) {
  for (const int32_t version : kKnown) {
    EXPECT_EQ(SlotsForVersion(version)->get_aliased_input_tensor == kNoSlot, version < 101500);
  }
}

TEST(IgnoresThePatch) {
  EXPECT_EQ(SlotsForVersion(100699), SlotsForVersion(100600));
  EXPECT_EQ(SlotsForVersion(110134), SlotsForVersion(110100));
}

TEST(RefusesVersionsThatNobodyChecked) {
  for (const int32_t version :
       {0, -1, 1006, 90300, 100100, 101000, 101400, 101700, 110200, 120000, INT32_MAX, INT32_MIN}) {
    EXPECT(SlotsForVersion(version) == nullptr);
  }
}

}  // namespace
}  // namespace wsb
