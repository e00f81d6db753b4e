// A subject that is a process of its own.

#ifndef WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_
#define WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_

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

// Fixed when an executable is built. Names of libraries are those of files beside it.
struct HostProfile {
  // Of the executable.
  const char* name;
  // Whether that ExecuTorch was built with Verification::InternalConsistency.
  bool verifies_consistency;
  // The delegate; null when the command line has to name one.
  const char* delegate;
  const char* tensorrt;
  const char* cudart;
  const char* simulator;
  // Loaded first, when the command line names no other TensorRT, so that a delegate that asks for
  // one of these names gets it; ends with null.
  const char* const* preloaded;
  // Of a delegate that is fixed; null else.
  struct {
    const char* name;
    const char* version;
  } release;
};

// What main() of a host executable does: speaks the protocol (spec/protocol.md) on standard input
// and output, for the delegate that the command line or `profile` names. Returns an ExitCode.
int RunHostProcess(const HostProfile& profile, int argc, char** argv);

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_
