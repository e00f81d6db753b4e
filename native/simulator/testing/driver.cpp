// Calls the simulated TensorRT and CUDA as no conforming delegate would, and prints what the
// simulator says to it: one line of JSON a case. Run by simulator.test.ts.
//
// usage: driver [SCRIPTED_PLAN MODELLED_PLAN] (files of encoded plans; without, what needs none)

#include <cstdio>

#include "simulator/testing/scenarios.h"

int main(int argc, char** argv) {
  if (argc != 1 && argc != 3) {
    std::fprintf(stderr, "usage: driver [SCRIPTED_PLAN MODELLED_PLAN]\n");
    return 2;
  }
  wsb::Threads();
  wsb::Versions();
  if (argc == 1) {
    return 0;
  }
  const wsb::PlanBytes scripted = wsb::ReadPlan(argv[1]);
  const wsb::PlanBytes modelled = wsb::ReadPlan(argv[2]);
  wsb::Orders(scripted);
  wsb::Misuse(scripted);
  wsb::PlanMemory(scripted);
  wsb::Recorded(scripted);
  wsb::Modelled(modelled);
  wsb::Faults(scripted);
  wsb::LateDestruction(scripted);
  return 0;
}
