// wsb-host-upstream: runs the released upstream delegate, unmodified, in the ExecuTorch that came
// with it. Linked to the wheel's own library, in which the delegate registers itself.

#include "process/serve/host_process.h"

int main(int argc, char** argv) {
  static constexpr const char* kPreloaded[] = {nullptr};
  constexpr wsb::HostProfile kProfile = {
      "wsb-host-upstream",
      // The wheel's ExecuTorch was built without it and falls back to Minimal.
      /*verifies_consistency=*/false,
      /*delegate=*/"_portable_lib.so",
      /*tensorrt=*/"libnvinfer.so.11",
      /*cudart=*/"libcudart.so.13",
      /*simulator=*/"../libtrtsim.so",
      kPreloaded,
      {"torch-tensorrt-executorch-runtime", WSB_UPSTREAM_VERSION},
  };
  return wsb::RunHostProcess(kProfile, argc, argv);
}
