#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "simulator/nvinfer/objects.h"

namespace wsb {
namespace {

constexpr int kDestructorSlot = 0;
constexpr int kPimplSlot = kFirstMethodSlot;
// A public class has its destructor only; the rest catches what a later version may add.
constexpr int kPublicSlots = 8;

// Whatever the method is, its arguments are not looked at: one that returns a large value gets the
// address of that value where others get the object.
uintptr_t UnknownSlot() {
  Simulation::OfThisThread().log().Note(Violation::kUnknownSlot);
  return 0;
}

void* GetPimpl(VObject* v) { return v; }

VtableBuilder VClassVtable(int slots) {
  return VtableBuilder(slots, reinterpret_cast<void*>(&UnknownSlot));
}

VtableBuilder PublicVtable(void (*destroy)(SimObject*)) {
  VtableBuilder builder = VClassVtable(kPublicSlots);
  builder.Set(kDestructorSlot, destroy);
  builder.Set(kDeletingDestructorSlot, destroy);
  return builder;
}

}  // namespace

Vtables::Vtables(const SlotTable* table)
    : slots(table),
      public_runtime(PublicVtable(&DestroyRuntime)),
      public_engine(PublicVtable(&DestroyEngine)),
      public_context(PublicVtable(&DestroyContext)),
      runtime(VClassVtable(table->runtime_slots)),
      engine(VClassVtable(table->engine_slots)),
      context(VClassVtable(table->context_slots)) {
  runtime.Set(kPimplSlot, &GetPimpl);
  runtime.Set(slots->deserialize_cuda_engine, &DeserializeCudaEngine);

  engine.Set(kPimplSlot, &GetPimpl);
  engine.Set(slots->create_execution_context, &CreateExecutionContext);
  engine.Set(slots->engine_get_tensor_shape, &GetEngineTensorShape);
  engine.Set(slots->get_tensor_data_type, &GetTensorDataType);
  engine.Set(slots->is_shape_inference_io, &IsShapeInferenceIo);
  engine.Set(slots->get_tensor_io_mode, &GetTensorIoMode);
  engine.Set(slots->get_profile_shape, &GetProfileShape);
  engine.Set(slots->get_nb_io_tensors, &GetNbIoTensors);
  engine.Set(slots->get_io_tensor_name, &GetIoTensorName);
  engine.Set(slots->get_streamable_weights_size, &GetStreamableWeightsSize);
  engine.Set(slots->set_weight_streaming_budget_v2, &SetWeightStreamingBudgetV2);
  engine.Set(slots->get_weight_streaming_budget_v2, &GetWeightStreamingBudgetV2);
  engine.Set(slots->get_weight_streaming_automatic_budget, &GetWeightStreamingAutomaticBudget);
  engine.Set(slots->get_weight_streaming_scratch_memory_size, &GetWeightStreamingScratchMemorySize);
  engine.Set(slots->get_device_memory_size_v2, &GetDeviceMemorySizeV2);
  engine.Set(slots->get_aliased_input_tensor, &GetAliasedInputTensor);

  context.Set(kPimplSlot, &GetPimpl);
  context.Set(slots->set_input_shape, &SetInputShape);
  context.Set(slots->context_get_tensor_shape, &GetContextTensorShape);
  context.Set(slots->set_tensor_address, &SetTensorAddress);
  context.Set(slots->infer_shapes, &InferShapes);
  context.Set(slots->enqueue_v3, &EnqueueV3);
}

const Vtables* VtablesFor(int32_t version) {
  const SlotTable* const slots = SlotsForVersion(version);
  // A thread asks for one version nearly always.
  thread_local const Vtables* last = nullptr;
  if (last != nullptr && last->slots == slots) {
    return last;
  }
  if (slots == nullptr) {
    return nullptr;
  }
  // Never destroyed: an object may be used while the process ends.
  static std::mutex* const mutex = new std::mutex;
  static auto* const made = new std::map<const SlotTable*, std::unique_ptr<const Vtables>>;
  const std::lock_guard lock(*mutex);
  std::unique_ptr<const Vtables>& vtables = (*made)[slots];
  if (vtables == nullptr) {
    vtables = std::make_unique<const Vtables>(slots);
  }
  last = vtables.get();
  return last;
}

}  // namespace wsb
