"""Writes the programs of this folder anew with torch-tensorrt's released exporter, on a machine without a GPU.

usage: export_programs.py FOLDER

To be run by the Python of an environment that `native/python/make_environment.py FOLDER --exporter` made; README.md says
what this covers and what it does not. The engines are scripted plans (spec/scripted-plan.md): they come in through the node
that the exporter itself uses for an engine that was built before.
"""

import base64
import enum
import os
import pickle
import struct
import sys
import zlib

import torch

torch.cuda.get_device_capability = lambda *_arguments, **_options: (9, 0)
torch.cuda.current_device = lambda: 0

import torch_tensorrt  # noqa: E402  (after the two functions above)
import torch_tensorrt.dynamo.runtime.meta_ops.register_meta_ops  # noqa: E402, F401
from executorch.exir import ExecutorchBackendConfig  # noqa: E402
from executorch.exir.backend.compile_spec_schema import CompileSpec  # noqa: E402

BUDGET = "weight_streaming_budget_per_engine"
WIDTH = 4


class ME(int, enum.Enum):
    """Its text is what the exporter writes for a budget: "ME.A"."""

    A = 8192


def scripted_plan(streamable, automatic):
    """A plan of one input and one output, float16 [1, 4], scratch 512, activations 1024."""
    bindings = b""
    for mode, name in ((1, b"input_0"), (2, b"output_0")):
        bindings += struct.pack("<BBBBHH2q", mode, 1, 2, 0, len(name), 0, 1, WIDTH) + name
    body = struct.pack("<BBBBIBBBB4q", 0, 1, 2, 0, 0, 0, 0, 0, 0, streamable, automatic, 512, 1024) + bindings
    return b"WSBPLAN\0" + struct.pack("<HBBII", 1, 1, 0, 20 + len(body), zlib.crc32(body)) + body


def metadata():
    # A list of its own for each tensor: a pickle tells one that is shared.
    inputs = [{"shape_exprs": [1, WIDTH], "dtype": torch.float16, "name": "input_0"}]
    expressions = {"inputs": inputs, "outputs": [{"shape_exprs": [1, WIDTH], "dtype": torch.float16}]}
    return base64.b64encode(pickle.dumps({"inout_symexprs": expressions})).decode()


class Engine(torch.nn.Module):
    def __init__(self, plan):
        super().__init__()
        self.register_buffer("engine", torch.frombuffer(bytearray(plan), dtype=torch.uint8))

    def forward(self, x):
        place = "0%9%0%0%NVIDIA H100"
        flags = ("linux_x86_64", "0", "0", "0", "")
        names = ("input_0", "output_0", "0")
        run = torch.ops.tensorrt.no_op_placeholder_for_execute_engine
        return run([x], "10", "eng", place, self.engine, *names, metadata(), *flags)[0]


class Chain(torch.nn.Module):
    def __init__(self, plans):
        super().__init__()
        self.e = torch.nn.ModuleList(Engine(plan) for plan in plans)

    def forward(self, x):
        for engine in self.e:
            x = engine(x)
        return x


def save(file, plans, **options):
    inputs = (torch.zeros(1, WIDTH, dtype=torch.float16),)
    program = torch.export.export(Chain(plans), inputs, strict=False)
    torch_tensorrt.save(program, file, output_format="executorch", **options)


def main(folder):
    one = [scripted_plan(4096, 2048)]
    two = [*one, scripted_plan(8192, 100)]
    on_host = ExecutorchBackendConfig(enable_non_cpu_memory_planning=False)
    nul_key = [CompileSpec("weight_streaming_budget\0x", b"7")]
    programs = {
        "one_engine_on_device_automatic": (one, {}),
        "one_engine_on_device_budget_1000": (one, {BUDGET: 1000}),
        "two_engines_on_device_budget_6000": (two, {BUDGET: 6000}),
        "two_engines_on_host_budget_6000": (two, {BUDGET: 6000, "backend_config": on_host}),
        "budget_of_an_enum": (one, {BUDGET: ME.A}),
        "budget_key_with_nul": (one, {BUDGET: 5, "compile_specs": nul_key}),
    }
    for name, (plans, options) in programs.items():
        save(os.path.join(folder, f"{name}.pte"), plans, **options)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
