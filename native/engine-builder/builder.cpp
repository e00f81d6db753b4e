#include "engine-builder/builder.h"

#include <cstddef>

#include "tensorrt/call_slot.h"

namespace wsb {
namespace {

// Of TensorRT's enumerations, the same in every version that is known.
constexpr int32_t kHalf = 1;           // DataType::kHALF
constexpr int32_t kRelu = 0;           // ActivationType::kRELU
constexpr int32_t kNotTransposed = 0;  // MatrixOperation::kNONE

// TensorRT's Weights as they lie in memory; handed over by value.
struct Weights {
  int32_t type;
  const void* values;
  int64_t count;
};
static_assert(sizeof(Weights) == 24, "TensorRT's Weights: an int32, padding, a pointer, an int64");

}  // namespace

BorrowedObject Network::AddInput(const char* name, const Dims& dims) const {
  return BorrowedObject(CallSlot<void*, const char*, int32_t, const Dims&>(impl_, slots_->add_input,
                                                                           name, kHalf, dims));
}

BorrowedObject Network::AddConstant(const Dims& dims, const uint16_t* values, int64_t count) const {
  return FirstOutputOf(CallSlot<void*, const Dims&, Weights>(impl_, slots_->add_constant, dims,
                                                             Weights{kHalf, values, count}));
}

BorrowedObject Network::AddMatrixMultiply(BorrowedObject a, BorrowedObject b) const {
  return FirstOutputOf(CallSlot<void*, void*, int32_t, void*, int32_t>(
      impl_, slots_->add_matrix_multiply, a.Address(), kNotTransposed, b.Address(),
      kNotTransposed));
}

BorrowedObject Network::AddRelu(BorrowedObject input) const {
  return FirstOutputOf(
      CallSlot<void*, void*, int32_t>(impl_, slots_->add_activation, input.Address(), kRelu));
}

void Network::MarkOutput(BorrowedObject tensor, const char* name) const {
  CallSlot<void, const char*>(tensor.Implementation(), slots_->tensor_set_name, name);
  CallSlot<void, void*>(impl_, slots_->mark_output, tensor.Address());
}

BorrowedObject Network::FirstOutputOf(void* layer) const {
  if (layer == nullptr) {
    return BorrowedObject();
  }
  return BorrowedObject(CallSlot<void*, int32_t>(BorrowedObject(layer).Implementation(),
                                                 slots_->layer_get_output, 0));
}

Network Builder::CreateNetwork() const {
  void* const network =
      CallSlot<void*, uint32_t>(impl_, slots_->create_network_v2, slots_->strongly_typed);
  return Network(AdoptObject(network), slots_);
}

HostMemory Builder::BuildSerializedNetwork(const Network& network,
                                           const BuildOptions& options) const {
  const Object config = AdoptObject(CallSlot<void*>(impl_, slots_->create_builder_config));
  if (config == nullptr) {
    return HostMemory();
  }
  void* const config_impl = ImplementationOf(config);
  if (options.weight_streaming) {
    CallSlot<void, int32_t>(config_impl, slots_->set_flag, slots_->weight_streaming_flag);
  }
  if (options.workspace > 0) {
    constexpr int32_t kWorkspace = 0;  // MemoryPoolType::kWORKSPACE
    CallSlot<void, int32_t, size_t>(config_impl, slots_->set_memory_pool_limit, kWorkspace,
                                    static_cast<size_t>(options.workspace));
  }
  void* const plan = CallSlot<void*, void*, void*>(impl_, slots_->build_serialized_network,
                                                   network.Address(), config.get());
  return HostMemory(AdoptObject(plan), slots_);
}

}  // namespace wsb
