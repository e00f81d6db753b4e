#include "engine-builder/builder.h"

#include <cstddef>

#include "tensorrt/call_slot.h"

namespace wsb {

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
