// Runs load requests in this process.

#ifndef WSB_NATIVE_HOST_HOST_H_
#define WSB_NATIVE_HOST_HOST_H_

#include <executorch/runtime/core/data_loader.h>
#include <executorch/runtime/executor/program.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/backend_options.h"
#include "host/method_host.h"
#include "host/method_memory.h"
#include "host/outcome.h"
#include "host/program_memory.h"
#include "host/request.h"
#include "host/subject.h"

namespace wsb {

// Runs requests on the subject of this process: one host a thread, used by that thread only. Keeps
// its memory from request to request.
class Host {
 public:
  explicit Host(const Subject* subject);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  // Runs the request records in the `size` bytes at `requests`, one after another, and appends an
  // outcome record for each to `outcomes`. False for a malformed batch; `error` then says which
  // record is, and those before it were run.
  bool Run(const uint8_t* requests, size_t size, std::vector<uint8_t>* outcomes,
           std::string* error);

  // The same with one record, on this thread alone also where it asks for several. False when it is
  // malformed.
  bool RunAlone(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes);

 private:
  void RunRequest();
  std::unique_ptr<executorch::runtime::DataLoader> OpenProgram(const uint8_t* program);
  void RunShared(std::unique_ptr<executorch::runtime::DataLoader> loader, const uint8_t* program,
                 executorch::runtime::Program::Verification verification);
  void RunWithProgram(executorch::runtime::DataLoader* loader,
                      executorch::runtime::Program::Verification verification);
  void RunWithModule(std::unique_ptr<executorch::runtime::DataLoader> loader,
                     executorch::runtime::Program::Verification verification);
  void RunSteps(MethodHost* methods);
  StepOutcome RunStep(const StepView& step, MethodHost* methods);
  void ReportCalls(std::vector<uint8_t>* outcomes);

  void LayOutHostMemory();

  static void OnBudget(void* host, uint8_t source);
  static size_t WriteMeminfo(void* host, char* buffer, size_t size);

  const Subject* subject_;
  Request request_;
  Outcome outcome_;
  OutcomeWriter writer_;
  ProgramMemory program_;
  BackendOptionsBuilder options_;
  BackendOptionsBuilder module_options_;
  MethodMemoryPool pool_;
  std::string method_;
  uint8_t step_ = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_HOST_H_
