"""An exporter: that of the released torch-tensorrt, whole, with torch and ExecuTorch, on a machine without a GPU.

usage: upstream_full_exporter.py [--side-by-side]

To be run by the Python of an environment that `make_environment.py FOLDER --exporter` made. An engine enters through
upstream's own node no_op_placeholder_for_execute_engine, which takes its plan as a buffer; nothing looks into it. Only
two questions about a device are answered for torch: which one is current, and what it can do. The engines of a method
take each what the one before gives; with --side-by-side they have nothing to do with one another.
"""

import base64
import os
import pickle
import sys
import tempfile

# Python runs with -I, which leaves out even the folder of the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from exporter_protocol import Unsupported, budget_of, bytes_of, name_of, serve

KEYWORD = "weight_streaming_budget_per_engine"
# Of the tensors of every engine of a request, which all are alike.
SHAPE = (1, 4)


def modules_of(torch, layout, runtime, side_by_side):
    class Engine(torch.nn.Module):
        """One engine: takes as many tensors as it has inputs, and gives as many as it has outputs."""

        def __init__(self, engine):
            super().__init__()
            plan = bytearray(bytes_of(engine["plan"]))
            self.register_buffer("plan", torch.frombuffer(plan, dtype=torch.uint8))
            self.inputs = [name_of(name) for name in engine["inputs"]]
            self.outputs = [name_of(name) for name in engine["outputs"]]
            self.aliases = {
                name_of(each["output"]): (name_of(each["input"]), each["kind"]) for each in engine["aliases"]
            }
            self.device = engine["device"]

        def forward(self, *tensors):
            return torch.ops.tensorrt.no_op_placeholder_for_execute_engine(
                list(tensors),
                layout.ABI_VERSION,
                "engine",
                layout.SERIALIZED_RT_DEVICE_DELIM.join([str(self.device), "9", "0", "0", "NVIDIA H200"]),
                self.plan,
                layout.serialize_binding_names(self.inputs),
                layout.serialize_binding_names(self.outputs),
                "0",
                metadata_of(torch, len(self.inputs), len(self.outputs) - len(self.aliases)),
                "linux_x86_64",
                "0",
                "0",
                "0",
                runtime.serialize_aliased_io(self.aliases),
            )

    class Method(torch.nn.Module):
        """Engines one after another: each takes for its first input what the one before gives first."""

        def __init__(self, engines):
            super().__init__()
            self.engines = torch.nn.ModuleList(Engine(engine) for engine in engines)

        def forward(self, *tensors):
            if len(self.engines) == 0:
                return tensors
            results, left, handed = [], list(tensors), None
            for engine in self.engines:
                count = len(engine.inputs) - (0 if handed is None else 1)
                given, left = left[:count], left[count:]
                got = engine(*([] if handed is None else [handed]), *given)
                results += got
                handed = None if side_by_side or not got else got[0]
            return tuple(results)

    return Method


def metadata_of(torch, inputs, outputs):
    """What torch-tensorrt tells of shapes, from which the node knows what it gives besides what aliases an input."""
    tensor = {"shape_exprs": list(SHAPE), "dtype": torch.float16}
    named = [{**tensor, "name": f"input_{at}"} for at in range(inputs)]
    told = {"inout_symexprs": {"inputs": named, "outputs": [dict(tensor) for _ in range(outputs)]}}
    return base64.b64encode(pickle.dumps(told)).decode()


