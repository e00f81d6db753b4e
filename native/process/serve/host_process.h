// A subject that is a process of its own.

#ifndef WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_
#define WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_

#include "process/serve/host_profile.h"

namespace wsb {

// What main() of a host executable does: speaks the protocol (spec/protocol.md) on standard input
// and output, for the delegate that the command line or `profile` names. Returns an ExitCode.
int RunHostProcess(const HostProfile& profile, int argc, char** argv);

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_HOST_PROCESS_H_
