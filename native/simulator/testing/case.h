// One case on the simulator, driven by hand.

#ifndef WSB_NATIVE_SIMULATOR_TESTING_CASE_H_
#define WSB_NATIVE_SIMULATOR_TESTING_CASE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/control.h"
#include "tensorrt/call_slot.h"
#include "tensorrt/slots.h"

extern "C" {
void* createInferRuntime_INTERNAL(void* logger, int32_t version);
void* createInferBuilder_INTERNAL(void* logger, int32_t version);
int32_t getInferLibVersion();
int cudaSetDevice(int device);
int cudaGetLastError();
int cudaEventCreateWithFlags(void** event, unsigned flags);
int cudaEventDestroy(void* event);
int cudaEventRecord(void* event, void* stream);
int cudaMalloc(void** address, size_t size);
int cudaFree(void* address);
int cudaMemGetInfo(size_t* free, size_t* total);
}

namespace wsb {

inline constexpr int32_t kVersion = 110100;
inline constexpr uint64_t kFree = 1000000;

// ILogger of 10.x, whose first slot is log(); in 11.x four entries come before it.
struct Logger {
  virtual void Log(int32_t, const char* message) { last = message; }
  virtual void Unused1() {}
  virtual void Unused2() {}
  virtual void Unused3() {}
  virtual void Log11(int32_t, const char* message) { last = message; }
  std::string last;
};

// Plans have to lie at a multiple of 16.
struct alignas(16) PlanBytes {
  uint8_t bytes[4096] = {};
  size_t size = 0;
};

// A file's bytes; none when it is too large.
PlanBytes ReadPlan(const char* path);

// The V object behind a public one.
inline void* Implementation(void* object) { return static_cast<void**>(object)[1]; }

// Calls the public destructor.
inline void Delete(void* object) { CallSlot<void>(object, kDeletingDestructorSlot); }

// A device with kFree bytes, all of them free.
TrtSimDevice Device();

// One case with a runtime. Its answers are collected; at its end a line of JSON with them, the
// events, the violations, what is alive and the last message of the log goes to standard output.
class Case {
 public:
  Case(const char* name, TrtSimDevice device) : name_(name), slots_(SlotsForVersion(kVersion)) {
    trtsim_begin(&device);
    runtime = createInferRuntime_INTERNAL(&logger, kVersion);
  }
  ~Case() { Print(); }
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  void Answer(int64_t answer) { answers_.push_back(answer); }

  void* Deserialize(const void* plan, size_t size) {
    return CallSlot<void*>(Implementation(runtime), slots_->deserialize_cuda_engine, plan, size);
  }
  void* Context(void* engine) {
    return CallSlot<void*>(Implementation(engine), slots_->create_execution_context, int32_t{0});
  }
  void Set(void* engine, int64_t budget) {
    Answer(CallSlot<bool>(Implementation(engine), slots_->set_weight_streaming_budget_v2, budget));
  }
  void Read(void* engine, int slot) { Answer(CallSlot<int64_t>(Implementation(engine), slot)); }
  const SlotTable& slots() const { return *slots_; }

  Logger logger;
  void* runtime;

 private:
  void Print() const;

  const char* name_;
  const SlotTable* slots_;
  std::vector<int64_t> answers_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_TESTING_CASE_H_
