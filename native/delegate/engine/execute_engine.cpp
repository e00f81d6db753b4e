#include "delegate/engine/execute_engine.h"

#include <executorch/runtime/platform/log.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "delegate/application/open_loads.h"
#include "delegate/engine/tensor_shape.h"
#include "tensorrt/cuda_device_scope.h"

namespace wsb {
namespace {

using executorch::aten::Tensor;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::Span;

// One execution of an engine, on the default stream of the calling thread.
class Execution {
 public:
  Execution(EngineHandle& handle, Span<EValue*> args)
      : handle_(handle), cuda_(handle.tensorrt.cuda()), args_(args) {}

  // One that failed leaves nothing on the stream that reads or writes the caller's memory.
  ~Execution() { handle_.Drain(); }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  Error Run();

 private:
  // A copy that is made when the engine is done.
  struct Copy {
    void* to;
    const void* from;
    size_t size;
    CudaMemcpyKind kind;
  };

  // The tensor among the arguments; null when it is none.
  const Tensor* TensorAt(size_t index) const;
  bool IsOnDevice(const Tensor& tensor) const;
  Error Enqueue(const Copy& copy);

  Error BindInput(InputBinding& input, const Tensor& tensor);
  Error BindOutput(OutputBinding& output, const Tensor& tensor);
  void* AddressOf(OutputBinding& output, const Tensor& tensor);
  Error Bind(const std::string& name, void* address) const;
  Error Finish();