class FullExporter:
    def __init__(self, side_by_side):
        import torch

        torch.cuda.get_device_capability = lambda *_arguments, **_others: (9, 0)
        torch.cuda.current_device = lambda: 0
        import torch_tensorrt
        import torch_tensorrt.dynamo.runtime.meta_ops.register_meta_ops  # noqa: F401
        import torch_tensorrt.executorch as executorch
        from executorch.exir import to_edge_transform_and_lower
        from executorch.exir.backend.compile_spec_schema import CompileSpec
        from torch_tensorrt.dynamo.runtime import _serialized_engine_layout as layout
        from torch_tensorrt.dynamo.runtime import _TorchTensorRTModule as runtime

        self.torch, self.torch_tensorrt, self.executorch = torch, torch_tensorrt, executorch
        self.lower, self.spec = to_edge_transform_and_lower, CompileSpec
        self.method = modules_of(torch, layout, runtime, side_by_side)
        self.side_by_side = side_by_side
        self.folder = tempfile.TemporaryDirectory()

    def __call__(self, request):
        for method in request["methods"]:
            if any(len(engine["outputs"]) == 0 or len(engine["inputs"]) == 0 for engine in method["engines"]):
                raise Unsupported("torch keeps no call without inputs or without outputs")
        programs = self.programs_of(request)
        options = {} if request["budget"] is None else {KEYWORD: budget_of(request["budget"])}
        specs = self.specs_of(request, list(programs))
        if request["way"] == "partitioner":
            return self.written(self.lowered_by_partitioners(programs, specs))
        if specs is not None:
            options["compile_specs"] = specs
        is_one = list(programs) == ["forward"]
        if request["way"] == "export" or not is_one or isinstance(specs, dict):
            if request["format"] != "executorch":
                raise Unsupported("several methods are saved in the format of ExecuTorch alone")
            source = programs["forward"] if is_one else programs
            return self.written(self.executorch.export(source, **options))
        return self.saved(programs["forward"], request["format"], options)

    def programs_of(self, request):
        try:
            return {name_of(method["name"]): self.program_of(method) for method in request["methods"]}
        except Exception:  # of torch, from names that upstream's node reads otherwise
            if request["format"] == "executorch":
                raise
            raise Unsupported("torch makes no program of these engines") from None

    def program_of(self, method):
        module = self.method(method["engines"])
        handed = 0 if self.side_by_side else max(0, len(method["engines"]) - 1)
        count = max(1, sum(len(engine["inputs"]) for engine in method["engines"]) - handed)
        tensors = tuple(self.torch.zeros(SHAPE, dtype=self.torch.float16) for _ in range(count))
        return self.torch.export.export(module, tensors, strict=False)

    def specs_of(self, request, methods):
        given = request["compileSpecs"]
        made = [self.spec(name_of(each["key"]), bytes_of(each["value"])) for each in given]
        if not given or all(each["method"] is None for each in given):
            return made or None
        return {
            name: [spec for spec, each in zip(made, given) if each["method"] in (None, name)] for name in methods
        }

    def lowered_by_partitioners(self, programs, specs):
        own = lambda name: specs.get(name) if isinstance(specs, dict) else specs
        partitioners = {
            name: [self.executorch.TensorRTPartitioner(compile_specs=own(name))] for name in programs
        }
        return self.lower(
            programs, partitioner=partitioners, compile_config=self.executorch.get_edge_compile_config()
        )

    def written(self, edge):
        return {"message": "exported", "program": {"hex": bytes(edge.to_executorch().buffer).hex()}}

    def saved(self, program, output_format, options):
        if output_format == "torchscript":
            program = self.torch.jit.script(self.torch.nn.Identity())
        path = os.path.join(self.folder.name, "program.pte")
        self.torch_tensorrt.save(program, path, output_format=output_format, **options)
        if output_format != "executorch":
            return {"message": "exported", "program": None}
        with open(path, "rb") as file:
            return {"message": "exported", "program": {"hex": file.read().hex()}}


def main(side_by_side):
    # What a library prints while it is imported must not come between the messages.
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    exporter = FullExporter(side_by_side)
    from executorch.version import __version__ as executorch

    versions = {
        "torch-tensorrt": exporter.torch_tensorrt.__version__,
        "torch": exporter.torch.__version__,
        "executorch": executorch.split("+")[0],
        "python": sys.version.split()[0],
    }
    able = {"validate", "blob", "program", "methods", "export", "partitioner", "formats"}
    serve(output, "upstream-exporter", versions, able, exporter)
    output.flush()
    # To take torch down again takes seconds, and nothing is left to be done.
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--side-by-side"]):
        sys.exit(__doc__)
    main(sys.argv[1:] != [])
