#include "recorder/replayer.h"

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <utility>

namespace wsb {
namespace {

constexpr size_t kMostEngines = 64;
constexpr int kWarmups = 3;
constexpr int kRuns = 11;
// No element of a tensor that engine-builder makes is longer.
constexpr uint64_t kLongestElement = 8;

// Prints one call: what `answer` holds between its name and the memory.
void Print(const char* call, const std::string& answer, uint64_t before, uint64_t after) {
  std::printf("{\"call\":\"%s\",%s,\"freeBefore\":\"%" PRIu64 "\",\"freeAfter\":\"%" PRIu64 "\"}\n",
              call, answer.c_str(), before, after);
  std::fflush(stdout);
}

std::string OnEngine(size_t engine) { return "\"engine\":" + std::to_string(engine); }

std::string Text(const char* name, const std::string& value) {
  return std::string(",\"") + name + "\":\"" + value + "\"";
}

std::string Ok(bool ok) { return ok ? ",\"ok\":true" : ",\"ok\":false"; }

uint64_t BytesOf(const Dims& dims) {
  uint64_t bytes = kLongestElement;
  for (int32_t n = 0; n < dims.rank; ++n) {
    bytes *= static_cast<uint64_t>(std::max<int64_t>(dims.extents[n], 1));
  }
  return bytes;
}

}  // namespace

Replayer::Replayer(Device* device, std::vector<char> plan)
    : device_(device), plan_(std::move(plan)), runtime_(device->tensorrt().CreateRuntime()) {
  slots_.resize(kMostEngines);
}

Engine* Replayer::Find(size_t engine) {
  return engine < slots_.size() && slots_[engine].engine ? &slots_[engine].engine : nullptr;
}

bool Replayer::Deserialize(size_t engine) {
  if (!runtime_ || engine >= slots_.size()) {
    return false;
  }
  const uint64_t before = FreeMemory();
  slots_[engine].engine = runtime_.DeserializeCudaEngine(plan_.data(), plan_.size());
  const bool ok = static_cast<bool>(slots_[engine].engine);
  Print("deserializeCudaEngine", OnEngine(engine) + Ok(ok), before, FreeMemory());
  return ok;
}

void Replayer::DeserializeDamaged(const std::vector<char>& plan, const std::string& damage) {
  const uint64_t before = FreeMemory();
  // An empty vector may have no address; TensorRT is to see one.
  const char nothing = 0;
  const Engine engine =
      runtime_.DeserializeCudaEngine(plan.empty() ? &nothing : plan.data(), plan.size());
  const bool ok = static_cast<bool>(engine);
  Print("deserializeCudaEngine", OnEngine(0) + Text("damage", damage) + Ok(ok), before,
        FreeMemory());
}

bool Replayer::Set(size_t engine, int64_t budget) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return false;
  }
  const uint64_t before = FreeMemory();
  const bool ok = found->SetWeightStreamingBudgetV2(budget);
  Print("setWeightStreamingBudgetV2",
        OnEngine(engine) + Text("budget", std::to_string(budget)) + Ok(ok), before, FreeMemory());
  slots_[engine].last_set_ok = ok;
  return ok;
}

bool Replayer::LastSetOk(size_t engine) const {
  return engine < slots_.size() && slots_[engine].last_set_ok;
}

int64_t Replayer::Read(size_t engine, const char* call, int64_t (Engine::*read)() const) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return 0;
  }
  const uint64_t before = FreeMemory();
  const int64_t value = (found->*read)();
  Print(call, OnEngine(engine) + Text("value", std::to_string(value)), before, FreeMemory());
  return value;
}

int64_t Replayer::Streamable(size_t engine) {
  return Read(engine, "getStreamableWeightsSize", &Engine::GetStreamableWeightsSize);
}

int64_t Replayer::Automatic(size_t engine) {
  return Read(engine, "getWeightStreamingAutomaticBudget",
              &Engine::GetWeightStreamingAutomaticBudget);
}

int64_t Replayer::Budget(size_t engine) {
  return Read(engine, "getWeightStreamingBudgetV2", &Engine::GetWeightStreamingBudgetV2);
}

int64_t Replayer::Scratch(size_t engine) {
  return Read(engine, "getWeightStreamingScratchMemorySize",
              &Engine::GetWeightStreamingScratchMemorySize);
}

int64_t Replayer::DeviceMemory(size_t engine) {
  return Read(engine, "getDeviceMemorySizeV2", &Engine::GetDeviceMemorySizeV2);
}