  EngineHandle& handle_;
  const CudaApi& cuda_;
  const Span<EValue*> args_;
  const CudaStream stream_ = kCudaStreamPerThread;
  std::vector<void*> input_addresses_;
  std::vector<Copy> copies_out_;
};

const Tensor* Execution::TensorAt(size_t index) const {
  const EValue* const value = args_[index];
  if (value == nullptr || !value->isTensor()) {
    ET_LOG(Error, "argument %zu of the delegate is not a tensor", index);
    return nullptr;
  }
  return &value->toTensor();
}

bool Execution::IsOnDevice(const Tensor& tensor) const {
  if (handle_.has_unified_memory) {
    return true;
  }
  CudaPointerAttributes attributes{};
  if (cuda_.PointerGetAttributes(&attributes, tensor.const_data_ptr()) != kCudaSuccess) {
    cuda_.ClearError();  // memory that CUDA knows nothing of, to an older CUDA
    return false;
  }
  return attributes.type == CudaMemoryType::kDevice || attributes.type == CudaMemoryType::kManaged;
}

Error Execution::Enqueue(const Copy& copy) {
  handle_.in_flight = true;
  const CudaError error = cuda_.MemcpyAsync(copy.to, copy.from, copy.size, copy.kind, stream_);
  if (error != kCudaSuccess) {
    ET_LOG(Error, "cudaMemcpyAsync of %zu bytes failed: %s", copy.size, cuda_.Describe(error));
    return Error::InvalidProgram;
  }
  return Error::Ok;
}

Error Execution::Bind(const std::string& name, void* address) const {
  if (!handle_.context.SetTensorAddress(name.c_str(), address)) {
    ET_LOG(Error, "TensorRT refused the address of '%s'", name.c_str());
    return Error::InvalidState;
  }
  return Error::Ok;
}

Error Execution::BindInput(InputBinding& input, const Tensor& tensor) {
  const std::optional<Dims> shape = ShapeOf(tensor);
  if (!shape.has_value() || !IsBetween(*shape, input.min, input.max)) {
    ET_LOG(Error, "the shape of input '%s' is outside the engine's profile", input.name.c_str());
    return Error::InvalidArgument;
  }
  if (!handle_.context.SetInputShape(input.name.c_str(), *shape)) {
    ET_LOG(Error, "TensorRT refused the shape of input '%s'", input.name.c_str());
    return Error::InvalidState;
  }

  const size_t size = tensor.nbytes();
  const bool on_device = size > 0 && IsOnDevice(tensor);
  if (input.is_aliased && !on_device) {
    // What the engine writes over the staging memory would be lost at the next execution.
    ET_LOG(Error, "input '%s' is written by an output, so it has to be in device memory",
           input.name.c_str());
    return Error::InvalidArgument;
  }
  void* const address = on_device ? tensor.mutable_data_ptr() : input.staging.Reserve(size);
  if (address == nullptr) {
    ET_LOG(Error, "no device memory for input '%s' (%zu bytes)", input.name.c_str(), size);
    return Error::MemoryAllocationFailed;
  }
  if (!on_device && size > 0) {
    ET_CHECK_OK_OR_RETURN_ERROR(
        Enqueue({address, tensor.const_data_ptr(), size, CudaMemcpyKind::kHostToDevice}));
  }
  input_addresses_.push_back(address);
  return Bind(input.name, address);
}

// Where the engine writes `output`; a copy from there is noted. Null without memory.
void* Execution::AddressOf(OutputBinding& output, const Tensor& tensor) {
  const size_t size = tensor.nbytes();
  const bool on_device = size > 0 && IsOnDevice(tensor);
  if (!output.aliased_input.has_value() && on_device) {
    return tensor.mutable_data_ptr();
  }
  void* const address = output.aliased_input.has_value() ? input_addresses_[*output.aliased_input]
                                                         : output.staging.Reserve(size);
  if (address != nullptr && size > 0 && tensor.const_data_ptr() != address) {
    copies_out_.push_back(
        {tensor.mutable_data_ptr(), address, size,
         on_device ? CudaMemcpyKind::kDeviceToDevice : CudaMemcpyKind::kDeviceToHost});
  }
  return address;
}

Error Execution::BindOutput(OutputBinding& output, const Tensor& tensor) {
  const Dims shape = handle_.context.GetTensorShape(output.name.c_str());
  if (const Error error = TakeShape(tensor, shape); error != Error::Ok) {
    ET_LOG(Error, "output '%s' can't take the shape that TensorRT gives it", output.name.c_str());
    return error;
  }
  void* const address = AddressOf(output, tensor);
  if (address == nullptr) {
    ET_LOG(Error, "no device memory for output '%s' (%zu bytes)", output.name.c_str(),
           tensor.nbytes());
    return Error::MemoryAllocationFailed;
  }
  return Bind(output.name, address);
}

// Waits for the copies too, so that results are there when the caller gets control back.
Error Execution::Finish() {
  CudaError error = handle_.done.Record(stream_);
  if (error == kCudaSuccess) {
    error = handle_.done.Synchronize();
  }
  if (error != kCudaSuccess) {
    ET_LOG(Error, "the engine did not finish: %s", cuda_.Describe(error));
    return Error::InvalidProgram;
  }
  handle_.in_flight = false;
  return Error::Ok;
}

Error Execution::Run() {
  size_t index = 0;
  for (InputBinding& input : handle_.inputs) {
    const Tensor* const tensor = TensorAt(index++);
    if (tensor == nullptr) {
      return Error::InvalidArgument;
    }
    ET_CHECK_OK_OR_RETURN_ERROR(BindInput(input, *tensor));
  }
  if (handle_.context.InferShapes() != 0) {
    ET_LOG(Error, "TensorRT can't compute the shapes of the outputs");
    return Error::InvalidState;
  }
  for (OutputBinding& output : handle_.outputs) {
    const Tensor* const tensor = TensorAt(index++);
    if (tensor == nullptr) {
      return Error::InvalidArgument;
    }
    ET_CHECK_OK_OR_RETURN_ERROR(BindOutput(output, *tensor));
  }
  handle_.in_flight = true;
  if (!handle_.context.EnqueueV3(stream_)) {
    ET_LOG(Error, "TensorRT did not run the engine: see its messages");
    return Error::InvalidState;
  }
  for (const Copy& copy : copies_out_) {
    ET_CHECK_OK_OR_RETURN_ERROR(Enqueue(copy));
  }
  return Finish();
}

// Whether an argument has the elements of its tensor in the engine, whose size TensorRT goes by.
// One that is no tensor is none of this.
template <typename Binding>
bool HasType(const EValue* value, const Binding& binding) {
  if (value == nullptr || !value->isTensor() ||
      binding.type == value->toTensor().scalar_type()) {
    return true;
  }
  ET_LOG(Error, "'%s' has elements of another type in the engine than the argument",
         binding.name.c_str());
  return false;
}

// Before anything is bound or copied: as many arguments as tensors (WSB-LIFE-15), of the types that
// the engine has (WSB-LIFE-16).
Error JudgeArguments(const EngineHandle& handle, Span<EValue*> args) {
  const size_t needed = handle.inputs.size() + handle.outputs.size();
  if (args.size() != needed) {
    ET_LOG(Error, "the engine needs %zu arguments, not %zu", needed, args.size());
    return Error::InvalidArgument;
  }
  size_t index = 0;
  bool fit = true;
  for (const InputBinding& input : handle.inputs) {
    fit = HasType(args[index++], input) && fit;
  }
  for (const OutputBinding& output : handle.outputs) {
    fit = HasType(args[index++], output) && fit;
  }
  return fit ? Error::Ok : Error::InvalidArgument;
}

}  // namespace

Error ExecuteEngine(EngineHandle& handle, Span<EValue*> args) {
  ET_CHECK_OK_OR_RETURN_ERROR(JudgeArguments(handle, args));
  const CudaApi& cuda = handle.tensorrt.cuda();
  CudaDeviceScope scope(cuda);
  CudaError error = scope.entry_error();
  if (error == kCudaSuccess) {
    error = scope.SetIfOther(handle.device);
  }
  if (error != kCudaSuccess) {
    ET_LOG(Error, "CUDA device %d can't be used: %s", handle.device, cuda.Describe(error));
    return Error::InvalidProgram;
  }
  const std::lock_guard<std::mutex> lock(handle.mutex);
  if (!handle.executed) {
    // ExecuTorch executes nothing before all delegates of a method are initialised.
    handle.executed = true;
    CloseLoad(handle.load);
  }
  if (!handle.context) {
    // WSB-SET-15
    ET_LOG(Error, "the engine lost its execution context when its budget was changed");
    return Error::InvalidState;
  }
  return Execution(handle, args).Run();
}

}  // namespace wsb
