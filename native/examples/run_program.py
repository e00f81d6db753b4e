"""Runs a program on TensorRT from Python: ctypes, the stock ExecuTorch runtime and the delegate.

usage: python3 run_program.py librun_program.so libtensorrt_delegate.so PROGRAM.pte [BUDGET]
"""

import ctypes
import sys

MOST_OUTPUT_BYTES = 64 << 20
ONE = b"\x00\x3c"  # 1.0 in float16


def run_program(library, delegate, program, budget=None):
    """The bytes of the first output for inputs of 1.0; budget in bytes, None lets the delegate choose."""
    run = ctypes.CDLL(library).run_program
    run.restype = ctypes.c_int
    run.argtypes = [ctypes.c_char_p] * 4 + [
        ctypes.c_size_t,
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.POINTER(ctypes.c_size_t),
    ]
    output = ctypes.create_string_buffer(MOST_OUTPUT_BYTES)
    written = ctypes.c_size_t(0)
    text = None if budget is None else str(budget).encode()
    error = run(
        delegate.encode(), program.encode(), text, ONE, len(ONE), output, len(output), ctypes.byref(written)
    )
    if error != 0:
        raise RuntimeError(f"{program} did not run: ExecuTorch's error {error}; its log says why")
    return output.raw[: written.value]


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    values = run_program(*sys.argv[1:])
    print(f"{len(values)} bytes:", values[:16].hex(" "), "..." if len(values) > 16 else "")
