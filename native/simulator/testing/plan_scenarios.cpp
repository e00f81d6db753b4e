#include <cstring>

#include "simulator/testing/scenarios.h"

namespace wsb {

void PlanMemory(const PlanBytes& plan) {
  {
    TrtSimDevice device = Device();
    device.program = plan.bytes;
    device.program_size = plan.size;
    Case test("plan past the program", device);
    test.Answer(test.Deserialize(plan.bytes, plan.size + 1) != nullptr);
    test.Answer(test.Deserialize(plan.bytes, SIZE_MAX) != nullptr);
    Delete(test.runtime);
  }
  {
    TrtSimDevice device = Device();
    device.program = plan.bytes;
    device.program_size = 1;
    const PlanBytes copy = plan;
    Case test("a copy of the plan", device);
    void* const engine = test.Deserialize(copy.bytes, copy.size);
    test.Answer(engine != nullptr);
    Delete(engine);
    Delete(test.runtime);
  }
  {
    PlanBytes moved = plan;
    std::memmove(moved.bytes + 8, moved.bytes, moved.size);
    Case test("misaligned plan", Device());
    void* const engine = test.Deserialize(moved.bytes + 8, moved.size);
    test.Answer(engine != nullptr);
    Delete(engine);
    Delete(test.runtime);
  }
  {
    Case test("null arguments", Device());
    test.Answer(test.Deserialize(nullptr, 64) != nullptr);
    void* const engine = test.Deserialize(plan.bytes, plan.size);
    test.Answer(CallSlot<bool>(Implementation(engine), test.slots().is_shape_inference_io,
                               static_cast<const char*>(nullptr)));
    test.Answer(createInferRuntime_INTERNAL(nullptr, kVersion) != nullptr);
    Delete(engine);
    Delete(test.runtime);
  }
  {
    PlanBytes damaged = plan;
    damaged.bytes[40] ^= 1;
    Case test("damaged plan", Device());
    test.Answer(test.Deserialize(damaged.bytes, damaged.size) != nullptr);
    Delete(test.runtime);
  }
}

void Recorded(const PlanBytes& plan) {
  // FIPS 180-4's example: the SHA-256 of "abc".
  const uint8_t digest[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                              0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                              0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
  alignas(16) const char text[] = "abc";
  {
    Case test("unknown plan", Device());
    test.Answer(test.Deserialize(text, 3) != nullptr);
    Delete(test.runtime);
  }
  Case test("recorded plan", Device());
  test.Answer(trtsim_record_plan(digest, plan.bytes, plan.size));
  test.Answer(trtsim_record_plan(digest, plan.bytes, plan.size - 1));
  void* const engine = test.Deserialize(text, 3);
  test.Read(engine, test.slots().get_streamable_weights_size);
  Delete(engine);
  Delete(test.runtime);
}

}  // namespace wsb
