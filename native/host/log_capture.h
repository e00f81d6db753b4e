// Listens to ExecuTorch's log.

#ifndef WSB_NATIVE_HOST_LOG_CAPTURE_H_
#define WSB_NATIVE_HOST_LOG_CAPTURE_H_

namespace wsb {

// Takes the log of this process over: nothing is printed any more, but for what ends the process.
// To be called before anything else of ExecuTorch's. False when someone else has taken it.
bool InstallLogCapture();

// Forgets what this thread logged.
void ClearLog();

// Whether this thread logged an Error-level record that names weight_streaming_budget since
// ClearLog().
bool LoggedBudgetError();

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_LOG_CAPTURE_H_
