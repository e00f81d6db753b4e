#include <thread>

#include "simulator/testing/scenarios.h"

namespace wsb {

// The plan: streamable 1000, scratch 200, activations 50; 1500 bytes are free.
void Modelled(const PlanBytes& plan) {
  TrtSimDevice device = Device();
  device.free_bytes = 1500;
  Case test("modelled", device);
  const SlotTable& slots = test.slots();
  const auto free_bytes = [&test] {
    size_t free = 0;
    size_t total = 0;
    cudaMemGetInfo(&free, &total);
    test.Answer(static_cast<int64_t>(free));
  };
  void* const engine = test.Deserialize(plan.bytes, plan.size);
  test.Read(engine, slots.get_weight_streaming_budget_v2);
  test.Read(engine, slots.get_weight_streaming_scratch_memory_size);
  test.Read(engine, slots.get_weight_streaming_automatic_budget);
  test.Set(engine, -1);
  void* const unset = test.Context(engine);
  free_bytes();
  Delete(unset);
  free_bytes();
  test.Set(engine, 999);
  free_bytes();
  test.Read(engine, slots.get_weight_streaming_scratch_memory_size);
  test.Read(engine, slots.get_device_memory_size_v2);
  test.Read(engine, slots.get_weight_streaming_automatic_budget);
  void* const streaming = test.Context(engine);
  free_bytes();
  Delete(streaming);
  test.Set(engine, INT64_MAX);
  free_bytes();
  test.Read(engine, slots.get_weight_streaming_budget_v2);
  test.Read(engine, slots.get_weight_streaming_automatic_budget);
  test.Set(engine, 0);
  free_bytes();
  void* hog = nullptr;
  test.Answer(cudaMalloc(&hog, 600));
  test.Answer(cudaMalloc(&hog, 901));
  test.Answer(cudaMalloc(&hog, 700));
  test.Set(engine, 1000);
  test.Answer(test.Context(engine) != nullptr);
  test.Answer(cudaFree(hog));
  test.Answer(cudaFree(hog));
  Delete(engine);
  Delete(test.runtime);
}

void Faults(const PlanBytes& plan) {
  const TrtSimFault faults[] = {{kTrtSimFaultCudaSetDevice, 2},
                                {kTrtSimFaultCreateInferRuntime, 2}};
  TrtSimDevice device = Device();
  device.faults = faults;
  device.fault_count = 2;
  Case test("faults", device);
  test.Answer(cudaSetDevice(3));
  test.Answer(cudaSetDevice(3));
  test.Answer(cudaSetDevice(3));
  test.Answer(createInferRuntime_INTERNAL(&test.logger, kVersion) != nullptr);
  void* const third = createInferRuntime_INTERNAL(&test.logger, kVersion);
  test.Answer(third != nullptr);
  Delete(third);
  void* const engine = test.Deserialize(plan.bytes, plan.size);
  Delete(engine);
  Delete(test.runtime);
}

// Objects of an earlier case: destroyed late, or never.
void LateDestruction(const PlanBytes& plan) {
  TrtSimDevice device = Device();
  trtsim_begin(&device);
  Logger logger;
  void* const runtime = createInferRuntime_INTERNAL(&logger, kVersion);
  void* const engine =
      CallSlot<void*>(Implementation(runtime), 3, static_cast<const void*>(plan.bytes), plan.size);
  {
    Case test("late destruction", device);
    Delete(engine);
    Delete(runtime);
    Delete(test.runtime);
  }
  for (int n = 0; n < 20000; ++n) {
    trtsim_begin(&device);
    createInferRuntime_INTERNAL(&logger, kVersion);
  }
  Case test("after many leaks", device);
  Delete(test.runtime);
}

// Each thread has a device of its own.
void Threads() {
  Case test("another thread", Device());
  std::thread([] {
    TrtSimDevice device = Device();
    trtsim_begin(&device);
    Logger logger;
    createInferRuntime_INTERNAL(&logger, kVersion);
  }).join();
  Delete(test.runtime);
}

void Versions() {
  Case test("versions", Device());
  for (const int32_t version : {100200, 100913, 101400, 101601, 110000, 110300}) {
    void* const runtime = createInferRuntime_INTERNAL(&test.logger, version);
    test.Answer(runtime != nullptr);
    Delete(runtime);
  }
  for (const int32_t version : {0, -1, 100100, 101700, 110500, INT32_MAX}) {
    test.Answer(createInferRuntime_INTERNAL(&test.logger, version) != nullptr);
  }
  test.Answer(getInferLibVersion());
  test.Answer(trtsim_set_version(101500));
  test.Answer(trtsim_set_version(100100));
  test.Answer(getInferLibVersion());
  test.Answer(createInferBuilder_INTERNAL(&test.logger, kVersion) != nullptr);
  Delete(test.runtime);
}

}  // namespace wsb
