#include "process/serve/message_reader.h"

#include <errno.h>
#include <unistd.h>

#include <cstring>

#include "host/wire_reader.h"

namespace wsb {
namespace {

// As much as a pipe of Linux holds.
constexpr size_t kReadBytes = 64 * 1024;

}  // namespace

MessageReader::Result MessageReader::ReadLine(std::string_view* line) {
  size_t searched = 0;
  for (;;) {
    const auto* const start = buffer_.data() + at_;
    const size_t there = end_ - at_;
    const void* const found =
        there == searched ? nullptr : std::memchr(start + searched, '\n', there - searched);
    if (found != nullptr) {
      const auto length = static_cast<size_t>(static_cast<const uint8_t*>(found) - start);
      *line = std::string_view(reinterpret_cast<const char*>(start), length);
      at_ += length + 1;
      return Result::kMessage;
    }
    searched = there;
    if (searched >= kMaxMessageBytes) {
      return Result::kMalformed;
    }
    if (!ReadMore()) {
      return Result::kEnd;
    }
  }
}

MessageReader::Result MessageReader::ReadFrame(Frame* frame) {
  if (!Fill(kFrameHeaderBytes)) {
    return Result::kEnd;
  }
  const auto size = WireReader(buffer_.data() + at_, kFrameHeaderBytes).Number<uint32_t>();
  if (size < kFrameHeaderBytes || size > kMaxMessageBytes) {
    return Result::kMalformed;
  }
  if (!Fill(size)) {
    return Result::kEnd;
  }
  WireReader reader(buffer_.data() + at_, size);
  reader.Number<uint32_t>();
  frame->kind = static_cast<FrameKind>(reader.Number<uint8_t>());
  frame->seq = reader.Number<uint32_t>();
  frame->payload = buffer_.data() + at_ + kFrameHeaderBytes;
  frame->size = size - kFrameHeaderBytes;
  at_ += size;
  return Result::kMessage;
}

bool MessageReader::Fill(size_t size) {
  while (end_ - at_ < size) {
    if (!ReadMore()) {
      return false;
    }
  }
  return true;
}

bool MessageReader::ReadMore() {
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
    end_ -= at_;
    at_ = 0;
  }
  if (buffer_.size() - end_ < kReadBytes) {
    buffer_.resize(2 * end_ + kReadBytes);
  }
  for (;;) {
    const ssize_t count = read(input_, buffer_.data() + end_, buffer_.size() - end_);
    if (count > 0) {
      end_ += static_cast<size_t>(count);
      return true;
    }
    if (count == 0 || errno != EINTR) {
      return false;
    }
  }
}

}  // namespace wsb
