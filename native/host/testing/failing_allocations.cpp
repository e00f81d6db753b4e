// Lets each allocation of a delegate fail in turn, while it loads, changes budgets, executes and
// unloads.
//
//   failing-allocations DELEGATE TENSORRT CUDART SIMULATOR PROGRAM FREE KIND [BUDGET]
//
// KIND says what fails: `one` allocation of the host, or `rest`, that one and all behind it, or one
// of the `device` (cudaMalloc). Each is tried in a process of its own, which was not used before:
// loads the method forward of the file PROGRAM on a device with FREE bytes, sets BUDGET with
// set_option() when there is one, executes and unloads. Then it has to answer Ok or
// MemoryAllocationFailed (NotFound where the backend is not available for want of memory), to leave
// no engine, no device memory and no block behind, to have changed all budgets or none, and to do
// the same once more as if nothing had been. That goes on until there is none left to fail. Prints
// how many there were; with exit status 1 what went wrong at each; 2 for everything else.

#include <dlfcn.h>
#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/extension/memory_allocator/malloc_memory_allocator.h>
#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>
#include <executorch/runtime/executor/program.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "host/execute_method.h"
#include "host/loaded_methods.h"
#include "host/program_memory.h"
#include "host/subject.h"
#include "host/testing/failing_new.h"
#include "host/testing/read_file.h"

