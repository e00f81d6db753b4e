"""Runs a program on TensorRT in ExecuTorch's own Python runtime, with the delegate beside it.

usage: python3 run_in_executorch.py libtensorrt_delegate.so PROGRAM.pte

The budget is the one that the program was exported with: this runtime takes no load-time options.
"""

import ctypes
import sys

# The import loads libexecutorch.so, which the delegate then registers itself with.
import torch
from executorch.runtime import Runtime


def run_program(delegate, program):
    """The outputs of the method forward for inputs of 1.0, float16."""
    ctypes.CDLL(delegate)
    method = Runtime.get().load_program(program).load_method("forward")
    metadata = method.metadata
    inputs = [metadata.input_tensor_meta(n) for n in range(metadata.num_inputs())]
    return method.execute([torch.ones(tuple(each.sizes()), dtype=torch.float16) for each in inputs])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for output in run_program(*sys.argv[1:]):
        print(tuple(output.shape), output.dtype)
