// Changes the budget on another thread in the middle of a load or an execution.
//
//   changing-budget DELEGATE TENSORRT CUDART SIMULATOR PROGRAM FREE CALL OCCURRENCE BUDGET
//
// Loads the method forward of the file PROGRAM on a device with FREE bytes, and executes it once.
// Behind the OCCURRENCE-th call, from 1, of the kind CALL (a TrtSimCall) another thread sets BUDGET
// with set_option(); the first one goes on when that has ended, or after a quarter of a second.
// Prints whether it had ended by then, the errors of the three, the calls of each engine, and how
// many violations and contexts there were at the end. Exit status 2 when something else goes wrong.

#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>
#include <executorch/runtime/executor/program.h>

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "host/execute_method.h"
#include "host/loaded_methods.h"
#include "host/program_memory.h"
#include "host/subject.h"
#include "host/testing/read_file.h"

namespace wsb::testing {
namespace {

using executorch::extension::BufferDataLoader;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::Method;
using executorch::runtime::Program;
using executorch::runtime::Result;

constexpr int kBroken = 2;
constexpr uint64_t kDeviceBytes = uint64_t{1} << 40;

Error SetBudget(const char* budget) {
  BackendOptions<1> options;
  const Error error = options.set_option("weight_streaming_budget", budget);
  return error == Error::Ok ? executorch::runtime::set_option("TensorRTBackend", options.view())
                            : error;
}

// Sets the budget behind one call of the thread that makes it.
class Interruption {
 public:
  Interruption(uint8_t call, size_t occurrence, const char* budget)
      : call_(call), left_(occurrence), budget_(budget) {
    Subject::Get()->simulator().set_yield(&Interruption::Yield, this);
  }
  ~Interruption() { Subject::Get()->simulator().set_yield(nullptr, nullptr); }

  // Whether set_option() had ended when the thread went on; none when the call was never made.
  std::optional<bool> ended() const { return ended_; }
  // Waits for it.
  Error End() { return set_.valid() ? set_.get() : Error::NotFound; }

 private:
  static void Yield(void* context) { static_cast<Interruption*>(context)->Behind(); }

  void Behind() {
    // Calls of the other thread come here, too.
    if (left_ == 0) {
      return;
    }
    size_t count = 0;
    const TrtSimEvent* const events = Subject::Get()->simulator().events(&count);
    // Behind a call that is not recorded the last one is that of before.
    if (count == seen_) {
      return;
    }
    seen_ = count;
    if (events[count - 1].call != call_ || --left_ > 0) {
      return;
    }
    set_ = std::async(std::launch::async, &SetBudget, budget_);
    ended_ = set_.wait_for(std::chrono::milliseconds(250)) == std::future_status::ready;
  }

  const uint8_t call_;
  size_t left_;
  size_t seen_ = 0;
  const char* const budget_;
  std::future<Error> set_;
  std::optional<bool> ended_;
};

void PrintCalls(const SimulatorApi& simulator) {
  constexpr const char* kCalls[] = {"deserialize", "automatic", "set", "context", "enqueue"};
  size_t count = 0;
  const TrtSimEvent* const events = simulator.events(&count);
  for (int engine = 0; engine < static_cast<int>(simulator.engines()); ++engine) {
    std::printf("engine %d:", engine);
    for (size_t n = 0; n < count; ++n) {
      if (events[n].engine == engine && events[n].call <= kTrtSimEnqueueV3) {
        std::printf(" %s", kCalls[events[n].call]);
        if (events[n].call == kTrtSimSetWeightStreamingBudgetV2) {
          std::printf(" %" PRId64, events[n].value);
        }
        std::printf(events[n].ok != 0 ? "," : " refused,");
      }
    }
    std::printf("\n");
  }
  size_t violations = 0;
  simulator.violations(&violations);
  std::printf("violations %zu, contexts %u\n", violations, simulator.live().contexts);
}

int Run(const uint8_t* file, size_t size, Interruption* interruption) {
  BufferDataLoader loader(file, size);
  const Result<Program> program = Program::load(&loader);
  if (!program.ok()) {
    return kBroken;
  }
  MethodMemoryPool pool;
  LoadedMethods methods(&pool);
  const Error load = methods.Load(*program, "forward", nullptr);
  Method* const method = methods.Find("forward");
  const Error execute = method == nullptr ? Error::InvalidState : ExecuteMethod(method);
  const Error set = interruption->End();
  if (!interruption->ended().has_value()) {
    std::fprintf(stderr, "the call was never made\n");
    return kBroken;
  }
  std::printf("set %s\n", *interruption->ended() ? "ends at once" : "waits");
  std::printf("load %d, execute %d, set %d\n", static_cast<int>(load), static_cast<int>(execute),
              static_cast<int>(set));
  methods.Unload("forward");
  return 0;
}

int Main(int argc, char** argv) {
  if (argc != 10) {
    std::fprintf(stderr,
                 "usage: %s DELEGATE TENSORRT CUDART SIMULATOR PROGRAM FREE CALL OCCURRENCE BUDGET\n",
                 argv[0]);
    return kBroken;
  }
  std::string error;
  if (!Subject::Open({argv[1], argv[2], argv[3], argv[4]}, &error)) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return kBroken;
  }
  const std::vector<uint8_t> bytes = ReadFile(argv[5]);
  ProgramMemory memory;
  const uint8_t* const file = memory.Place(bytes.data(), bytes.size());
  if (bytes.empty() || file == nullptr) {
    std::fprintf(stderr, "%s can't be read\n", argv[5]);
    return kBroken;
  }
  TrtSimDevice device{};
  device.total_bytes = kDeviceBytes;
  device.free_bytes = std::strtoull(argv[6], nullptr, 10);
  const SimulatorApi& simulator = Subject::Get()->simulator();
  simulator.begin(&device);
  int status = 0;
  {
    Interruption interruption(static_cast<uint8_t>(std::strtoul(argv[7], nullptr, 10)),
                              std::strtoull(argv[8], nullptr, 10), argv[9]);
    status = Run(file, bytes.size(), &interruption);
  }
  PrintCalls(simulator);
  return status;
}

}  // namespace
}  // namespace wsb::testing

int main(int argc, char** argv) { return wsb::testing::Main(argc, argv); }
