// A CUDA event.

#ifndef WSB_NATIVE_TENSORRT_CUDA_EVENT_H_
#define WSB_NATIVE_TENSORRT_CUDA_EVENT_H_

#include "tensorrt/cuda_api.h"

namespace wsb {

// Owns an event that tells when the work before it in a stream is done. Waiting yields the
// processor.
class CudaEvent {
 public:
  explicit CudaEvent(const CudaApi& cuda) : cuda_(cuda) {}
  ~CudaEvent() { Destroy(); }
  CudaEvent(const CudaEvent&) = delete;
  CudaEvent& operator=(const CudaEvent&) = delete;

  // Creates the event on the current device. To be called once.
  CudaError Create() { return cuda_.EventCreateWithFlags(&event_, kCudaEventBlockingUntimed); }
  bool IsCreated() const { return event_ != nullptr; }
  CudaError Record(CudaStream stream) const { return cuda_.EventRecord(event_, stream); }
  CudaError Synchronize() const { return cuda_.EventSynchronize(event_); }
  void Destroy() {
    if (event_ != nullptr) {
      cuda_.EventDestroy(event_);
      event_ = nullptr;
    }
  }

 private:
  const CudaApi& cuda_;
  CudaEventHandle event_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_CUDA_EVENT_H_
