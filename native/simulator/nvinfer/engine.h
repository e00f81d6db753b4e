// ICudaEngine of the simulated TensorRT.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_ENGINE_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_ENGINE_H_

#include <cstdint>

#include "simulator/core/object.h"
#include "tensorrt/dims.h"

namespace wsb {

// Lays out an engine whose plan was loaded. `number` is that of the attempt to deserialize it.
void IntroduceEngine(EngineObject* engine, RuntimeObject* runtime, int number);

// The public destructor.
void DestroyEngine(SimObject* object);

// VCudaEngine: each is the TensorRT method of the same name, with its types as they are passed
// (enumerations as int32_t). On an engine that was destroyed they give false, 0, null or no shape.
void* CreateExecutionContext(VObject* v, int32_t strategy);
Dims GetEngineTensorShape(VObject* v, const char* name);
int32_t GetTensorDataType(VObject* v, const char* name);
bool IsShapeInferenceIo(VObject* v, const char* name);
int32_t GetTensorIoMode(VObject* v, const char* name);
Dims GetProfileShape(VObject* v, const char* name, int32_t profile, int32_t selector);
int32_t GetNbIoTensors(VObject* v);
const char* GetIoTensorName(VObject* v, int32_t index);
const char* GetAliasedInputTensor(VObject* v, const char* name);
int64_t GetStreamableWeightsSize(VObject* v);
bool SetWeightStreamingBudgetV2(VObject* v, int64_t budget);
int64_t GetWeightStreamingBudgetV2(VObject* v);
int64_t GetWeightStreamingAutomaticBudget(VObject* v);
int64_t GetWeightStreamingScratchMemorySize(VObject* v);
int64_t GetDeviceMemorySizeV2(VObject* v);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_ENGINE_H_
