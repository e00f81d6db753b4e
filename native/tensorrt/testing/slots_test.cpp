#include "tensorrt/slots.h"

#include <set>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

// Lengths of the vtables of each version, as README.md has them, and whether engines know aliases.
struct CheckedVersion {
  int32_t version;
  int runtime_slots;
  int engine_slots;
  int context_slots;
  bool has_aliases;
};

const std::vector<CheckedVersion> kChecked = {
    {100200, 23, 54, 50, false}, {100300, 23, 54, 50, false}, {100400, 23, 54, 50, false},
    {100500, 23, 54, 50, false}, {100600, 23, 54, 50, false}, {100700, 24, 54, 50, false},
    {100800, 24, 54, 50, false}, {100900, 24, 54, 50, false}, {101000, 24, 54, 50, false},
    {101100, 24, 57, 51, false}, {101200, 24, 57, 53, false}, {101300, 24, 57, 53, false},
    {101400, 24, 58, 53, false}, {101500, 24, 59, 53, true},  {101600, 24, 59, 54, true},
    {110000, 23, 51, 53, true},  {110100, 23, 51, 53, true},  {110200, 23, 51, 53, true},
    {110300, 25, 51, 53, true},  {110400, 25, 51, 53, true}};

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
  for (const CheckedVersion& checked : kChecked) {
    const SlotTable* const table = SlotsForVersion(checked.version);
    EXPECT(table != nullptr);
    ExpectDistinctWithin(EngineSlots(*table), table->engine_slots);
    ExpectDistinctWithin(ContextSlots(*table), table->context_slots);
    EXPECT(table->deserialize_cuda_engine < table->runtime_slots);
  }
}

TEST(KnowsTheLengthsThatWereChecked) {
  for (const CheckedVersion& checked : kChecked) {
    const SlotTable* const table = SlotsForVersion(checked.version);
    EXPECT_EQ(table->runtime_slots, checked.runtime_slots);
    EXPECT_EQ(table->engine_slots, checked.engine_slots);
    EXPECT_EQ(table->context_slots, checked.context_slots);
    EXPECT_EQ(table->get_aliased_input_tensor != kNoSlot, checked.has_aliases);
  }
}

// What a major version has in one slot stays there.
TEST(KeepsEverySlotWithinAMajorVersion) {
  for (const CheckedVersion& checked : kChecked) {
    const bool is_10 = checked.version < 110000;
    const SlotTable* const table = SlotsForVersion(checked.version);
    const SlotTable* const first = SlotsForVersion(is_10 ? 100200 : 110000);
    SlotTable same = *table;
    same.get_aliased_input_tensor = first->get_aliased_input_tensor;
    EXPECT(EngineSlots(same) == EngineSlots(*first));
    EXPECT(ContextSlots(*table) == ContextSlots(*first));
    EXPECT_EQ(table->deserialize_cuda_engine, first->deserialize_cuda_engine);
    EXPECT_EQ(table->logger_log, is_10 ? 0 : 4);
  }
}

TEST(IgnoresThePatch) {
  EXPECT_EQ(SlotsForVersion(100699), SlotsForVersion(100600));
  EXPECT_EQ(SlotsForVersion(110134), SlotsForVersion(110100));
}

TEST(RefusesVersionsThatNobodyChecked) {
  for (const int32_t version :
       {0, -1, 1006, 90300, 100100, 101700, 110500, 119900, 120000, INT32_MAX, INT32_MIN}) {
    EXPECT(SlotsForVersion(version) == nullptr);
  }
}

}  // namespace
}  // namespace wsb
