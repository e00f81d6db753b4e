#include "simulator/testing/scenarios.h"

namespace wsb {

void Orders(const PlanBytes& plan) {
  {
    Case test("in order", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    test.Set(engine, 100);
    void* const context = test.Context(engine);
    Delete(context);
    Delete(engine);
    Delete(test.runtime);
  }
  {
    Case test("engine before context", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    void* const context = test.Context(engine);
    Delete(engine);
    Delete(context);
    Delete(test.runtime);
  }
  {
    Case test("runtime before engine", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    Delete(test.runtime);
    Delete(engine);
  }
  {
    Case test("set with context", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    void* const context = test.Context(engine);
    test.Set(engine, 100);
    Delete(context);
    test.Set(engine, 100);
    Delete(engine);
    Delete(test.runtime);
  }
}

void Misuse(const PlanBytes& plan) {
  {
    Case test("device left changed", Device());
    test.Answer(cudaSetDevice(1));
    test.Answer(cudaSetDevice(0));
    trtsim_end_step();
    test.Answer(cudaSetDevice(1));
    trtsim_end_step();
    trtsim_end_step();
    Delete(test.runtime);
  }
  {
    Case test("use after destroy", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    void* const context = test.Context(engine);
    Delete(context);
    Delete(engine);
    test.Set(engine, 100);
    test.Read(engine, test.slots().get_streamable_weights_size);
    test.Answer(CallSlot<bool>(Implementation(context), test.slots().enqueue_v3,
                               static_cast<void*>(nullptr)));
    Delete(engine);
    Delete(test.runtime);
    test.Answer(test.Deserialize(plan.bytes, plan.size) != nullptr);
  }
  {
    Case test("context after its engine", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    void* const context = test.Context(engine);
    Delete(engine);
    test.Answer(CallSlot<bool>(Implementation(context), test.slots().enqueue_v3,
                               static_cast<void*>(nullptr)));
    Delete(context);
    Delete(test.runtime);
  }
  {
    Case test("unknown slot", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    test.Read(engine, 9);
    Delete(engine);
    Delete(test.runtime);
  }
  {
    Case test("event after destroy", Device());
    void* event = nullptr;
    test.Answer(cudaEventCreateWithFlags(&event, 0));
    test.Answer(cudaEventRecord(event, nullptr));
    test.Answer(cudaEventDestroy(event));
    test.Answer(cudaEventRecord(event, nullptr));
    test.Answer(cudaGetLastError());
    test.Answer(cudaGetLastError());
    Delete(test.runtime);
  }
  {
    Case test("leaks", Device());
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    test.Context(engine);
    void* event = nullptr;
    cudaEventCreateWithFlags(&event, 0);
    void* memory = nullptr;
    cudaMalloc(&memory, 100);
  }
}

}  // namespace wsb
