// What the interposer exports as libnvinfer, and as the simulator's control.

#include <cstddef>
#include <cstdint>
#include <utility>

#include "interposer/interposed_libraries.h"
#include "interposer/interposer.h"
#include "simulator/control.h"
#include "tensorrt/slots.h"

using wsb::Interposed;
using wsb::Interposer;

extern "C" {

TRTSIM_API int32_t getInferLibVersion() {
  return Interposed() == nullptr ? 0 : Interposed()->get_infer_lib_version();
}

// Null also for a version whose slots are not known.
TRTSIM_API void* createInferRuntime_INTERNAL(void* logger, int32_t version) {
  const wsb::SlotTable* const slots = wsb::SlotsForVersion(version);
  wsb::Object real;
  if (Interposed() != nullptr && slots != nullptr) {
    real = wsb::AdoptObject(Interposed()->create_infer_runtime(logger, version));
  }
  Interposer& interposer = Interposer::OfThisThread();
  const bool ok = real != nullptr;
  interposer.log().Record(kTrtSimCreateInferRuntime, ok, -1, version);
  return ok ? interposer.Adopt(wsb::ObjectKind::kRuntime, std::move(real), slots, nullptr)
            : nullptr;
}

void trtsim_begin(const TrtSimDevice* device) { Interposer::OfThisThread().Begin(*device); }

void trtsim_end_step(void) { Interposer::OfThisThread().EndStep(); }

void trtsim_trace(int on) { Interposer::OfThisThread().log().set_tracing(on != 0); }

const TrtSimEvent* trtsim_events(size_t* count) {
  const auto& events = Interposer::OfThisThread().log().events();
  *count = events.size();
  return events.data();
}

const uint8_t* trtsim_violations(size_t* count) {
  const auto& violations = Interposer::OfThisThread().log().violations();
  *count = violations.size();
  return violations.data();
}

TrtSimLive trtsim_live(void) { return Interposer::OfThisThread().live(); }

uint32_t trtsim_engines(void) { return Interposer::OfThisThread().engine_count(); }

// A real TensorRT needs no recorded plans: it has the plans themselves.
int trtsim_record_plan(const uint8_t* sha256, const void* plan, size_t plan_size) {
  return Interposed() == nullptr || Interposed()->record_plan == nullptr
             ? 0
             : Interposed()->record_plan(sha256, plan, plan_size);
}

int trtsim_set_version(int32_t version) {
  return Interposed() == nullptr || Interposed()->set_version == nullptr
             ? -1
             : Interposed()->set_version(version);
}

// Whether a real TensorRT answers, rather than a simulated one.
TRTSIM_API int trtinterposer_is_real(void) {
  return Interposed() != nullptr && Interposed()->begin_simulation == nullptr ? 1 : 0;
}

}  // extern "C"
