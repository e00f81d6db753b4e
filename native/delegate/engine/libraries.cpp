#include "delegate/engine/libraries.h"

#include <executorch/runtime/platform/log.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "delegate/export.h"
#include "delegate/never_destroyed.h"
#include "delegate/observer.h"

namespace wsb {
namespace {

void LogMessage(LogSeverity severity, const char* message) noexcept {
  switch (severity) {
    case LogSeverity::kInternalError:
    case LogSeverity::kError:
      ET_LOG(Error, "TensorRT: %s", message);
      break;
    case LogSeverity::kWarning:
      ET_LOG(Info, "TensorRT warning: %s", message);
      break;
    case LogSeverity::kInfo:
    case LogSeverity::kVerbose:
      ET_LOG(Debug, "TensorRT: %s", message);
      break;
  }
}

// Where to look for a library: as configured, else in the environment, else the sonames.
std::vector<std::string> NamesOf(const std::string& configured, const char* variable,
                                 std::vector<std::string> sonames) {
  if (!configured.empty()) {
    return {configured};
  }
  const char* const from_environment = std::getenv(variable);
  if (from_environment != nullptr && from_environment[0] != '\0') {
    return {from_environment};
  }
  return sonames;
}

// The one piece of state that the delegate has beside its handles.
struct Libraries {
  std::mutex mutex;
  // Written once, under the mutex; never freed: TensorRT's objects may live as long as the process.
  std::atomic<const TensorRt*> tensorrt{nullptr};
  // A load that failed is not tried again, so that each load of a program after it fails fast.
  bool failed = false;
  std::string configured_tensorrt;
  std::string configured_cudart;
};

Libraries& State() noexcept {
  static NeverDestroyed<Libraries> libraries;
  return libraries.get();
}

// Under the mutex.
void Load(Libraries& libraries) {
  std::string error;
  std::unique_ptr<const TensorRt> tensorrt =
      TensorRt::Load(NamesOf(libraries.configured_tensorrt, "WSB_TENSORRT_LIBRARY",
                             {"libnvinfer.so.11", "libnvinfer.so.10"}),
                     NamesOf(libraries.configured_cudart, "WSB_CUDART_LIBRARY",
                             {"libcudart.so.13", "libcudart.so.12"}),
                     &LogMessage, &error);
  if (tensorrt == nullptr) {
    libraries.failed = true;
    ET_LOG(Error,
           "TensorRTBackend is not available: %s. Name the files of TensorRT and of the CUDA "
           "runtime in WSB_TENSORRT_LIBRARY and WSB_CUDART_LIBRARY, or put their folders on "
           "LD_LIBRARY_PATH",
           error.c_str());
    return;
  }
  const int32_t version = tensorrt->version();
  ET_LOG(Info, "TensorRT %d.%d.%d loaded", version / 10000, version / 100 % 100, version % 100);
  libraries.tensorrt.store(tensorrt.release(), std::memory_order_release);
}

}  // namespace

const TensorRt* LoadedTensorRt() noexcept {
  try {
    Libraries& libraries = State();
    if (const TensorRt* loaded = libraries.tensorrt.load(std::memory_order_acquire)) {
      return loaded;
    }
    const std::lock_guard<std::mutex> lock(libraries.mutex);
    if (libraries.tensorrt.load(std::memory_order_relaxed) == nullptr && !libraries.failed) {
      Load(libraries);
    }
    return libraries.tensorrt.load(std::memory_order_relaxed);
  } catch (const std::exception& error) {
    ET_LOG(Error, "TensorRTBackend is not available: %s", error.what());
    return nullptr;
  }
}

}  // namespace wsb

WSB_EXPORT int wsb_delegate_configure(const char* tensorrt_library, const char* cudart_library) {
  try {
    wsb::Libraries& libraries = wsb::State();
    const std::lock_guard<std::mutex> lock(libraries.mutex);
    if (libraries.tensorrt.load(std::memory_order_relaxed) != nullptr) {
      return -1;
    }
    libraries.configured_tensorrt = tensorrt_library == nullptr ? "" : tensorrt_library;
    libraries.configured_cudart = cudart_library == nullptr ? "" : cudart_library;
    libraries.failed = false;
    return 0;
  } catch (const std::exception&) {
    return -1;
  }
}
