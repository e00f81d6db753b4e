// Carries out what the runner sends, until it says stop.

#ifndef WSB_NATIVE_PROCESS_SERVE_SESSION_H_
#define WSB_NATIVE_PROCESS_SERVE_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/decision_host.h"
#include "host/host.h"
#include "host/subject.h"
#include "process/serve/messages.h"
#include "process/serve/progress_file.h"

namespace wsb {

// The binary part of the protocol, after the two hellos.
class Session {
 public:
  // With `flush_each`, every case is announced and answered on its own, else a batch as a whole.
  // What is pointed to has to outlive the session.
  Session(const Subject* subject, bool flush_each, ProgressFile* progress, MessageReader* reader,
          MessageWriter* writer);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Returns the exit code of the process: kExitDone after a stop and at the end of the input,
  // kExitProtocol when the runner broke the protocol, which it was told, or reads no more.
  int Run();

 private:
  // What a batch holds: how its records are measured, run and answered.
  struct Depth {
    FrameKind answer;
    size_t (*record_size)(const uint8_t* record, size_t left);
    bool (Session::*run)(const uint8_t* record, size_t size, std::vector<uint8_t>* answers);
  };

  // False when the session is over; `code_` then says how.
  bool Take(const Frame& frame);
  bool TakePlan(const Frame& frame);
  bool TakeBatch(const Frame& frame, const Depth& depth);
  bool Measure(const Frame& frame, const Depth& depth);
  bool RunBatch(const Frame& frame, const Depth& depth);
  bool RunRequest(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes);
  bool RunDecision(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes);
  bool Announce(uint32_t seq, size_t count);
  // Tells the runner why the session can't go on. Always false.
  bool Refuse(const std::string& reason);

  const Subject* const subject_;
  const bool flush_each_;
  ProgressFile* const progress_;
  MessageReader* const reader_;
  MessageWriter* const writer_;
  Host host_;
  std::optional<DecisionHost> decision_host_;
  // Number of the next case.
  uint64_t next_ = 1;
  // Of the records of the batch.
  std::vector<size_t> sizes_;
  std::string error_;
  int code_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_SESSION_H_
