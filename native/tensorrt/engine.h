// ICudaEngine: a deserialized engine.

#ifndef WSB_NATIVE_TENSORRT_ENGINE_H_
#define WSB_NATIVE_TENSORRT_ENGINE_H_

#include <cstdint>
#include <utility>

#include "tensorrt/context.h"
#include "tensorrt/dims.h"
#include "tensorrt/object.h"
#include "tensorrt/slots.h"

namespace wsb {

// TensorRT's TensorIOMode.
enum class TensorIoMode : int32_t { kNone = 0, kInput = 1, kOutput = 2 };

// TensorRT's OptProfileSelector.
enum class ProfileSelector : int32_t { kMin = 0, kOpt = 1, kMax = 2 };

// Owns an engine. Each method is the TensorRT method of the same name; tensor names are
// NUL-terminated, sizes are bytes. A null engine (see operator bool) can only be destroyed.
class Engine {
 public:
  Engine() = default;
  Engine(Object object, const SlotTable* slots)
      : object_(std::move(object)), impl_(ImplementationOf(object_)), slots_(slots) {}

  explicit operator bool() const { return object_ != nullptr; }
  void Reset() { *this = Engine(); }

  // Weight streaming.
  // Above 0 only for an engine that was built for weight streaming.
  int64_t GetStreamableWeightsSize() const;
  // TensorRT's own suggestion; it looks at the memory that is free at the time of the call.
  int64_t GetWeightStreamingAutomaticBudget() const;
  // False, with nothing changed, for a budget that TensorRT refuses and while a context lives.
  bool SetWeightStreamingBudgetV2(int64_t budget) const;
  int64_t GetWeightStreamingBudgetV2() const;
  // Device memory that each context needs for activations; while weights are streamed with the
  // scratch in it.
  int64_t GetDeviceMemorySizeV2() const;
  // Device memory that each context needs on top while weights are streamed.
  int64_t GetWeightStreamingScratchMemorySize() const;

  // Tensors. Rank -1 and null are the answers to a name that the engine does not know.
  int32_t GetNbIoTensors() const;
  const char* GetIoTensorName(int32_t index) const;
  TensorIoMode GetTensorIoMode(const char* name) const;
  // TensorRT's DataType; 0 of a tensor that the engine does not have.
  int32_t GetTensorDataType(const char* name) const;
  Dims GetTensorShape(const char* name) const;
  bool IsShapeInferenceIo(const char* name) const;
  Dims GetProfileShape(const char* name, int32_t profile, ProfileSelector selector) const;
  // The input that output `name` aliases, or null for none; null for versions without.
  const char* GetAliasedInputTensor(const char* name) const;

  // A null context when TensorRT can't make one, as when the device memory does not suffice.
  Context CreateExecutionContext() const;

 private:
  Object object_;
  void* impl_ = nullptr;
  const SlotTable* slots_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_ENGINE_H_
