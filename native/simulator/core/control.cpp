#include "simulator/control.h"

#include <algorithm>
#include <memory>

#include "simulator/core/load_plan.h"
#include "simulator/core/plan.h"
#include "simulator/core/simulation.h"

using wsb::Simulation;

void trtsim_begin(const TrtSimDevice* device) { Simulation::OfThisThread().Begin(*device); }

void trtsim_set_free(uint64_t free_bytes) {
  Simulation::OfThisThread().memory().set_free(free_bytes);
}

void trtsim_share_memory(uint64_t available_bytes) {
  Simulation::OfThisThread().memory().Share(available_bytes);
}

uint64_t trtsim_available() { return Simulation::OfThisThread().memory().available(); }

void trtsim_trace(int on) { Simulation::OfThisThread().log().set_tracing(on != 0); }

void trtsim_set_yield(TrtSimYield yield, void* context) {
  Simulation::OfThisThread().log().set_yield(yield, context);
}

const TrtSimEvent* trtsim_events(size_t* count) {
  const auto& events = Simulation::OfThisThread().log().events();
  *count = events.size();
  return events.data();
}

const uint8_t* trtsim_violations(size_t* count) {
  const auto& violations = Simulation::OfThisThread().log().violations();
  *count = violations.size();
  return violations.data();
}

TrtSimLive trtsim_live(void) { return Simulation::OfThisThread().live(); }

void trtsim_end_step(void) { Simulation::OfThisThread().EndStep(); }

uint32_t trtsim_engines(void) { return Simulation::OfThisThread().engine_count(); }

int trtsim_record_plan(const uint8_t* sha256, const void* plan, size_t plan_size) {
  auto decoded = std::make_shared<wsb::Plan>();
  if (wsb::DecodePlan(static_cast<const uint8_t*>(plan), plan_size, decoded.get()) != nullptr) {
    return -1;
  }
  wsb::Sha256Digest digest;
  std::copy_n(sha256, digest.size(), digest.begin());
  return wsb::AddRecordedPlan(digest, std::move(decoded)) ? 0 : -1;
}

int trtsim_set_version(int32_t version) { return wsb::SetSimulatedVersion(version) ? 0 : -1; }
