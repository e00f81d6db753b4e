// The plan of an engine that the simulator plays (spec/scripted-plan.md).

#ifndef WSB_NATIVE_SIMULATOR_CORE_PLAN_H_
#define WSB_NATIVE_SIMULATOR_CORE_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/core/export.h"
#include "tensorrt/dims.h"

namespace wsb {

// An input or output tensor. Names are UTF-8.
struct PlanBinding {
  bool is_input = false;
  // TensorRT's DataType.
  uint8_t dtype = 0;
  bool shape_inference = false;
  bool has_profile = false;
  Dims shape;
  // Bounds of the shape; only with a profile.
  Dims minimum;
  Dims maximum;
  std::string name;
  // The input that an output aliases; empty when it aliases none.
  std::string alias;
};

// How a modelled engine takes device memory: in granules of 2^granule_bits bytes. The headrooms
// have to be free besides what is taken. All 0: every byte counts.
struct Paging {
  uint8_t granule_bits = 0;
  uint8_t context = 0;
  uint8_t context_headroom = 0;
  uint8_t weights_headroom = 0;
  uint8_t load_headroom = 0;

  // The bytes of `count` granules.
  uint64_t Granules(uint8_t count) const { return uint64_t{count} << granule_bits; }
  // What a block of `bytes` takes: whole granules, or none of its own for at most half a one.
  // UINT64_MAX for what no memory holds.
  WSB_SIMULATOR_API uint64_t BlockBytes(uint64_t bytes) const;
};

// What an engine answers. Sizes are bytes.
struct Plan {
  // Obeys the rules measured on a device; otherwise every answer is dictated.
  bool modelled = false;
  bool deserializes = false;
  bool creates_context = false;
  bool enqueues = false;
  // The engine updates what its outputs alias, and runs only where its last update still is.
  bool updates_in_place = false;
  // Bit n answers set n, for the first `set_count`; `set_default` answers the rest.
  uint8_t set_count = 0;
  uint32_t set_answers = 0;
  bool set_default = false;
  int64_t streamable = 0;
  int64_t automatic = 0;
  int64_t scratch = 0;
  int64_t activations = 0;
  Paging paging;
  // The first `binding_count` of `bindings` count; the rest is memory to use again.
  size_t binding_count = 0;
  std::vector<PlanBinding> bindings;

  // The binding of that NUL-terminated name; null when there is none.
  WSB_SIMULATOR_API const PlanBinding* Find(const char* name) const;
};

// Whether bytes claim to be a plan of ours: they begin with its magic. They may still be damaged.
bool IsScriptedPlan(const uint8_t* bytes, size_t size);

// Reads the plan that begins `size` bytes into `plan`, whose memory is used again; weights behind
// it are not touched. Returns null, or in words what makes
// the bytes no plan; `plan` is of no use then.
const char* DecodePlan(const uint8_t* bytes, size_t size, Plan* plan);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_PLAN_H_
