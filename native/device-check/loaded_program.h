// A program that checks load and run.

#ifndef WSB_NATIVE_DEVICE_CHECK_LOADED_PROGRAM_H_
#define WSB_NATIVE_DEVICE_CHECK_LOADED_PROGRAM_H_

#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/runtime/core/error.h>
#include <executorch/runtime/executor/program.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "common/file_bytes.h"
#include "host/program_host.h"

namespace wsb {

// What an execution gave.
struct RunResult {
  executorch::runtime::Error error = executorch::runtime::Error::Ok;
  // CRC-32 over all outputs, in order.
  uint32_t checksum = 0;
  // Whether no output bit was set, as when nothing was computed.
  bool all_zero = true;
};

// A program file in memory, of which the method `forward` is loaded and run.
class LoadedProgram {
 public:
  // Null when the file can't be read as a program; `error` then says why.
  static std::unique_ptr<LoadedProgram> Read(const std::string& path, std::string* error);

  // Loads the method with that load-time budget, or without one.
  executorch::runtime::Error Load(const std::optional<std::string>& budget);
  // Runs it once on inputs that follow from their index alone.
  RunResult Run();
  void Unload();

  // Changes the budget of what is loaded, through ExecuTorch's set_option(). An empty one takes
  // that of later loads back.
  static executorch::runtime::Error Change(const std::string& budget);

 private:
  LoadedProgram() = default;

  FileBytes bytes_;
  std::unique_ptr<executorch::extension::BufferDataLoader> loader_;
  std::optional<executorch::runtime::Program> program_;
  MethodMemoryPool pool_;
  std::unique_ptr<ProgramHost> host_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_DEVICE_CHECK_LOADED_PROGRAM_H_
