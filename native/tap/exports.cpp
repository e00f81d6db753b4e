// What the tap exports as libnvinfer, and as the simulator's control.

#include <cstddef>
#include <cstdint>
#include <utility>

#include "simulator/control.h"
#include "tap/tap.h"
#include "tap/tapped_libraries.h"
#include "tensorrt/slots.h"

using wsb::Tap;
using wsb::Tapped;

extern "C" {

TRTSIM_API int32_t getInferLibVersion() {
  return Tapped() == nullptr ? 0 : Tapped()->get_infer_lib_version();
}

// Null also for a version whose slots are not known.
TRTSIM_API void* createInferRuntime_INTERNAL(void* logger, int32_t version) {
  const wsb::SlotTable* const slots = wsb::SlotsForVersion(version);
  wsb::Object real;
  if (Tapped() != nullptr && slots != nullptr) {
    real = wsb::AdoptObject(Tapped()->create_infer_runtime(logger, version));
  }
  Tap& tap = Tap::OfThisThread();
  const bool ok = real != nullptr;
  tap.log().Record(kTrtSimCreateInferRuntime, ok, -1, version);
  return ok ? tap.Adopt(wsb::ObjectKind::kRuntime, std::move(real), slots, nullptr) : nullptr;
}

void trtsim_begin(const TrtSimDevice* device) { Tap::OfThisThread().Begin(*device); }

void trtsim_end_step(void) { Tap::OfThisThread().EndStep(); }

void trtsim_trace(int on) { Tap::OfThisThread().log().set_tracing(on != 0); }

const TrtSimEvent* trtsim_events(size_t* count) {
  const auto& events = Tap::OfThisThread().log().events();
  *count = events.size();
  return events.data();
}

const uint8_t* trtsim_violations(size_t* count) {
  const auto& violations = Tap::OfThisThread().log().violations();
  *count = violations.size();
  return violations.data();
}

TrtSimLive trtsim_live(void) { return Tap::OfThisThread().live(); }

uint32_t trtsim_engines(void) { return Tap::OfThisThread().engine_count(); }

// A real TensorRT needs no recorded plans: it has the plans themselves.
int trtsim_record_plan(const uint8_t* sha256, const void* plan, size_t plan_size) {
  return Tapped() == nullptr || Tapped()->record_plan == nullptr
             ? 0
             : Tapped()->record_plan(sha256, plan, plan_size);
}

int trtsim_set_version(int32_t version) {
  return Tapped() == nullptr || Tapped()->set_version == nullptr ? -1
                                                                 : Tapped()->set_version(version);
}

// Whether a real TensorRT answers, rather than a simulated one.
TRTSIM_API int trttap_is_real(void) {
  return Tapped() != nullptr && Tapped()->begin_simulation == nullptr ? 1 : 0;
}

}  // extern "C"
