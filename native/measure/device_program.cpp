#include "measure/device_program.h"

#include <executorch/runtime/backend/backend_options_map.h>
#include <executorch/runtime/backend/options.h>
#include <executorch/runtime/executor/method_meta.h>

#include <utility>

#include "common/zeroed_tensors.h"

namespace wsb {
namespace {

using executorch::extension::BufferDataLoader;
using executorch::extension::make_tensor_ptr;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Method;
using executorch::runtime::MethodMeta;
using executorch::runtime::Program;
using executorch::runtime::Result;
using executorch::runtime::TensorInfo;

constexpr const char* kMethod = "forward";
constexpr const char* kBackend = "TensorRTBackend";
constexpr char kBudgetKey[] = "weight_streaming_budget";

}  // namespace

std::unique_ptr<DeviceProgram> DeviceProgram::Open(const std::string& file, const CudaApi& cuda,
                                                   std::string* error) {
  std::unique_ptr<DeviceProgram> opened(new DeviceProgram(cuda));
  if (!opened->file_.Read(file, error)) {
    return nullptr;
  }
  opened->loader_ = std::make_unique<BufferDataLoader>(opened->file_.data(), opened->file_.size());
  Result<Program> program = Program::load(opened->loader_.get());
  if (!program.ok()) {
    *error = file + " is not a program that ExecuTorch loads: error " +
             std::to_string(static_cast<uint32_t>(program.error()));
    return nullptr;
  }
  opened->program_.emplace(std::move(*program));
  const Result<MethodMeta> meta = opened->program_->method_meta(kMethod);
  if (!meta.ok() || opened->TakeTensors(*meta) != Error::Ok ||
      opened->memory_.Prepare(*meta) != Error::Ok) {
    *error = file + " has no method forward whose tensors the device has memory for";
    return nullptr;
  }
  return opened;
}

Error DeviceProgram::TakeTensors(const MethodMeta& meta) {
  for (size_t n = 0; n < meta.num_inputs(); ++n) {
    const Result<TensorInfo> info = meta.input_tensor_meta(n);
    if (!info.ok() ||
        ReserveZeros(cuda_, info->nbytes(), &input_memory_.emplace_back(cuda_)) == nullptr) {
      return Error::MemoryAllocationFailed;
    }
    inputs_.push_back(make_tensor_ptr(
        {info->sizes().begin(), info->sizes().end()}, input_memory_.back().Reserve(info->nbytes()),
        {info->dim_order().begin(), info->dim_order().end()}, {}, info->scalar_type()));
  }
  for (size_t n = 0; n < meta.num_outputs(); ++n) {
    const Result<TensorInfo> info = meta.output_tensor_meta(n);
    if (!info.ok() ||
        ReserveZeros(cuda_, info->nbytes(), &output_memory_.emplace_back(cuda_)) == nullptr) {
      return Error::MemoryAllocationFailed;
    }
    output_sizes_.push_back(info->nbytes());
  }
  return Error::Ok;
}

Error DeviceProgram::Load(const char* budget) {
  BackendOptions<1> options;
  LoadBackendOptionsMap map;
  if (budget != nullptr) {
    ET_CHECK_OK_OR_RETURN_ERROR(options.set_option(kBudgetKey, budget));
    ET_CHECK_OK_OR_RETURN_ERROR(map.set_options(kBackend, options.view()));
  }
  const Result<MethodMeta> meta = program_->method_meta(kMethod);
  ET_CHECK_OK_OR_RETURN_ERROR(memory_.Prepare(*meta));
  Result<Method> method = program_->load_method(kMethod, memory_.manager(),
                                                /*event_tracer=*/nullptr,
                                                /*named_data_map=*/nullptr, &map);
  if (!method.ok()) {
    return method.error();
  }
  method_.emplace(std::move(*method));
  const Error bound = BindTensors();
  if (bound != Error::Ok) {
    Unload();
  }
  return bound;
}

Error DeviceProgram::BindTensors() {
  for (size_t n = 0; n < inputs_.size(); ++n) {
    ET_CHECK_OK_OR_RETURN_ERROR(method_->set_input(EValue(*inputs_[n]), n));
  }
  for (size_t n = 0; n < output_sizes_.size(); ++n) {
    ET_CHECK_OK_OR_RETURN_ERROR(method_->set_output_data_ptr(
        output_memory_[n].Reserve(output_sizes_[n]), output_sizes_[n], n));
  }
  return Error::Ok;
}

}  // namespace wsb
