#include "interposer/interposed_libraries.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

bool OpenNamed(const char* variable, SharedLibrary* library, std::string* error) {
  const char* const path = std::getenv(variable);
  if (path == nullptr || path[0] == '\0') {
    *error = std::string(variable) + " names no library";
    return false;
  }
  *library = SharedLibrary::Open({path}, error);
  return library->IsOpen();
}

bool Load(InterposedLibraries* interposed, std::string* error) {
  SharedLibrary nvinfer;
  SharedLibrary cudart;
  if (!OpenNamed("WSB_INTERPOSED_CUDART", &cudart, error) ||
      !OpenNamed("WSB_INTERPOSED_TENSORRT", &nvinfer, error) ||
      !LoadCudaApi(cudart, &interposed->cuda, error)) {
    return false;
  }
  if (!nvinfer.Find("getInferLibVersion", &interposed->get_infer_lib_version) ||
      !nvinfer.Find("createInferRuntime_INTERNAL", &interposed->create_infer_runtime)) {
    *error = nvinfer.Name() + " is not TensorRT: it lacks getInferLibVersion or createInferRuntime";
    return false;
  }
  cudart.Find("cudaMemcpy", &interposed->copy);
  nvinfer.Find("trtsim_begin", &interposed->begin_simulation);
  nvinfer.Find("trtsim_record_plan", &interposed->record_plan);
  nvinfer.Find("trtsim_set_version", &interposed->set_version);
  return true;
}

const InterposedLibraries* LoadOnce() {
  // Never freed: objects of the libraries may be used while the process ends.
  auto* const interposed = new InterposedLibraries{};
  std::string error;
  if (Load(interposed, &error)) {
    return interposed;
  }
  std::fprintf(stderr, "the interposer cannot load its libraries: %s\n", error.c_str());
  delete interposed;
  return nullptr;
}

}  // namespace

const InterposedLibraries* Interposed() {
  static const InterposedLibraries* const interposed = LoadOnce();
  return interposed;
}

}  // namespace wsb
