#include "recorder/replayer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "common/zeroed_tensors.h"

namespace wsb {
namespace {

constexpr size_t kMostEngines = 64;
constexpr int kWarmups = 3;
constexpr int kRuns = 11;

JsonLine Call(const char* name) { return JsonLine().Text("call", name); }

JsonLine CallOn(size_t engine, const char* name) {
  return Call(name).Number("engine", static_cast<unsigned>(engine));
}

}  // namespace

Replayer::Replayer(Device* device, std::vector<char> plan)
    : device_(device), plan_(std::move(plan)), runtime_(device->tensorrt().CreateRuntime()) {
  slots_.resize(kMostEngines);
}

void Replayer::Print(JsonLine call, uint64_t before) const {
  call.Decimal("freeBefore", static_cast<int64_t>(before))
      .Decimal("freeAfter", static_cast<int64_t>(FreeMemory()))
      .Print();
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
  Print(CallOn(engine, "deserializeCudaEngine").Flag("ok", ok), before);
  return ok;
}

void Replayer::DeserializeDamaged(const std::vector<char>& plan, const std::string& damage) {
  const uint64_t before = FreeMemory();
  // An empty vector may have no address; TensorRT is to see one.
  const char nothing = 0;
  const Engine engine =
      runtime_.DeserializeCudaEngine(plan.empty() ? &nothing : plan.data(), plan.size());
  const bool ok = static_cast<bool>(engine);
  Print(CallOn(0, "deserializeCudaEngine").Text("damage", damage).Flag("ok", ok), before);
}

bool Replayer::Set(size_t engine, int64_t budget) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return false;
  }
  const uint64_t before = FreeMemory();
  const bool ok = found->SetWeightStreamingBudgetV2(budget);
  Print(CallOn(engine, "setWeightStreamingBudgetV2").Decimal("budget", budget).Flag("ok", ok),
        before);
  slots_[engine].last_set_ok = ok;
  return ok;
}

bool Replayer::LastSetOk(size_t engine) const {
  return engine < slots_.size() && slots_[engine].last_set_ok;
}

int64_t Replayer::Read(size_t engine, const SizeCall& call) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return 0;
  }
  const uint64_t before = FreeMemory();
  const int64_t value = (found->*call.read)();
  Print(CallOn(engine, call.name).Decimal("value", value), before);
  return value;
}

bool Replayer::CreateContext(size_t engine) {
  const Engine* const found = Find(engine);
  if (found == nullptr) {
    return false;
  }
  const uint64_t before = FreeMemory();
  Context context = found->CreateExecutionContext();
  const bool ok = static_cast<bool>(context);
  Print(CallOn(engine, "createExecutionContext").Flag("ok", ok), before);
  if (ok) {
    slots_[engine].contexts.push_back(std::move(context));
  }
  return ok;
}

bool Replayer::Enqueue(size_t engine) {
  if (Find(engine) == nullptr || slots_[engine].contexts.empty()) {
    return false;
  }
  Slot* const slot = &slots_[engine];
  slot->buffers.clear();
  if (!BindZeros(device_->cuda(), slot->engine, slot->contexts.back(), &slot->buffers)) {
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
  JsonLine call = CallOn(engine, "enqueueV3").Flag("ok", ok);
  if (ok) {
    std::sort(times.begin(), times.end());
    char median[40];
    std::snprintf(median, sizeof(median), "%.1f", times[times.size() / 2]);
    call.Json("microseconds", median);
  }
  Print(call, before);
  slot->buffers.clear();
  return ok;
}

void Replayer::DestroyContext(size_t engine) {
  if (Find(engine) == nullptr || slots_[engine].contexts.empty()) {
    return;
  }
  const uint64_t before = FreeMemory();
  slots_[engine].contexts.pop_back();
  Print(CallOn(engine, "destroyExecutionContext"), before);
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
  Print(CallOn(engine, "destroyEngine"), before);
}

void Replayer::HoldAllBut(uint64_t bytes) {
  const uint64_t before = FreeMemory();
  const uint64_t held = device_->HoldAllBut(bytes);
  Print(Call("cudaMalloc").Decimal("bytes", static_cast<int64_t>(held)).Flag("ok", true), before);
}

void Replayer::Release() {
  const uint64_t before = FreeMemory();
  const uint64_t released = device_->Release();
  Print(Call("cudaFree").Decimal("bytes", static_cast<int64_t>(released)), before);
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
