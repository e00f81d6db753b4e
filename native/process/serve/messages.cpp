#include "process/serve/messages.h"

#include <errno.h>
#include <unistd.h>

#include <cstring>
#include <string>

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
