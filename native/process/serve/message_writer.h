// Writes what the runner reads.

#ifndef WSB_NATIVE_PROCESS_SERVE_MESSAGE_WRITER_H_
#define WSB_NATIVE_PROCESS_SERVE_MESSAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "process/serve/frame.h"

namespace wsb {

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

#endif  // WSB_NATIVE_PROCESS_SERVE_MESSAGE_WRITER_H_
