// A measuring session: carries out commands, one after another.

#ifndef WSB_NATIVE_MEASURE_SESSION_H_
#define WSB_NATIVE_MEASURE_SESSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/file_bytes.h"
#include "common/held_memory.h"
#include "measure/device_program.h"
#include "measure/direct_engine.h"
#include "measure/machine.h"

namespace wsb {

// A command is a line, its answer a line of JSON on standard
// output (kSessionCommands). One thread.
class Session {
 public:
  // Of a program file and of the plan in it. `machine` has to outlive it.
  Session(const Machine& machine, std::string program_file, std::string plan_file)
      : machine_(machine),
        program_file_(std::move(program_file)),
        plan_file_(std::move(plan_file)),
        held_(machine.cuda()),
        direct_(machine.tensorrt()) {}

  // Reads program and plan. False when it can't; `error` then says why.
  bool Open(std::string* error);
  // Carries out a command. False when it is none, or can't be carried out at all.
  bool Run(const std::string& line, std::string* error);

 private:
  bool Describe(std::string* error);
  void Hold(uint64_t free);
  void Load(const std::string& policy, const std::string& budget, int runs);
  void TimeLoad(const std::string& policy, const std::string& budget);
  void TimeDirectLoad(const std::string& budget);
  void Keep(const std::string& budget);
  void TimeRuns(int runs);
  void TimeDirectRuns(int runs);
  executorch::runtime::Error LoadProgram(const std::string& policy, const std::string& budget);

  const Machine& machine_;
  const std::string program_file_;
  const std::string plan_file_;
  HeldMemory held_;
  // What is to be free; 0 for all.
  uint64_t free_ = 0;
  FileBytes plan_;
  std::unique_ptr<DeviceProgram> program_;
  DirectEngine direct_;
};

inline constexpr char kSessionCommands[] =
    "  describe                       sizes of the plan\n"
    "  hold BYTES                     leaves that much device memory free from now on; 0: all\n"
    "  load POLICY BUDGET RUNS        loads, executes RUNS times after a first run, unloads\n"
    "  time-load POLICY BUDGET        time to load, then unloads\n"
    "  time-direct-load BUDGET        the same with TensorRT called directly\n"
    "  keep BUDGET                    loads both ways and keeps them\n"
    "  time-runs N, time-direct-runs N  times of N executions of what was kept\n"
    "POLICY is fitting or upstream; BUDGET is a number of bytes, or - for none\n";

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_SESSION_H_
