// A TensorRT whose process dies: what the simulated one answers, but no runtime for a process that
// is told to play damaged plans.

#include <dlfcn.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

template <typename Function>
Function* Forwarded(const char* symbol) {
  void* const library = dlopen(SIMULATED_NVINFER, RTLD_NOW | RTLD_LOCAL);
  void* const address = library == nullptr ? nullptr : dlsym(library, symbol);
  return reinterpret_cast<Function*>(address);
}

}  // namespace

extern "C" {

int32_t getInferLibVersion() { return Forwarded<int32_t()>("getInferLibVersion")(); }

void* createInferRuntime_INTERNAL(void* logger, int32_t version) {
  std::ifstream stream("/proc/self/cmdline");
  const std::string words(std::istreambuf_iterator<char>(stream), {});
  if (words.find("damaged empty") != std::string::npos) {
    std::abort();
  }
  return Forwarded<void*(void*, int32_t)>("createInferRuntime_INTERNAL")(logger, version);
}

}  // extern "C"
