#include "engine-builder/building_library.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "common/version_text.h"
#include "tensorrt/object.h"
#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

}  // namespace

void PutFirstOnLibraryPath(const std::string& folder, char** words) {
  const std::unique_ptr<char, Free> absolute(realpath(folder.c_str(), nullptr));
  if (absolute == nullptr) {
    return;
  }
  const std::string first = absolute.get();
  const char* const set = std::getenv("LD_LIBRARY_PATH");
  const std::string before = set == nullptr ? "" : set;
  if (before.substr(0, before.find(':')) == first) {
    return;
  }
  const std::string after = before.empty() ? first : first + ":" + before;
  if (setenv("LD_LIBRARY_PATH", after.c_str(), 1) == 0) {
    execv("/proc/self/exe", words);
  }
}

std::unique_ptr<BuildingLibrary> BuildingLibrary::Load(const std::string& folder, LogSink log,
                                                       std::string* error) {
  const SharedLibrary nvinfer = SharedLibrary::Open(
      {folder + "/libnvinfer.so.10", folder + "/libnvinfer.so.11", folder + "/libnvinfer.so"},
      error);
  if (!nvinfer.IsOpen()) {
    *error = "cannot load TensorRT from " + folder + ": " + *error;
    return nullptr;
  }
  std::unique_ptr<BuildingLibrary> library(new BuildingLibrary(log));
  int32_t (*get_infer_lib_version)() = nullptr;
  if (!nvinfer.Find("getInferLibVersion", &get_infer_lib_version) ||
      !nvinfer.Find("createInferRuntime_INTERNAL", &library->create_infer_runtime_)) {
    *error = nvinfer.Name() + " is not TensorRT: it lacks getInferLibVersion or createInferRuntime";
    return nullptr;
  }
  library->version_ = get_infer_lib_version();
  if (!nvinfer.Find("createInferBuilder_INTERNAL", &library->create_infer_builder_)) {
    *error =
        nvinfer.Name() + " runs engines but can't build them; name the folder of a full TensorRT";
    return nullptr;
  }
  library->slots_ = SlotsForVersion(library->version_);
  library->builder_slots_ = BuilderSlotsForVersion(library->version_);
  if (library->slots_ == nullptr || library->builder_slots_ == nullptr) {
    *error =
        nvinfer.Name() + " is TensorRT " + VersionText(library->version_) +
        ", whose binary interface is not known; build with 10.2 to 10.9, 10.15, 10.16, 11.0 or "
        "11.1";
    return nullptr;
  }
  return library;
}

Builder BuildingLibrary::CreateBuilder() {
  return Builder(AdoptObject(create_infer_builder_(LoggerAddress(), version_)), builder_slots_);
}

Runtime BuildingLibrary::CreateRuntime() {
  return Runtime(AdoptObject(create_infer_runtime_(LoggerAddress(), version_)), slots_);
}

void* BuildingLibrary::LoggerAddress() {
  return slots_->logger_log == 0 ? static_cast<void*>(&logger10_) : &logger11_;
}

}  // namespace wsb
