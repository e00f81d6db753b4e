#include "engine-builder/building_library.h"

#include "tensorrt/object.h"
#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

std::string Dotted(int32_t version) {
  return std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
         std::to_string(version % 100);
}

}  // namespace

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
        nvinfer.Name() + " is TensorRT " + Dotted(library->version_) +
        ", whose binary interface is not known; build with 10.2 to 10.9, 10.15, 10.16, 11.0 or "
        "11.1";
    return nullptr;
  }
  return library;
}

std::string BuildingLibrary::VersionText() const { return Dotted(version_); }

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
