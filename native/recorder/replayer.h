// Makes the calls of a sequence and writes each down.

#ifndef WSB_NATIVE_RECORDER_REPLAYER_H_
#define WSB_NATIVE_RECORDER_REPLAYER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/json_line.h"
#include "recorder/device.h"
#include "tensorrt/device_buffer.h"

namespace wsb {

// What an engine says of itself. Sizes are bytes.
struct EngineFacts {
  int64_t streamable = 0;
  int64_t scratch = 0;
  int64_t activations = 0;
};

// One sequence. Each method makes the TensorRT call of its name and prints it with its answer and
// the free device memory before and after, a line of JSON each, before the next one is made: what a
// process that dies leaves behind is whole. Engines are known by number, their plans are all the
// same file. A call on an engine that is not there makes and prints nothing.
class Replayer {
 public:
  Replayer(Device* device, std::vector<char> plan);

  bool Deserialize(size_t engine);
  // Of a plan that was changed; `damage` says how.
  void DeserializeDamaged(const std::vector<char>& plan, const std::string& damage);
  bool Set(size_t engine, int64_t budget);
  // Whether the last set on the engine was accepted.
  bool LastSetOk(size_t engine) const;
  int64_t Read(size_t engine, const SizeCall& call);
  bool CreateContext(size_t engine);
  // On zeros, some times; the median time of a run is written down.
  bool Enqueue(size_t engine);
  void DestroyContext(size_t engine);
  void DestroyEngine(size_t engine);

  // Lets another allocation leave `bytes` free, or give everything back.
  void HoldAllBut(uint64_t bytes);
  void Release();

  // Without printing: streamable, scratch and activations of engine 0, whose budget it changes.
  EngineFacts Facts();
  uint64_t FreeMemory() const { return device_->FreeMemory(); }
  const std::vector<char>& plan() const { return plan_; }

 private:
  struct Slot {
    Engine engine;
    bool last_set_ok = false;
    std::vector<Context> contexts;
    std::vector<DeviceBuffer> buffers;
  };

  Engine* Find(size_t engine);
  // Prints a call that was made when `before` bytes were free.
  void Print(JsonLine call, uint64_t before) const;

  Device* device_;
  std::vector<char> plan_;
  Runtime runtime_;
  std::vector<Slot> slots_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_RECORDER_REPLAYER_H_