namespace wsb::testing {
namespace {

using executorch::extension::BufferDataLoader;
using executorch::extension::MallocMemoryAllocator;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::Program;
using executorch::runtime::Result;

constexpr int kWrong = 1;
constexpr int kBroken = 2;
constexpr uint64_t kDeviceBytes = uint64_t{1} << 46;
constexpr size_t kMaxCalls = 4096;
// More than any delegate needs: one that goes on failing is at fault itself.
constexpr size_t kMaxTried = 2000;

// What is to be done, and how it may be disturbed.
struct Task {
  ProgramMemory memory;
  const uint8_t* file = nullptr;
  size_t size = 0;
  uint64_t free_bytes = 0;
  const char* budget = nullptr;
};

// How it went: plain memory, which processes share.
struct Course {
  Error load;
  Error set;
  Error execute;
  size_t allocations;
  size_t live_blocks;
  size_t calls;
  TrtSimEvent events[kMaxCalls];
};

// The runtime allocator, which the delegate takes the memory of its handles from.
class CountingAllocator final : public MallocMemoryAllocator {
 public:
  void* allocate(size_t size, size_t alignment = kDefaultAlignment) override {
    return FailsNow() ? nullptr : MallocMemoryAllocator::allocate(size, alignment);
  }
};

// Of the last budget that an engine took, by the numbers of engines.
std::vector<int64_t> BudgetsOf(const SimulatorApi& simulator) {
  std::vector<int64_t> budgets(simulator.engines(), -1);
  size_t count = 0;
  const TrtSimEvent* const events = simulator.events(&count);
  for (size_t n = 0; n < count; ++n) {
    if (events[n].call == kTrtSimSetWeightStreamingBudgetV2 && events[n].ok != 0) {
      budgets[static_cast<size_t>(events[n].engine)] = events[n].value;
    }
  }
  return budgets;
}

Error SetBudget(const char* budget) {
  BackendOptions<1> options;
  options.set_option("weight_streaming_budget", budget);
  return executorch::runtime::set_option("TensorRTBackend", options.view());
}

// False when what is left of it is wrong, which is said on standard error.
bool IsClean(const SimulatorApi& simulator) {
  const TrtSimLive live = simulator.live();
  size_t violations = 0;
  simulator.violations(&violations);
  if (live.runtimes + live.engines + live.contexts + live.events + live.allocations == 0 &&
      violations == 0) {
    return true;
  }
  std::fprintf(stderr, "left: %u runtimes, %u engines, %u contexts, %u events, %u allocations; ",
               live.runtimes, live.engines, live.contexts, live.events, live.allocations);
  std::fprintf(stderr, "%zu violations\n", violations);
  return false;
}

// Loads, sets, executes and unloads; false when it left something, or changed budgets by half.
bool Play(const Task& task, const TrtSimFault* fault, Course* course) {
  const SimulatorApi& simulator = Subject::Get()->simulator();
  TrtSimDevice device{};
  device.total_bytes = kDeviceBytes;
  device.free_bytes = task.free_bytes;
  device.faults = fault;
  device.fault_count = fault == nullptr ? 0 : 1;
  simulator.begin(&device);
  BufferDataLoader loader(task.file, task.size);
  const Result<Program> program = Program::load(&loader);
  bool is_whole = program.ok();
  *course = {};
  {
    CountingAllocator allocator;
    MethodMemoryPool pool;
    LoadedMethods methods(&pool);
    course->load = is_whole ? methods.Load(*program, "forward", nullptr, &allocator)
                            : program.error();
    if (course->load == Error::Ok) {
      const std::vector<int64_t> before = BudgetsOf(simulator);
      course->set = task.budget == nullptr ? Error::Ok : SetBudget(task.budget);
      if (course->set != Error::Ok && BudgetsOf(simulator) != before) {
        std::fprintf(stderr, "set_option failed, and changed the budget of an engine\n");
        is_whole = false;
      }
      course->execute = ExecuteMethod(methods.Find("forward"));
      methods.Unload("forward");
    }
    course->allocations = CountedAllocations();
    FailFrom(0, Failing::kNone);
  }
  // An empty text takes the budget of the process back.
  is_whole = (task.budget == nullptr || SetBudget("") == Error::Ok) && is_whole;
  course->live_blocks = LiveBlocks();
  size_t count = 0;
  const TrtSimEvent* const events = simulator.events(&count);
  course->calls = count < kMaxCalls ? count : kMaxCalls;
  std::copy(events, events + course->calls, course->events);
  return IsClean(simulator) && is_whole;
}

bool IsExpected(Error error) {
  return error == Error::Ok || error == Error::MemoryAllocationFailed || error == Error::NotFound;
}

bool IsSameCall(const TrtSimEvent& one, const TrtSimEvent& other) {
  return one.call == other.call && one.ok == other.ok && one.engine == other.engine &&
         one.value == other.value;
}

bool IsSame(const Course& one, const Course& other) {
  return one.load == other.load && one.set == other.set && one.execute == other.execute &&
         one.live_blocks == other.live_blocks && one.calls == other.calls &&
         std::equal(one.events, one.events + one.calls, other.events, &IsSameCall);
}

// Shared with the processes that try.
struct Shared {
  Course undisturbed;
  Course course;
  // Something was there to fail.
  bool reached;
};

// In a process of its own; `number` 0 disturbs nothing.
int Try(const Task& task, size_t number, std::string_view kind, Shared* shared) {
  const TrtSimFault fault{kTrtSimFaultCudaMalloc, static_cast<uint16_t>(number)};
  const bool is_device = kind == "device";
  if (number != 0 && !is_device) {
    FailFrom(number, kind == "one" ? Failing::kOne : Failing::kAllFrom);
  } else {
    FailFrom(0, Failing::kNone);
  }
  if (!Play(task, number != 0 && is_device ? &fault : nullptr, &shared->course)) {
    return kWrong;
  }
  if (number == 0) {
    shared->undisturbed = shared->course;
    return 0;
  }
  const Course& course = shared->course;
  if (!IsExpected(course.load) || !IsExpected(course.set) || !IsExpected(course.execute)) {
    std::fprintf(stderr, "load %d, set %d, execute %d\n", static_cast<int>(course.load),
                 static_cast<int>(course.set), static_cast<int>(course.execute));
    return kWrong;
  }
  shared->reached = is_device ? course.load != Error::Ok || course.set != Error::Ok ||
                                    course.execute != Error::Ok
                              : course.allocations >= number;
  Course again;
  if (!Play(task, nullptr, &again) || !IsSame(again, shared->undisturbed)) {
    std::fprintf(stderr, "then load %d, set %d, execute %d, %zu blocks in place of %zu\n",
                 static_cast<int>(again.load), static_cast<int>(again.set),
                 static_cast<int>(again.execute), again.live_blocks,
                 shared->undisturbed.live_blocks);
    return kWrong;
  }
  return 0;
}

// The exit status of a process that tries; 128 and the signal that ended it.
int TryApart(const Task& task, size_t number, std::string_view kind, Shared* shared) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    std::exit(Try(task, number, kind, shared));
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) {
    return kBroken;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int TryAll(const Task& task, std::string_view kind, Shared* shared) {
  if (TryApart(task, 0, kind, shared) != 0 || shared->undisturbed.load != Error::Ok ||
      shared->undisturbed.set != Error::Ok || shared->undisturbed.execute != Error::Ok) {
    const Course& course = shared->undisturbed;
    std::fprintf(stderr, "undisturbed it ends with load %d, set %d, execute %d\n",
                 static_cast<int>(course.load), static_cast<int>(course.set),
                 static_cast<int>(course.execute));
    return kBroken;
  }
  int result = 0;
  size_t number = 0;
  for (shared->reached = true; shared->reached && number < kMaxTried;) {
    shared->reached = true;
    ++number;
    const int status = TryApart(task, number, kind, shared);
    if (status != 0) {
      std::printf("number %zu: ended with %d\n", number, status);
      result = kWrong;
    }
  }
  std::printf("%zu tried\n", number - 1);
  return result;
}

int Main(int argc, char** argv) {
  if (argc != 8 && argc != 9) {
    std::fprintf(stderr,
                 "usage: %s DELEGATE TENSORRT CUDART SIMULATOR PROGRAM FREE one|rest|device "
                 "[BUDGET]\n",
                 argv[0]);
    return kBroken;
  }
  std::string error;
  if (!Subject::Open({argv[1], argv[2], argv[3], argv[4]}, &error)) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return kBroken;
  }
  WatchLibrary(reinterpret_cast<const void*>(
      dlsym(dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD), "wsb_delegate_configure")));
  Task task;
  const std::vector<uint8_t> bytes = ReadFile(argv[5]);
  task.file = task.memory.Place(bytes.data(), bytes.size());
  task.size = bytes.size();
  task.free_bytes = std::strtoull(argv[6], nullptr, 10);
  task.budget = argc == 9 ? argv[8] : nullptr;
  void* const shared = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (bytes.empty() || task.file == nullptr || shared == MAP_FAILED) {
    std::fprintf(stderr, "%s can't be read\n", argv[5]);
    return kBroken;
  }
  return TryAll(task, argv[7], static_cast<Shared*>(shared));
}

}  // namespace
}  // namespace wsb::testing

int main(int argc, char** argv) { return wsb::testing::Main(argc, argv); }
