// What no conforming delegate does, and what the simulator has to say to it. Each function runs
// some cases.

#ifndef WSB_NATIVE_SIMULATOR_TESTING_SCENARIOS_H_
#define WSB_NATIVE_SIMULATOR_TESTING_SCENARIOS_H_

#include "simulator/testing/case.h"

namespace wsb {

// Calls in order and out of it.
void Orders(const PlanBytes& plan);
// Destroyed objects, unknown methods, objects that are never destroyed.
void Misuse(const PlanBytes& plan);
// Where plans lie, and damaged ones.
void PlanMemory(const PlanBytes& plan);
// Plans known by their SHA-256.
void Recorded(const PlanBytes& plan);
// The memory of a modelled engine.
void Modelled(const PlanBytes& plan);
// Calls that fail because the case says so.
void Faults(const PlanBytes& plan);
// Objects that outlive their case.
void LateDestruction(const PlanBytes& plan);
// Cases of two threads.
void Threads();
// TensorRT versions, known and unknown.
void Versions();

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_TESTING_SCENARIOS_H_
