// Where TensorRT's methods lie in the virtual tables of its V classes, for each version whose
// layout is known.
//
// A public object (IRuntime, ICudaEngine, IExecutionContext) holds its own vtable pointer and,
// behind it, a pointer to the matching V object (VRuntime, VCudaEngine, VExecutionContext) that
// does the work. The public methods are inline in NVIDIA's headers and call through the vtable of
// the V object, so a slot number is all that a caller, or a stand-in for the library, has to know.
// A wrong slot calls another method without an error: nothing may be called for a version that
// SlotsForVersion() does not know.

#ifndef WSB_NATIVE_TENSORRT_SLOTS_H_
#define WSB_NATIVE_TENSORRT_SLOTS_H_

#include <cstdint>

namespace wsb {

// Of a method that a version does not have.
inline constexpr int kNoSlot = -1;

// Of every V class: slots 0 and 1 are its destructor, slot 2 is getPImpl().
inline constexpr int kFirstMethodSlot = 2;

// Of every public class: the destructor that also gives the memory back.
inline constexpr int kDeletingDestructorSlot = 1;

// Vtable slots, from 0, of the methods that the delegate calls or, for the logger, implements.
struct SlotTable {
  // ILogger, the one class that the caller implements. Slot 0 up to 10.16; from 11.0 on ILogger is
  // an IVersionedInterface, whose four entries come first.
  int logger_log;

  // VRuntime
  int deserialize_cuda_engine;

  // VCudaEngine
  int create_execution_context;
  int engine_get_tensor_shape;
  int get_tensor_data_type;
  int is_shape_inference_io;
  int get_tensor_io_mode;
  int get_profile_shape;
  int get_nb_io_tensors;
  int get_io_tensor_name;
  int get_streamable_weights_size;
  int set_weight_streaming_budget_v2;
  int get_weight_streaming_budget_v2;
  int get_weight_streaming_automatic_budget;
  int get_weight_streaming_scratch_memory_size;
  int get_device_memory_size_v2;
  int get_aliased_input_tensor;  // kNoSlot up to 10.14

  // VExecutionContext
  int set_input_shape;
  int context_get_tensor_shape;
  int set_tensor_address;
  int infer_shapes;
  int enqueue_v3;

  // Lengths of the vtables, destructor slots included. A stand-in for the library fills that many.
  int runtime_slots;
  int engine_slots;
  int context_slots;
};

// The slots of `version` (major * 10000 + minor * 100 + patch, as getInferLibVersion() returns it;
// the patch does not matter), or null when the layout of that version is not known. Never throws;
// the table is static.
const SlotTable* SlotsForVersion(int32_t version);

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_SLOTS_H_
