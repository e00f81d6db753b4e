// The file that tells the runner which case is at work (spec/protocol.md).

#ifndef WSB_NATIVE_PROCESS_SERVE_PROGRESS_FILE_H_
#define WSB_NATIVE_PROCESS_SERVE_PROGRESS_FILE_H_

#include <atomic>
#include <cstdint>
#include <string>

namespace wsb {

// Memory that is shared with the runner through a file, and outlives this process.
class ProgressFile {
 public:
  ProgressFile() = default;
  ~ProgressFile();
  ProgressFile(const ProgressFile&) = delete;
  ProgressFile& operator=(const ProgressFile&) = delete;

  // Maps the file, of at least 8 bytes. False when it can't be mapped; `error` then says why.
  bool Open(const std::string& path, std::string* error);

  // Notes that the case is about to start. Does nothing before Open().
  void Note(uint32_t seq) {
    if (shared_ != nullptr) {
      shared_->store(seq, std::memory_order_relaxed);
    }
  }

 private:
  static_assert(sizeof(std::atomic<uint32_t>) == 4 && std::atomic<uint32_t>::is_always_lock_free,
                "the file holds the bare number");

  std::atomic<uint32_t>* shared_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_PROGRESS_FILE_H_
