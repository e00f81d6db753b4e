// IExecutionContext of the simulated TensorRT.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_CONTEXT_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_CONTEXT_H_

#include <cstdint>

#include "simulator/core/object.h"
#include "tensorrt/dims.h"

namespace wsb {

// Lays out a context that took `memory` bytes of the device.
void IntroduceContext(ContextObject* context, EngineObject* engine, uint64_t memory);

// The public destructor.
void DestroyContext(SimObject* object);

// VExecutionContext: each is the TensorRT method of the same name. On a context that was destroyed,
// or whose engine was, they give false, a negative number or no shape.

// True for a shape that the input can have.
bool SetInputShape(VObject* v, const char* name, const Dims* shape);
// A dynamic extent of an output is that of the first input which is dynamic in the same place.
Dims GetContextTensorShape(VObject* v, const char* name);
bool SetTensorAddress(VObject* v, const char* name, void* address);
// The number of inputs whose shape is not set.
int32_t InferShapes(VObject* v, int32_t max_names, const char** names);
// Computes nothing: outputs keep what they hold.
bool EnqueueV3(VObject* v, void* stream);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_CONTEXT_H_
