// The device memory that an engine is loaded into.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_DEVICE_ROOM_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_DEVICE_ROOM_H_

#include <cstdint>
#include <limits>
#include <optional>

#include "delegate/application/free_memory.h"
#include "delegate/application/load_key.h"
#include "tensorrt/cuda_api.h"

namespace wsb {

// What Make() is asked for when everything that can be had is wanted.
inline constexpr uint64_t kAllThereIs = std::numeric_limits<uint64_t>::max();

// The memory of the current device, `device`, and what the engines of the same load have of it that
// came before and whose budget is a fitting one. Engines of other loads, and those that have run,
// are none of these. Sizes are bytes.
struct DeviceRoom {
  const CudaApi& cuda;
  const LoadKey load;
  const int device;
  // The device shares the memory of the host.
  const bool has_unified_memory;

  // None when it can't be told.
  std::optional<uint64_t> Free() const { return FreeMemory(cuda, has_unified_memory); }

  // Whether an engine keeps weights resident and would hold less without.
  bool CanMake() const;

  // Lets the engines stream more, the first one first, until `bytes` are free or there is nothing
  // left to stream (WSB-AUTO-07). False when one of them is left without a context: then the load
  // has to end.
  bool Make(uint64_t bytes) const;
};

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_DEVICE_ROOM_H_
