#include "delegate/engine/init_engine.h"

#include <executorch/runtime/platform/log.h>

#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delegate/application/carry_out_budget.h"
#include "delegate/application/device_room.h"
#include "delegate/application/fit_budget.h"
#include "delegate/application/open_loads.h"
#include "delegate/application/process_budget.h"
#include "delegate/application/report_budget.h"
#include "delegate/blob/blob.h"
#include "delegate/budget/choose_budget.h"
#include "delegate/engine/element_type.h"
#include "delegate/engine/libraries.h"
#include "delegate/engine/link_aliases.h"
#include "delegate/engine/live_engines.h"
#include "delegate/engine/match_names.h"
#include "delegate/engine/read_profiles.h"
#include "delegate/engine/releasing_engines.h"
#include "tensorrt/cuda_device_scope.h"

namespace wsb {
namespace {

using executorch::aten::ScalarType;
using executorch::runtime::ArrayRef;
using executorch::runtime::BackendInitContext;
using executorch::runtime::CompileSpec;
using executorch::runtime::Error;
using executorch::runtime::FreeableBuffer;
using executorch::runtime::MemoryAllocator;
using executorch::runtime::Result;

// Ends a handle without freeing its memory, which is the allocator's.
struct HandleDestructor {
  void operator()(EngineHandle* handle) const { handle->~EngineHandle(); }
};
using HandleOwner = std::unique_ptr<EngineHandle, HandleDestructor>;

Error PrepareDevice(EngineHandle& handle, CudaDeviceScope& scope) {
  const CudaApi& cuda = handle.tensorrt.cuda();
  if (const CudaError error = scope.Set(handle.device); error != kCudaSuccess) {
    ET_LOG(Error, "cudaSetDevice(%d) failed: %s", handle.device, cuda.Describe(error));
    return Error::InvalidProgram;
  }
  if (const CudaError error = handle.done.Create(); error != kCudaSuccess) {
    ET_LOG(Error, "cudaEventCreateWithFlags failed: %s", cuda.Describe(error));
    return Error::InvalidProgram;
  }
  int is_integrated = 0;
  if (const CudaError error =
          cuda.DeviceGetAttribute(&is_integrated, kCudaDeviceAttributeIntegrated, handle.device);
      error != kCudaSuccess) {
    // Treated as a device with memory of its own, which is slower where it is wrong, but right.
    ET_LOG(Info, "cudaDeviceGetAttribute failed: %s", cuda.Describe(error));
    cuda.ClearError();
    is_integrated = 0;
  }
  handle.has_unified_memory = is_integrated != 0;
  return Error::Ok;
}

// Asks the engines before this one for device memory when they have some. `bytes` gives how much
// has to be free.
template <typename Bytes>
Error MakeRoom(const DeviceRoom& room, Bytes bytes) {
  if (room.CanMake() && !room.Make(bytes())) {
    ET_LOG(Error,
           "an engine that released device memory for another no longer has a context");
    return Error::InvalidProgram;
  }
  return Error::Ok;
}

Error Deserialize(EngineHandle& handle, const DeviceRoom& room, const Blob& blob) {
  handle.runtime = handle.tensorrt.CreateRuntime();
  if (!handle.runtime) {
    ET_LOG(Error, "TensorRT made no runtime: see its messages");
    return Error::InvalidProgram;
  }
  // TensorRT needs some device memory for that, too.
  ET_CHECK_OK_OR_RETURN_ERROR(MakeRoom(room, [] { return kContextMargin; }));
  handle.engine = handle.runtime.DeserializeCudaEngine(blob.engine, blob.engine_size);
  if (!handle.engine) {
    ET_LOG(Error, "TensorRT refused the engine (%zu bytes): see its messages", blob.engine_size);
    return Error::InvalidProgram;
  }
  return Error::Ok;
}

std::optional<ScalarType> TypeOf(const Engine& engine, const std::string& name) {
  return ScalarTypeOf(engine.GetTensorDataType(name.c_str()));
}

Error Bind(EngineHandle& handle, BindingNames names) {
  if (names.inputs.empty() && names.outputs.empty() && !InferBindingNames(handle.engine, &names)) {
    ET_LOG(Error, "the order of inputs and outputs can't be read from the names of the tensors");
    return Error::InvalidProgram;
  }
  const CudaApi& cuda = handle.tensorrt.cuda();
  handle.inputs.reserve(names.inputs.size());
  for (std::string& name : names.inputs) {
    InputBinding& input = handle.inputs.emplace_back(std::move(name), cuda);
    input.type = TypeOf(handle.engine, input.name);
  }
  handle.outputs.reserve(names.outputs.size());
  for (std::string& name : names.outputs) {
    OutputBinding& output = handle.outputs.emplace_back(std::move(name), cuda);
    output.type = TypeOf(handle.engine, output.name);
  }
  return Error::Ok;
}

// What the context of `engine` takes of the device, with the margin.
uint64_t BytesOfContext(const Engine& engine) {
  const int64_t streamable = engine.GetStreamableWeightsSize();
  const int64_t budget = streamable > 0 ? engine.GetWeightStreamingBudgetV2() : streamable;
  const int64_t activations = engine.GetDeviceMemorySizeV2();
  return budget < streamable ? StreamedContextBytes(budget, activations)
                             // All weights are in device memory already.
                             : ResidentContextBytes(0, activations);
}

Error CreateContext(EngineHandle& handle, const DeviceRoom& room) {
  ET_CHECK_OK_OR_RETURN_ERROR(MakeRoom(room, [&] { return BytesOfContext(handle.engine); }));
  handle.context = handle.engine.CreateExecutionContext();
  while (!handle.context && LowerBudget(handle.engine, &handle.fitting)) {
    ReportLowered(handle.fitting);
    handle.context = handle.engine.CreateExecutionContext();
  }
  if (!handle.context && room.CanMake()) {
    ET_CHECK_OK_OR_RETURN_ERROR(MakeRoom(room, [] { return kAllThereIs; }));
    handle.context = handle.engine.CreateExecutionContext();
  }
  if (handle.context) {
    return Error::Ok;
  }
  // Most often it is the memory: TensorRT takes that of streamed weights only now.
  if (const std::optional<uint64_t> free = room.Free()) {
    ET_LOG(Error, "TensorRT made no execution context: %" PRIu64 " bytes of device memory are free",
           *free);
  } else {
    ET_LOG(Error, "TensorRT made no execution context: see its messages");
  }
  return Error::InvalidProgram;
}

// Bytes up to where the plan has its header: what is read of a delegate in any case.
size_t HeadOf(const Blob& blob, const FreeableBuffer& processed) {
  constexpr size_t kPlanHead = 4096;
  const auto* const start = static_cast<const uint8_t*>(processed.data());
  return static_cast<size_t>(blob.engine - start) + std::min(blob.engine_size, kPlanHead);
}

// Everything that needs the device, each step building on those before it.
Error Build(EngineHandle& handle, CudaDeviceScope& scope, FreeableBuffer* processed, Blob& blob,
            BackendInitContext& context, ArrayRef<CompileSpec> specs) {
  ET_CHECK_OK_OR_RETURN_ERROR(PrepareDevice(handle, scope));
  const DeviceRoom room{handle.tensorrt.cuda(), handle.load, handle.device,
                        handle.has_unified_memory};
  ET_CHECK_OK_OR_RETURN_ERROR(Deserialize(handle, room, blob));
  // TensorRT has what it needs of the blob: the memory can be that of the weights which it keeps on
  // the host from here on.
  processed->Free();
  // Before there is a context: TensorRT changes no budget while one is alive (WSB-APPLY-11).
  ET_CHECK_OK_OR_RETURN_ERROR(
      CarryOutBudget(context.runtime_specs(), specs, handle.engine, room, &handle.fitting));
  ET_CHECK_OK_OR_RETURN_ERROR(Bind(handle, std::move(blob.metadata.bindings)));
  ET_CHECK_OK_OR_RETURN_ERROR(CreateContext(handle, room));
  ET_CHECK_OK_OR_RETURN_ERROR(MatchNames(handle));
  ET_CHECK_OK_OR_RETURN_ERROR(LinkAliases(blob.metadata.aliases, handle));
  return ReadProfiles(handle);
}

}  // namespace

Result<EngineHandle*> InitEngine(BackendInitContext& context, FreeableBuffer* processed,
                                 ArrayRef<CompileSpec> specs) {
  if (processed == nullptr || processed->data() == nullptr) {
    ET_LOG(Error, "the delegate has no data");
    return Error::InvalidArgument;
  }
  Blob blob;
  if (const BlobFault fault = DecodeBlob(processed->data(), processed->size(), &blob);
      fault != BlobFault::kNone) {
    ET_LOG(Error, "the engine blob is damaged: %s", Describe(fault));
    return Error::InvalidProgram;
  }
  MemoryAllocator* const allocator = context.get_runtime_allocator();
  if (allocator == nullptr) {
    ET_LOG(Error, "there is no runtime allocator for the engine's handle");
    return Error::InvalidState;
  }
  void* const memory = allocator->allocateInstance<EngineHandle>();
  if (memory == nullptr) {
    ET_LOG(Error, "the runtime allocator has no %zu bytes for the engine's handle",
           sizeof(EngineHandle));
    return Error::MemoryAllocationFailed;
  }
  const TensorRt* const tensorrt = LoadedTensorRt();
  if (tensorrt == nullptr) {
    return Error::InvalidProgram;
  }

  // Declared before the owner: a failed handle is torn down before the device is restored.
  CudaDeviceScope scope(tensorrt->cuda());
  const LoadKey load = EnterLoad({allocator, context.get_method_name()}, memory,
                                 MarkDelegate(*processed, HeadOf(blob, *processed), specs));
  const uint64_t budget_before = BudgetOfProcess().number;
  HandleOwner handle(new (memory) EngineHandle(*tensorrt, blob.metadata.device_id, load));
  ET_CHECK_OK_OR_RETURN_ERROR(Build(*handle, scope, processed, blob, context, specs));
  ET_CHECK_OK_OR_RETURN_ERROR(JoinLiveEngines(*handle, budget_before, [&] {
    return ChooseBudget(context.runtime_specs(), {}).IsExplicit();
  }));
  if (handle->fitting.step != FittingStep::kNone) {
    JoinReleasingEngines(*handle);
  }
  return handle.release();
}

}  // namespace wsb
