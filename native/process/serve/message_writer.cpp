#include "process/serve/message_writer.h"

#include <errno.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace wsb {

bool MessageWriter::WriteLine(std::string_view line) {
  const std::string text = std::string(line) + '\n';
  return Write(text.data(), text.size());
}

std::vector<uint8_t>* MessageWriter::StartFrame(FrameKind kind, uint32_t seq) {
  frame_.resize(kFrameHeaderBytes);
  frame_[4] = static_cast<uint8_t>(kind);
  std::memcpy(frame_.data() + 5, &seq, sizeof(seq));
  return &frame_;
}

bool MessageWriter::SendFrame() {
  const auto size = static_cast<uint32_t>(frame_.size());
  std::memcpy(frame_.data(), &size, sizeof(size));
  return Write(frame_.data(), frame_.size());
}

bool MessageWriter::Write(const void* bytes, size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0 && !failed_) {
    const ssize_t count = write(output_, at, size);
    if (count >= 0) {
      at += count;
      size -= static_cast<size_t>(count);
    } else if (errno != EINTR) {
      failed_ = true;
    }
  }
  return !failed_;
}

}  // namespace wsb
