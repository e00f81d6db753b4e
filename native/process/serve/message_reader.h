// Reads what the runner writes.

#ifndef WSB_NATIVE_PROCESS_SERVE_MESSAGE_READER_H_
#define WSB_NATIVE_PROCESS_SERVE_MESSAGE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "process/serve/frame.h"

namespace wsb {

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

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_MESSAGE_READER_H_
