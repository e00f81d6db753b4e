#include "tap/tapped_libraries.h"

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

bool Load(TappedLibraries* tapped, std::string* error) {
  SharedLibrary nvinfer;
  SharedLibrary cudart;
  if (!OpenNamed("WSB_TAPPED_CUDART", &cudart, error) ||
      !OpenNamed("WSB_TAPPED_TENSORRT", &nvinfer, error) ||
      !LoadCudaApi(cudart, &tapped->cuda, error)) {
    return false;
  }
  if (!nvinfer.Find("getInferLibVersion", &tapped->get_infer_lib_version) ||
      !nvinfer.Find("createInferRuntime_INTERNAL", &tapped->create_infer_runtime)) {
    *error = nvinfer.Name() + " is no TensorRT: it lacks getInferLibVersion or createInferRuntime";
    return false;
  }
  nvinfer.Find("trtsim_begin", &tapped->begin_simulation);
  nvinfer.Find("trtsim_record_plan", &tapped->record_plan);
  nvinfer.Find("trtsim_set_version", &tapped->set_version);
  return true;
}

const TappedLibraries* LoadOnce() {
  // Never freed: objects of the libraries may be used while the process ends.
  auto* const tapped = new TappedLibraries{};
  std::string error;
  if (Load(tapped, &error)) {
    return tapped;
  }
  std::fprintf(stderr, "the tap cannot load its libraries: %s\n", error.c_str());
  delete tapped;
  return nullptr;
}

}  // namespace

const TappedLibraries* Tapped() {
  static const TappedLibraries* const tapped = LoadOnce();
  return tapped;
}

}  // namespace wsb
