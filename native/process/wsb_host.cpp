// wsb-host: runs a delegate that registers with ExecuTorch's shared library, in a process of its
// own.

#include "process/serve/host_process.h"

int main(int argc, char** argv) {
  // Whatever versions of TensorRT and of CUDA the delegate was linked to.
  static constexpr const char* kPreloaded[] = {
      "sonames/libcudart.so.12",
      "sonames/libcudart.so.13",
      "sonames/libnvinfer.so.10",
      "sonames/libnvinfer.so.11",
      nullptr,
  };
  constexpr wsb::HostProfile kProfile = {
      "wsb-host",
      /*verifies_consistency=*/true,
      /*delegate=*/nullptr,
      /*tensorrt=*/"sonames/libnvinfer.so.11",
      /*cudart=*/"sonames/libcudart.so.13",
      /*simulator=*/"libtrtsim.so",
      kPreloaded,
      /*release=*/{nullptr, nullptr},
  };
  return wsb::RunHostProcess(kProfile, argc, argv);
}
