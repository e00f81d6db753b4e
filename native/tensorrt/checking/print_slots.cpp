// Prints the slots that slots.cpp and ../engine-builder/builder_slots.cpp hold for one version of
// TensorRT, as a compiler reads them from NVIDIA's public headers. Built by hand, since those
// headers are no part of this project: ../README.md says how.

#include <NvInfer.h>

#include <cstdio>
#include <cstring>
#include <type_traits>

namespace api = nvinfer1::apiv;

namespace {

// In the Itanium C++ ABI a pointer to a virtual member function holds 1 + 8 * slot.
template <typename Method>
void Print(const char* name, Method method) {
  static_assert(std::is_member_function_pointer<Method>::value, "a method");
  long first_word = 0;
  std::memcpy(&first_word, &method, sizeof(first_word));
  std::printf("%s=%ld ", name, (first_word - 1) / 8);
}

// Not every version has the method.
template <typename Engine>
auto PrintAlias(const Engine*, int) -> decltype(&Engine::getAliasedInputTensor, void()) {
  Print("getAliasedInputTensor", &Engine::getAliasedInputTensor);
}
template <typename Engine>
void PrintAlias(const Engine*, long) {
  std::printf("getAliasedInputTensor=none ");
}

void PrintDelegateSlots() {
  using nvinfer1::ExecutionContextAllocationStrategy;
  using nvinfer1::ICudaEngine;
  using nvinfer1::IExecutionContext;
  using nvinfer1::ILogger;
  Print("log", static_cast<void (ILogger::*)(ILogger::Severity, const char*) noexcept>(
                   &ILogger::log));
  Print("deserializeCudaEngine",
        static_cast<ICudaEngine* (api::VRuntime::*)(const void*, std::size_t) noexcept>(
            &api::VRuntime::deserializeCudaEngine));
  Print("createExecutionContext",
        static_cast<IExecutionContext* (
            api::VCudaEngine::*)(ExecutionContextAllocationStrategy) noexcept>(
            &api::VCudaEngine::createExecutionContext));
  Print("getTensorShape", &api::VCudaEngine::getTensorShape);
  Print("getTensorDataType", &api::VCudaEngine::getTensorDataType);
  Print("isShapeInferenceIO", &api::VCudaEngine::isShapeInferenceIO);
  Print("getTensorIOMode", &api::VCudaEngine::getTensorIOMode);
  Print("getProfileShape", &api::VCudaEngine::getProfileShape);
  Print("getNbIOTensors", &api::VCudaEngine::getNbIOTensors);
  Print("getIOTensorName", &api::VCudaEngine::getIOTensorName);
  Print("getStreamableWeightsSize", &api::VCudaEngine::getStreamableWeightsSize);
  Print("setWeightStreamingBudgetV2", &api::VCudaEngine::setWeightStreamingBudgetV2);
  Print("getWeightStreamingBudgetV2", &api::VCudaEngine::getWeightStreamingBudgetV2);
  Print("getWeightStreamingAutomaticBudget", &api::VCudaEngine::getWeightStreamingAutomaticBudget);
  Print("getWeightStreamingScratchMemorySize",
        &api::VCudaEngine::getWeightStreamingScratchMemorySize);
  Print("getDeviceMemorySizeV2", &api::VCudaEngine::getDeviceMemorySizeV2);
  PrintAlias(static_cast<const api::VCudaEngine*>(nullptr), 0);
  Print("setInputShape", &api::VExecutionContext::setInputShape);
  Print("getTensorShape", &api::VExecutionContext::getTensorShape);
  Print("setTensorAddress", &api::VExecutionContext::setTensorAddress);
  Print("inferShapes", &api::VExecutionContext::inferShapes);
  Print("enqueueV3", &api::VExecutionContext::enqueueV3);
}

void PrintBuilderSlots() {
  Print("createBuilderConfig", &api::VBuilder::createBuilderConfig);
  Print("createNetworkV2", &api::VBuilder::createNetworkV2);
  Print("buildSerializedNetwork", &api::VBuilder::buildSerializedNetwork);
  Print("addInput", &api::VNetworkDefinition::addInput);
  Print("markOutput", &api::VNetworkDefinition::markOutput);
  Print("addActivation", &api::VNetworkDefinition::addActivation);
  Print("addMatrixMultiply", &api::VNetworkDefinition::addMatrixMultiply);
  Print("addConstant", &api::VNetworkDefinition::addConstant);
  Print("setName", &api::VTensor::setName);
  Print("getOutput", &api::VLayer::getOutput);
  Print("setFlag", &api::VBuilderConfig::setFlag);
  Print("setMemoryPoolLimit", &api::VBuilderConfig::setMemoryPoolLimit);
  Print("data", &api::VHostMemory::data);
  Print("size", &api::VHostMemory::size);
  std::printf("kWEIGHT_STREAMING=%d",
              static_cast<int>(nvinfer1::BuilderFlag::kWEIGHT_STREAMING));
}

}  // namespace

int main() {
  std::printf("%d.%d.%d ", NV_TENSORRT_MAJOR, NV_TENSORRT_MINOR, NV_TENSORRT_PATCH);
  PrintDelegateSlots();
  PrintBuilderSlots();
  std::printf("\n");
  return 0;
}
