#include "host/subject.h"

#include <dlfcn.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "host/cuda_allocator.h"
#include "host/executorch_runtime.h"
#include "host/log_capture.h"

namespace wsb {
namespace {

std::atomic<const Subject*> g_subject{nullptr};

void* OpenLibrary(const std::string& path, std::string* error) {
  // Global, so that a library that is linked to another finds its functions.
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) {
    const char* const reason = dlerror();
    *error = reason == nullptr ? path + " can't be loaded" : reason;
  }
  return library;
}

template <typename Function>
bool Find(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
  return *function != nullptr;
}

}  // namespace

bool Subject::Open(const SubjectConfig& config, std::string* error) {
  static std::mutex* const mutex = new std::mutex;
  // The one whose delegate was loaded, even when it turned out to be of no use.
  static const Subject* first = nullptr;
  const std::lock_guard lock(*mutex);
  if (first != nullptr) {
    if (first == Get() && first->config_ == config) {
      return true;
    }
    *error = "this process has opened " + first->config_.delegate +
             "; ExecuTorch accepts one delegate of a name in a process, so use another process for "
             "another one";
    return false;
  }
  auto subject = std::unique_ptr<Subject>(new Subject);
  subject->config_ = config;
  void* delegate = nullptr;
  if (!subject->LoadLibraries(error) ||
      (delegate = OpenLibrary(config.delegate, error)) == nullptr) {
    return false;
  }
  // It has registered its backend, and maybe an allocator, for as long as the process lives.
  first = subject.get();
  const bool ready = subject->BindDelegate(delegate, error) &&
                     (!config.kernels || HasCopyKernels() || LoadKernels(error)) &&
                     (!config.allocator || RegisterCudaAllocator(subject->cudart_, error));
  if (ready) {
    g_subject.store(first);
  }
  subject.release();
  return ready;
}

const Subject* Subject::Get() { return g_subject.load(); }

int32_t Subject::tensorrt_version() const {
  return get_infer_lib_version_ == nullptr ? 0 : get_infer_lib_version_();
}

void Subject::Observe(WsbBudgetObserver observer, void* context) const {
  if (observe_ != nullptr) {
    observe_(observer, context);
  }
}

void Subject::TellMeminfo(WsbMeminfoReader reader, void* context) const {
  if (meminfo_ != nullptr) {
    meminfo_(reader, context);
  }
}

bool Subject::SetPolicy(WsbPolicy policy) const {
  return policy_ != nullptr && policy_(policy) == 0;
}

bool Subject::LoadLibraries(std::string* error) {
  if (!InstallLogCapture()) {
    *error = "something else in this process has taken over ExecuTorch's log";
    return false;
  }
  if (!LoadSimulator(error) || (cudart_ = OpenLibrary(config_.cudart, error)) == nullptr) {
    return false;
  }
  void* const tensorrt = OpenLibrary(config_.tensorrt, error);
  if (tensorrt == nullptr) {
    return false;
  }
  Find(tensorrt, "getInferLibVersion", &get_infer_lib_version_);
  return true;
}

bool Subject::BindDelegate(void* library, std::string* error) {
  Find(library, "wsb_delegate_observe", &observe_);
  Find(library, "wsb_delegate_decide", &decide_);
  Find(library, "wsb_delegate_policy", &policy_);
  Find(library, "wsb_delegate_meminfo", &meminfo_);
  decltype(&wsb_delegate_configure) configure = nullptr;
  if (Find(library, "wsb_delegate_configure", &configure) &&
      configure(config_.tensorrt.c_str(), config_.cudart.c_str()) != 0) {
    *error = config_.delegate + " has loaded another TensorRT already";
    return false;
  }
  return true;
}

bool Subject::LoadSimulator(std::string* error) {
  void* const library = OpenLibrary(config_.simulator, error);
  if (library == nullptr) {
    return false;
  }
  Find(library, "trtinterposer_is_real", &is_real_);
  Find(library, "trtsim_share_memory", &simulator_.share_memory);
  Find(library, "trtsim_available", &simulator_.available);
  Find(library, "trtsim_set_yield", &simulator_.set_yield);
  const bool complete = Find(library, "trtsim_begin", &simulator_.begin) &&
                        Find(library, "trtsim_trace", &simulator_.trace) &&
                        Find(library, "trtsim_events", &simulator_.events) &&
                        Find(library, "trtsim_violations", &simulator_.violations) &&
                        Find(library, "trtsim_live", &simulator_.live) &&
                        Find(library, "trtsim_end_step", &simulator_.end_step) &&
                        Find(library, "trtsim_engines", &simulator_.engines) &&
                        Find(library, "trtsim_record_plan", &simulator_.record_plan) &&
                        Find(library, "trtsim_set_version", &simulator_.set_version);
  if (!complete) {
    *error = config_.simulator + " is not the simulator: a trtsim function is missing";
  }
  return complete;
}

}  // namespace wsb
