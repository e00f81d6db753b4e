// What tells one host executable from another.

#ifndef WSB_NATIVE_PROCESS_SERVE_HOST_PROFILE_H_
#define WSB_NATIVE_PROCESS_SERVE_HOST_PROFILE_H_

namespace wsb {

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

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_HOST_PROFILE_H_
