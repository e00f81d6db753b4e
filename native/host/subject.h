// The delegate under test and the libraries that it runs on.

#ifndef WSB_NATIVE_HOST_SUBJECT_H_
#define WSB_NATIVE_HOST_SUBJECT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "delegate/observer.h"
#include "simulator/control.h"

namespace wsb {

// Absolute paths of shared libraries, and what else there is.
struct SubjectConfig {
  std::string delegate;
  std::string tensorrt;
  std::string cudart;
  std::string simulator;
  // What a host has beside ExecuTorch, unless ExecuTorch brings it along: the kernels of its
  // release, and an allocator for CUDA memory.
  bool kernels = true;
  bool allocator = true;

  bool operator==(const SubjectConfig& other) const {
    return delegate == other.delegate && tensorrt == other.tensorrt && cudart == other.cudart &&
           simulator == other.simulator && kernels == other.kernels && allocator == other.allocator;
  }
};

// The functions of simulator/control.h.
struct SimulatorApi {
  decltype(&trtsim_begin) begin;
  decltype(&trtsim_trace) trace;
  decltype(&trtsim_events) events;
  decltype(&trtsim_violations) violations;
  decltype(&trtsim_live) live;
  decltype(&trtsim_end_step) end_step;
  decltype(&trtsim_engines) engines;
  decltype(&trtsim_record_plan) record_plan;
  decltype(&trtsim_set_version) set_version;
  // Null before a real TensorRT.
  decltype(&trtsim_share_memory) share_memory;
  decltype(&trtsim_available) available;
  decltype(&trtsim_set_yield) set_yield;
};

// What a process loaded. Immutable; the libraries stay loaded.
class Subject {
 public:
  // Loads the libraries of this process; the delegate registers its backend with ExecuTorch while
  // it is loaded. ExecuTorch knows one delegate of a name a process, so a second call does nothing
  // when it names the same libraries. False on any failure; `error` then says what failed. Safe
  // from any thread.
  static bool Open(const SubjectConfig& config, std::string* error);

  // Null before Open() has succeeded.
  static const Subject* Get();

  const SimulatorApi& simulator() const { return simulator_; }
  // The version of TensorRT that answers: major * 10000 + minor * 100 + patch; 0 when it does not
  // tell.
  int32_t tensorrt_version() const;
  // Whether a simulated TensorRT answers, rather than a real one behind the interposer.
  bool is_simulated() const { return is_real_ == nullptr || is_real_() == 0; }
  // The delegate's budget rules alone; null when it does not offer them.
  decltype(&wsb_delegate_decide) decide() const { return decide_; }
  // Sets who chooses automatic budgets, for all loads that begin from now on; false when the
  // delegate has no such choice.
  bool SetPolicy(WsbPolicy policy) const;
  // Whether the delegate tells where a budget came from, through an observer.
  bool tells_source() const { return observe_ != nullptr; }
  // Whether devices can be played that share the host's memory, of which the delegate is told what
  // is available.
  bool plays_integrated() const { return simulator_.share_memory != nullptr && meminfo_ != nullptr; }
  // Whether threads can take turns at the calls of TensorRT and CUDA.
  bool plays_threads() const { return simulator_.set_yield != nullptr; }
  // Sets what the delegate reads on this thread in place of /proc/meminfo, if it has such a thing.
  void TellMeminfo(WsbMeminfoReader reader, void* context) const;
  // Sets the observer of this thread, if the delegate has such a thing.
  void Observe(WsbBudgetObserver observer, void* context) const;

 private:
  Subject() = default;
  bool LoadLibraries(std::string* error);
  bool BindDelegate(void* library, std::string* error);
  bool LoadSimulator(std::string* error);

  SubjectConfig config_;
  SimulatorApi simulator_{};
  void* cudart_ = nullptr;
  int32_t (*get_infer_lib_version_)() = nullptr;
  int (*is_real_)() = nullptr;
  decltype(&wsb_delegate_observe) observe_ = nullptr;
  decltype(&wsb_delegate_decide) decide_ = nullptr;
  decltype(&wsb_delegate_policy) policy_ = nullptr;
  decltype(&wsb_delegate_meminfo) meminfo_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_SUBJECT_H_
