#include "device-check/bench.h"

#include <cstddef>
#include <cstdio>
#include <utility>

namespace wsb {
namespace {

// Of a simulated device: those of one H200.
constexpr uint64_t kSimulatedBytes = uint64_t{140} << 30;

// Devices that are rehearsed with.
constexpr int kSimulatedDevices = 2;

// The version that is rehearsed for.
constexpr int32_t kSimulatedVersion = 100600;

void BeginWith(const Subject& subject, uint64_t free) {
  TrtSimDevice device{};
  device.total_bytes = kSimulatedBytes;
  device.free_bytes = free;
  subject.simulator().begin(&device);
}

void WriteTensorRtError(LogSeverity severity, const char* message) noexcept {
  if (severity <= LogSeverity::kError) {
    std::fprintf(stderr, "TensorRT: %s\n", message);
  }
}

}  // namespace

std::unique_ptr<Bench> Bench::Open(const std::string& delegate, const std::string& interposer,
                                   WsbPolicy policy, std::string* error) {
  std::unique_ptr<Bench> bench(new Bench);
  if (!Subject::Open({delegate, interposer, interposer, interposer}, error)) {
    return nullptr;
  }
  bench->subject_ = Subject::Get();
  if (!bench->subject_->SetPolicy(policy)) {
    *error = delegate + " exports no wsb_delegate_policy()";
    return nullptr;
  }
  if (bench->subject_->is_simulated()) {
    bench->subject_->simulator().set_version(kSimulatedVersion);
  }
  bench->tensorrt_ = TensorRt::Load({interposer}, {interposer}, &WriteTensorRtError, error);
  return bench->tensorrt_ == nullptr ? nullptr : std::move(bench);
}

void Bench::Begin() const { BeginWith(*subject_, kSimulatedBytes); }

bool Bench::ReadMemory(DeviceBytes* bytes) const {
  size_t free = 0;
  size_t total = 0;
  const CudaApi& cuda = tensorrt_->cuda();
  if (cuda.MemGetInfo == nullptr || cuda.MemGetInfo(&free, &total) != kCudaSuccess) {
    return false;
  }
  *bytes = {static_cast<int64_t>(free), static_cast<int64_t>(total)};
  return true;
}

int Bench::CountDevices() const {
  if (subject_->is_simulated()) {
    return kSimulatedDevices;
  }
  const CudaApi& cuda = tensorrt_->cuda();
  int count = 0;
  while (count < kMostDevices && cuda.SetDevice(count) == kCudaSuccess) {
    ++count;
  }
  cuda.ClearError();
  cuda.SetDevice(0);
  return count;
}

bool Bench::HoldAllBut(int64_t free, HeldMemory* held) const {
  if (subject_->is_simulated()) {
    BeginWith(*subject_, static_cast<uint64_t>(free));
    return true;
  }
  return held->LeaveFree(static_cast<uint64_t>(free));
}

}  // namespace wsb
