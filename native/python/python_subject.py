"""A subject: our delegate, as a shared library, in ExecuTorch's own Python runtime, on the simulated TensorRT.

usage: python_subject.py BUILD

BUILD is native/build. To be run by the Python of an environment that make_environment.py made. Python's ExecuTorch
takes no load-time options, so that the compile spec is the only way for a budget, and its programs keep a method
that was loaded, so that none is loaded twice.
"""

import ctypes
import gc
import os
import re
import sys

# Python runs with -I, which leaves out even the folder of the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from adapter import ERRORS, NO_LEAKS, device_numbers, outcome, program_bytes, serve, step

# How the bindings tell an error of ExecuTorch's.
ERROR = re.compile(r"0x:?([0-9a-fA-F]+)")

# Of arenas they tell no error; a device of another type than CUDA's has no allocator.
NO_ARENA = re.compile(r"Failed to allocate \d+ bytes for buffer \d+ on device (-?\d+):")
CUDA = "1"


class Fault(ctypes.Structure):
    _fields_ = [("call", ctypes.c_uint8), ("occurrence", ctypes.c_uint16)]


class Device(ctypes.Structure):
    _fields_ = [
        ("total_bytes", ctypes.c_uint64),
        ("free_bytes", ctypes.c_uint64),
        ("faults", ctypes.POINTER(Fault)),
        ("fault_count", ctypes.c_size_t),
        ("program", ctypes.c_void_p),
        ("program_size", ctypes.c_size_t),
    ]


class Event(ctypes.Structure):
    _fields_ = [
        ("call", ctypes.c_uint8),
        ("ok", ctypes.c_uint8),
        ("engine", ctypes.c_int16),
        ("value", ctypes.c_int64),
    ]


class Live(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in NO_LEAKS]


class Simulator:
    """The functions of native/simulator/control.h."""

    def __init__(self, library):
        self.library = library
        library.trtsim_events.restype = ctypes.POINTER(Event)
        library.trtsim_violations.restype = ctypes.POINTER(ctypes.c_uint8)
        library.trtsim_live.restype = Live

    def begin(self, total, free, faults):
        self.faults = (Fault * max(1, len(faults)))(*faults)
        device = Device(total, free, self.faults, len(faults), None, 0)
        self.library.trtsim_begin(ctypes.byref(device))

    def observed(self):
        count = ctypes.c_size_t()
        events = self.library.trtsim_events(ctypes.byref(count))
        calls = [(each.engine, each.call, each.ok == 1, each.value) for each in events[: count.value]]
        violations = list(self.library.trtsim_violations(ctypes.byref(count))[: count.value])
        return calls, violations


def error_name(exception):
    text = str(exception)
    arena = NO_ARENA.search(text)
    if arena:
        return "MemoryAllocationFailed" if arena[1] == CUDA else "NotFound"
    found = ERROR.search(text)
    return ERRORS.get(int(found[1], 16), "Internal") if found else "Internal"


class PythonHost:
    def __init__(self, runtime, simulator, torch):
        self.runtime = runtime
        self.simulator = simulator
        self.torch = torch

    def run(self, request):
        self.simulator.begin(*device_numbers(request))
        steps, engine_steps = [], []
        try:
            program = self.runtime.load_program(program_bytes(request), verification=self.verification(request))
        except Exception as error:  # whatever the bindings raise
            return outcome(error_name(error))
        methods = {}
        for number, each in enumerate(request["steps"]):
            steps.append(self.carry_out(each, program, methods))
            self.simulator.library.trtsim_end_step()
            new = self.simulator.library.trtsim_engines() - len(engine_steps)
            engine_steps += [number] * new
        # Methods go before their program, the one loaded last first.
        for name in reversed(list(methods)):
            del methods[name]
        del program
        gc.collect()
        calls, violations = self.simulator.observed()
        live = self.simulator.library.trtsim_live()
        leaks = {name: getattr(live, name) for name in NO_LEAKS}
        return {**outcome(None, steps, calls, violations, engine_steps), "leaks": leaks}

    @staticmethod
    def verification(request):
        from executorch.runtime import Verification

        return Verification.Minimal if request["verification"] == "minimal" else Verification.InternalConsistency

    def carry_out(self, each, program, methods):
        name = each["method"]
        if each["op"] == "unload":
            methods.pop(name, None)
            gc.collect()
            return step()
        try:
            if each["op"] == "load":
                methods.pop(name, None)
                gc.collect()
                methods[name] = program.load_method(name)
            elif name in methods:
                methods[name].execute(self.zeros(methods[name]))
            else:
                return step("InvalidState", "execute")
        except Exception as error:  # whatever the bindings raise
            return step(error_name(error), each["op"])
        return step()

    def zeros(self, method):
        metadata = method.metadata
        inputs = [metadata.input_tensor_meta(n) for n in range(metadata.num_inputs())]
        return [self.torch.zeros(tuple(each.sizes()), dtype=self.torch.float16) for each in inputs]


def open_delegate(build):
    """Loads the simulated libraries and the delegate on them; the functions of the simulator."""
    libraries = {}
    for name in ["libtrtsim.so", "libcudart.so", "libnvinfer.so", "libtensorrt_delegate.so"]:
        libraries[name] = ctypes.CDLL(os.path.join(build, name), mode=ctypes.RTLD_GLOBAL)
    paths = [os.path.join(build, name).encode() for name in ("libnvinfer.so", "libcudart.so")]
    if libraries["libtensorrt_delegate.so"].wsb_delegate_configure(*paths) != 0:
        sys.exit("the delegate has loaded another TensorRT already")
    allocator = ctypes.CDLL(os.path.join(build, "libwsb-device-allocator.so"))
    if allocator.wsb_register_cuda_allocator(paths[1]) != 0:
        sys.exit("the simulated CUDA runtime can't be used")
    return Simulator(libraries["libtrtsim.so"])


def main(build):
    # What a library prints while it is imported must not come between the messages.
    output = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(output, "w")
    import torch
    from executorch.runtime import Runtime
    from executorch.version import __version__ as version

    runtime = Runtime.get()
    simulator = open_delegate(build)
    # A collection looks at what requests make, and no longer at all of torch.
    gc.collect()
    gc.freeze()
    able = {"execute", "verification", "faults", "memory", "leaks", "violations", "devices"}
    versions = {
        "executorch": version.split("+")[0],
        "python": sys.version.split()[0],
        "torch": torch.__version__,
        "tensorrt": "11.1.0 (simulated)",
    }
    serve("python", versions, able, PythonHost(runtime, simulator, torch).run, policy="fitting")
    # To take torch down again takes seconds, and nothing is left to be done.
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