bool Replayer::CreateContext(size_t engine) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return false;
  }
  const uint64_t before = FreeMemory();
  Context context = found->CreateExecutionContext();
  const bool ok = static_cast<bool>(context);
  Print("createExecutionContext", OnEngine(engine) + Ok(ok), before, FreeMemory());
  if (ok) {
    slots_[engine].contexts.push_back(std::move(context));
  }
  return ok;
}

bool Replayer::BindTensors(Slot* slot) {
  const CudaApi& cuda = device_->cuda();
  const Context& context = slot->contexts.back();
  slot->buffers.clear();
  for (int32_t n = 0; n < slot->engine.GetNbIoTensors(); ++n) {
    const char* const name = slot->engine.GetIoTensorName(n);
    const uint64_t bytes = BytesOf(slot->engine.GetTensorShape(name));
    slot->buffers.emplace_back(cuda);
    void* const address = slot->buffers.back().Reserve(bytes);
    const std::vector<char> zeros(bytes);
    if (address == nullptr ||
        cuda.MemcpyAsync(address, zeros.data(), bytes, CudaMemcpyKind::kHostToDevice,
                         kCudaStreamPerThread) != kCudaSuccess ||
        cuda.DeviceSynchronize() != kCudaSuccess || !context.SetTensorAddress(name, address)) {
      cuda.ClearError();
      return false;
    }
  }
  return true;
}

bool Replayer::Enqueue(size_t engine) {
  if (Find(engine) == nullptr || slots_[engine].contexts.empty()) {
    return false;
  }
  Slot* const slot = &slots_[engine];
  if (!BindTensors(slot)) {
    // Not TensorRT's answer: the memory held short leaves no room for the tensors.
    std::fprintf(stderr, "recorder: no memory for the tensors; nothing was run\n");
    slot->buffers.clear();
    return false;
  }
  const uint64_t before = FreeMemory();
  std::vector<double> times;
  bool ok = true;
  for (int n = 0; ok && n < kWarmups + kRuns; ++n) {
    const auto start = std::chrono::steady_clock::now();
    ok = slot->contexts.back().EnqueueV3(kCudaStreamPerThread) &&
         device_->cuda().DeviceSynchronize() == kCudaSuccess;
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    if (n >= kWarmups) {
      times.push_back(time.count());
    }
  }
  std::string answer = OnEngine(engine) + Ok(ok);
  if (ok) {
    std::sort(times.begin(), times.end());
    char text[40];
    std::snprintf(text, sizeof(text), ",\"microseconds\":%.1f", times[times.size() / 2]);
    answer += text;
  }
  Print("enqueueV3", answer, before, FreeMemory());
  slot->buffers.clear();
  return ok;
}

void Replayer::DestroyContext(size_t engine) {
  if (Find(engine) == nullptr || slots_[engine].contexts.empty()) {
    return;
  }
  const uint64_t before = FreeMemory();
  slots_[engine].contexts.pop_back();
  Print("destroyExecutionContext", OnEngine(engine), before, FreeMemory());
}

void Replayer::DestroyEngine(size_t engine) {
  while (Find(engine) != nullptr && !slots_[engine].contexts.empty()) {
    DestroyContext(engine);
  }
  if (Find(engine) == nullptr) {
    return;
  }
  const uint64_t before = FreeMemory();
  slots_[engine].engine.Reset();
  Print("destroyEngine", OnEngine(engine), before, FreeMemory());
}

void Replayer::HoldAllBut(uint64_t bytes) {
  const uint64_t before = FreeMemory();
  const uint64_t held = device_->HoldAllBut(bytes);
  Print("cudaMalloc", "\"bytes\":\"" + std::to_string(held) + "\"" + Ok(true), before,
        FreeMemory());
}

void Replayer::Release() {
  const uint64_t before = FreeMemory();
  const uint64_t released = device_->Release();
  Print("cudaFree", "\"bytes\":\"" + std::to_string(released) + "\"", before, FreeMemory());
}

EngineFacts Replayer::Facts() {
  const Engine* const engine = Find(0);
  if (engine == nullptr) {
    return {};
  }
  EngineFacts facts;
  facts.streamable = engine->GetStreamableWeightsSize();
  facts.activations = engine->GetDeviceMemorySizeV2();
  if (facts.streamable > 0 && engine->SetWeightStreamingBudgetV2(0)) {
    facts.scratch = engine->GetWeightStreamingScratchMemorySize();
  }
  return facts;
}

}  // namespace wsb
