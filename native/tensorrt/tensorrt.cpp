#include "tensorrt/tensorrt.h"

#include "tensorrt/shared_library.h"

namespace wsb {

std::unique_ptr<const TensorRt> TensorRt::Load(const std::vector<std::string>& tensorrt_names,
                                               const std::vector<std::string>& cudart_names,
                                               LogSink log, std::string* error) {
  const SharedLibrary cudart = SharedLibrary::Open(cudart_names, error);
  if (!cudart.IsOpen()) {
    *error = "cannot load the CUDA runtime: " + *error;
    return nullptr;
  }
  const SharedLibrary nvinfer = SharedLibrary::Open(tensorrt_names, error);
  if (!nvinfer.IsOpen()) {
    *error = "cannot load TensorRT: " + *error;
    return nullptr;
  }

  std::unique_ptr<TensorRt> tensorrt(new TensorRt(log));
  if (!LoadCudaApi(cudart, &tensorrt->cuda_, error)) {
    return nullptr;
  }
  int32_t (*get_infer_lib_version)() = nullptr;
  if (!nvinfer.Find("getInferLibVersion", &get_infer_lib_version) ||
      !nvinfer.Find("createInferRuntime_INTERNAL", &tensorrt->create_infer_runtime_)) {
    *error = nvinfer.Name() + " is not TensorRT: it lacks getInferLibVersion or createInferRuntime";
    return nullptr;
  }
  tensorrt->version_ = get_infer_lib_version();
  tensorrt->slots_ = SlotsForVersion(tensorrt->version_);
  if (tensorrt->slots_ == nullptr) {
    *error = nvinfer.Name() + " is TensorRT " + std::to_string(tensorrt->version_) +
             ", whose binary interface is not known; use 10.2 to 10.16 or 11.0 to 11.4";
    return nullptr;
  }
  return tensorrt;
}

Runtime TensorRt::CreateRuntime() const {
  void* const logger = slots_->logger_log == 0 ? static_cast<void*>(&logger10_) : &logger11_;
  return Runtime(AdoptObject(create_infer_runtime_(logger, version_)), slots_);
}

}  // namespace wsb
