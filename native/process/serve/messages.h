// Reads what the runner writes, and writes what it reads: lines and binary frames
// (spec/protocol.md).

#ifndef WSB_NATIVE_PROCESS_SERVE_MESSAGES_H_
#define WSB_NATIVE_PROCESS_SERVE_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

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

// Reads lines or frames from a file descriptor. Never takes in more than the largest message and
// what lies behind it in the pipe; keeps its memory from message to message.
class MessageReader {
 public:
  enum class Result {
    kMessage,
    // The input ended, also where it ended amid a message.
    kEnd,
    // The message is larger than any may be, or smaller than its own header.
    kMalformed,
  };

  explicit MessageReader(int input) : input_(input) {}
  MessageReader(const MessageReader&) = delete;
  MessageReader& operator=(const MessageReader&) = delete;

  // The next line, without its line feed; valid until the next call.
  Result ReadLine(std::string_view* line);

  // The next frame; its payload is valid until the next call.
  Result ReadFrame(Frame* frame);

 private:
  // Makes `size` bytes available from `at_` on; false at the end of the input.
  bool Fill(size_t size);
  bool ReadMore();

  const int input_;
  std::vector<uint8_t> buffer_;
  // [at_, end_) was read and not yet taken.
  size_t at_ = 0;
  size_t end_ = 0;
};

// Writes lines and frames to a file descriptor, each through to the operating system at once. Once
// a write has failed, nothing more is written. Keeps its memory from message to message.
class MessageWriter {
 public:
  explicit MessageWriter(int output) : output_(output) {}
  MessageWriter(const MessageWriter&) = delete;
  MessageWriter& operator=(const MessageWriter&) = delete;

  // Adds the line feed. False when nobody reads any more.
  bool WriteLine(std::string_view line);

  // Starts a frame. Its payload is what the caller appends to the bytes returned, which it leaves
  // alone otherwise, before SendFrame().
  std::vector<uint8_t>* StartFrame(FrameKind kind, uint32_t seq);

  // Bytes of the frame that was started.
  size_t frame_size() const { return frame_.size(); }

  // Writes the frame that was started. False when nobody reads any more.
  bool SendFrame();

 private:
  bool Write(const void* bytes, size_t size);

  const int output_;
  bool failed_ = false;
  std::vector<uint8_t> frame_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_MESSAGES_H_
