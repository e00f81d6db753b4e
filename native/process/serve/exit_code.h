// How a host process ends.

#ifndef WSB_NATIVE_PROCESS_SERVE_EXIT_CODE_H_
#define WSB_NATIVE_PROCESS_SERVE_EXIT_CODE_H_

namespace wsb {

enum ExitCode : int {
  // Told to stop, or standard input ended.
  kExitDone = 0,
  kExitUsage = 2,
  // The runner broke the protocol, or is gone.
  kExitProtocol = 3,
  // The delegate or what it needs can't be loaded.
  kExitSubject = 4,
};

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_EXIT_CODE_H_
