#include "host/log_capture.h"

#include <executorch/runtime/platform/platform.h>

#include <cstddef>
#include <cstdio>
#include <string_view>

namespace wsb {
namespace {

thread_local bool t_budget_error = false;

void EmitLogMessage(et_timestamp_t /*timestamp*/, et_pal_log_level_t level,
                    const char* /*filename*/, const char* /*function*/, size_t /*line*/,
                    const char* message, size_t length) {
  const std::string_view text(message, length);
  if (level == kError && text.find("weight_streaming_budget") != text.npos) {
    t_budget_error = true;
  }
  if (level == kFatal) {
    // ExecuTorch ends the process next; nobody could be told later.
    std::fprintf(stderr, "ExecuTorch: %.*s\n", static_cast<int>(length), message);
  }
}

// Records need no time, and asking for it is a system call.
et_timestamp_t CurrentTicks() { return 0; }

}  // namespace

bool InstallLogCapture() {
  // Once: a second registration is refused.
  static const bool installed = [] {
    auto pal = executorch::runtime::PalImpl::create(&EmitLogMessage, __FILE__);
    pal.current_ticks = &CurrentTicks;
    return executorch::runtime::register_pal(pal);
  }();
  return installed;
}

void ClearLog() { t_budget_error = false; }

bool LoggedBudgetError() { return t_budget_error; }

}  // namespace wsb
