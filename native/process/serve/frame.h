// Binary frames (spec/protocol.md).

#ifndef WSB_NATIVE_PROCESS_SERVE_FRAME_H_
#define WSB_NATIVE_PROCESS_SERVE_FRAME_H_

#include <cstddef>
#include <cstdint>

namespace wsb {

// Of the runner in capitals, of the subject in small letters.
enum class FrameKind : uint8_t {
  kPlan = 'P',
  kRun = 'R',
  kDecide = 'D',
  kStop = 'S',
  kBegin = 'b',
  kOutcomes = 'r',
  kDecisions = 'd',
  kFailure = 'f',
};

// Of a line or a frame.
inline constexpr size_t kMaxMessageBytes = size_t{16} << 20;

// Size, kind and number.
inline constexpr size_t kFrameHeaderBytes = 4 + 1 + 4;

// Cases of a batch.
inline constexpr uint32_t kMaxBatchCases = 1024;

// A frame that was read; `payload` points into the reader's memory.
struct Frame {
  FrameKind kind;
  uint32_t seq;
  const uint8_t* payload;
  size_t size;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_FRAME_H_
