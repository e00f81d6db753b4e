#include "process/serve/session.h"

#include <limits>

#include "host/wire_reader.h"
#include "process/serve/host_process.h"

namespace wsb {
namespace {

constexpr size_t kSha256Bytes = 32;

// Answers to a batch are split into frames of about this size; the largest record is smaller than
// what is left of a frame then.
constexpr size_t kAnswerBytes = size_t{1} << 20;

// The size that a record says it has: of the type T, at its start. 0 when there is no such number.
template <typename T>
size_t RecordSize(const uint8_t* record, size_t left) {
  return WireReader(record, left).Number<T>();
}

std::string KindText(FrameKind kind) {
  return "frame of kind " + std::to_string(static_cast<unsigned>(kind));
}

}  // namespace

Session::Session(const Subject* subject, bool flush_each, ProgressFile* progress,
                 MessageReader* reader, MessageWriter* writer)
    : subject_(subject),
      flush_each_(flush_each),
      progress_(progress),
      reader_(reader),
      writer_(writer),
      host_(subject),
      code_(kExitDone) {
  if (subject->decide() != nullptr) {
    decision_host_.emplace(subject->decide());
  }
}

int Session::Run() {
  for (;;) {
    Frame frame{};
    switch (reader_->ReadFrame(&frame)) {
      case MessageReader::Result::kEnd:
        return code_;
      case MessageReader::Result::kMalformed:
        Refuse("a frame is larger than 16 MiB, or smaller than its header");
        return code_;
      case MessageReader::Result::kMessage:
        if (!Take(frame)) {
          return code_;
        }
    }
  }
}

bool Session::Take(const Frame& frame) {
  switch (frame.kind) {
    case FrameKind::kPlan:
      return TakePlan(frame);
    case FrameKind::kRun:
      return TakeBatch(frame, {FrameKind::kOutcomes, &RecordSize<uint32_t>, &Session::RunRequest});
    case FrameKind::kDecide:
      if (!decision_host_.has_value()) {
        return Refuse("the delegate has no decision depth, as the hello said");
      }
      return TakeBatch(frame,
                       {FrameKind::kDecisions, &RecordSize<uint16_t>, &Session::RunDecision});
    case FrameKind::kStop:
      return false;
    default:
      return Refuse("a " + KindText(frame.kind) + " is not known");
  }
}

bool Session::TakePlan(const Frame& frame) {
  if (next_ != 1) {
    return Refuse("a plan came after the first case");
  }
  if (frame.size < kSha256Bytes ||
      subject_->simulator().record_plan(frame.payload, frame.payload + kSha256Bytes,
                                        frame.size - kSha256Bytes) != 0) {
    return Refuse("a plan is malformed, or the 65th");
  }
  return true;
}

bool Session::TakeBatch(const Frame& frame, const Depth& depth) {
  if (frame.seq != next_) {
    return Refuse("case " + std::to_string(next_) + " was due, and " + std::to_string(frame.seq) +
                  " came");
  }
  if (!Measure(frame, depth)) {
    return Refuse(error_);
  }
  next_ += sizes_.size();
  if (RunBatch(frame, depth)) {
    return true;
  }
  if (!error_.empty()) {
    return Refuse(error_);
  }
  code_ = kExitProtocol;
  return false;
}

// Finds where each record of a batch ends.
bool Session::Measure(const Frame& frame, const Depth& depth) {
  sizes_.clear();
  for (size_t at = 0; at < frame.size; at += sizes_.back()) {
    const size_t size = depth.record_size(frame.payload + at, frame.size - at);
    if (size == 0 || size > frame.size - at) {
      error_ = "record " + std::to_string(sizes_.size()) + " of a batch does not fit in it";
      return false;
    }
    sizes_.push_back(size);
  }
  if (sizes_.empty() || sizes_.size() > kMaxBatchCases ||
      next_ + sizes_.size() - 1 > std::numeric_limits<uint32_t>::max()) {
    error_ = "a batch has " + std::to_string(sizes_.size()) + " cases from " +
             std::to_string(next_) + " on; 1 to 1024 are allowed, up to number 2^32 - 1";
    return false;
  }
  return true;
}

// False with `error_` for a malformed record, without when nobody reads any more.
bool Session::RunBatch(const Frame& frame, const Depth& depth) {
  error_.clear();
  if (!flush_each_ && !Announce(frame.seq, sizes_.size())) {
    return false;
  }
  const uint8_t* record = frame.payload;
  uint32_t seq = frame.seq;
  std::vector<uint8_t>* answers = nullptr;
  for (size_t n = 0; n < sizes_.size(); ++n, ++seq) {
    if (flush_each_ && !Announce(seq, 1)) {
      return false;
    }
    if (answers == nullptr) {
      answers = writer_->StartFrame(depth.answer, seq);
    }
    progress_->Note(seq);
    if (!(this->*depth.run)(record, sizes_[n], answers)) {
      return false;
    }
    record += sizes_[n];
    const bool last = n + 1 == sizes_.size();
    if (flush_each_ || last || writer_->frame_size() > kAnswerBytes) {
      if (!writer_->SendFrame()) {
        return false;
      }
      answers = nullptr;
    }
  }
  return true;
}

bool Session::RunRequest(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes) {
  return host_.Run(record, size, outcomes, &error_);
}

bool Session::RunDecision(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes) {
  return decision_host_->Run(record, size, outcomes, &error_);
}

bool Session::Announce(uint32_t seq, size_t count) {
  std::vector<uint8_t>* const frame = writer_->StartFrame(FrameKind::kBegin, seq);
  const auto number = static_cast<uint32_t>(count);
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&number);
  frame->insert(frame->end(), bytes, bytes + sizeof(number));
  return writer_->SendFrame();
}

bool Session::Refuse(const std::string& reason) {
  std::vector<uint8_t>* const frame = writer_->StartFrame(FrameKind::kFailure, 0);
  frame->insert(frame->end(), reason.begin(), reason.end());
  writer_->SendFrame();
  code_ = kExitProtocol;
  return false;
}

}  // namespace wsb
