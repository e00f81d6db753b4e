"""An exporter: that of the released torch-tensorrt, unmodified, on stand-ins for torch and ExecuTorch.

usage: upstream_exporter.py WHEEL VERSION

WHEEL is the folder into which files of the wheel of torch-tensorrt were unpacked, VERSION that of the wheel. Its own
save, export, partitioner, backend and writer of blobs run; what ExecuTorch makes of that is not part of it.
"""

import io
import os
import sys
import types

# Python runs with -I, which leaves out even the folder of the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import stand_ins
from exporter_protocol import Unsupported, budget_of, bytes_of, name_of, serve

KEYWORD = "weight_streaming_budget_per_engine"


class UpstreamExporter:
    def __init__(self, wheel):
        features = stand_ins.install()
        load = lambda name: stand_ins.load(wheel, name)
        self.layout = load("torch_tensorrt.dynamo.runtime._serialized_engine_layout")
        # Only the check of the layout asks whether there is a runtime.
        features.torch_tensorrt_runtime = True
        self.module = load("torch_tensorrt.dynamo.runtime._TorchTensorRTModule")
        load("torch_tensorrt.executorch.serialization")
        self.backend = load("torch_tensorrt.executorch.backend").TensorRTBackend
        load("torch_tensorrt.executorch.operator_support")
        self.partitioner = load("torch_tensorrt.executorch.partitioner").TensorRTPartitioner
        self.export = load("torch_tensorrt.executorch._export").export
        self.compile = load("torch_tensorrt._compile")
        self.complete()

    def complete(self):
        """What the exporter's own files import of each other, and what they call of ExecuTorch."""
        import executorch.exir
        import torch_tensorrt.executorch
        import torch_tensorrt.executorch._export_utils as utils

        package = torch_tensorrt.executorch
        package.export, package.TensorRTPartitioner = self.export, self.partitioner
        package.get_edge_compile_config = lambda: None
        utils.validate_engine_program = lambda program, engines: len(program.engines)
        utils.stage_exported_program = lambda program: program
        utils.replace_execute_engine = lambda program, engines: program
        executorch.exir.to_edge_transform_and_lower = lambda programs, **options: stand_ins.lower(
            programs, preprocess=self.backend.preprocess, **options
        )
        self.compile._has_executorch_exir = lambda: True
        self.compile._normalize_engine_constants_to_python = lambda program: None
        self.compile.open = lambda path, mode: self.file
        self.file = io.BytesIO()

    def program_of(self, method):
        return stand_ins.ExportedProgram([self.nodes_of(engine) for engine in method["engines"]])

    def nodes_of(self, engine):
        inputs = [name_of(name) for name in engine["inputs"]]
        outputs = [name_of(name) for name in engine["outputs"]]
        aliases = {name_of(each["output"]): (name_of(each["input"]), each["kind"]) for each in engine["aliases"]}
        info = [""] * self.layout.SERIALIZATION_LEN
        info[self.layout.NAME_IDX] = "engine"
        info[self.layout.DEVICE_IDX] = self.layout.SERIALIZED_RT_DEVICE_DELIM.join(
            [str(engine["device"]), "9", "0", "0", "NVIDIA H200"]
        )
        info[self.layout.ENGINE_IDX] = bytes_of(engine["plan"])
        info[self.layout.INPUT_BINDING_NAMES_IDX] = self.layout.serialize_binding_names(inputs)
        info[self.layout.OUTPUT_BINDING_NAMES_IDX] = self.layout.serialize_binding_names(outputs)
        info[self.layout.ALIASED_IO_IDX] = self.module.serialize_aliased_io(aliases)
        # As torch knows of a call: what it is told of shapes, and one more for each name that is read as an alias.
        read = self.module.deserialize_aliased_io(info[self.layout.ALIASED_IO_IDX])
        names = self.layout.deserialize_binding_names(info[self.layout.OUTPUT_BINDING_NAMES_IDX])
        count = sum(name not in aliases for name in outputs) + sum(name in read for name in names)
        return stand_ins.engine_nodes(info, len(inputs), count)

    def __call__(self, request):
        programs = {name_of(method["name"]): self.program_of(method) for method in request["methods"]}
        options = {} if request["budget"] is None else {KEYWORD: budget_of(request["budget"])}
        specs = specs_of(request, list(programs))
        if request["way"] == "partitioner":
            return answer(self.lowered_by_partitioners(programs, specs))
        if specs is not None:
            options["compile_specs"] = specs
        # Only one method that every program has is saved by one call; others are exported first.
        if request["way"] == "export" or list(programs) != ["forward"] or isinstance(specs, dict):
            if request["format"] != "executorch":
                raise Unsupported("several methods are saved in the format of ExecuTorch alone")
            source = programs["forward"] if list(programs) == ["forward"] else programs
            return answer(self.export(source, **options))
        return self.saved(programs["forward"], request["format"], options)

    def lowered_by_partitioners(self, programs, specs):
        own = lambda name: specs.get(name) if isinstance(specs, dict) else specs
        chosen = {name: [self.partitioner(compile_specs=own(name))] for name in programs}
        return stand_ins.lower(programs, partitioner=chosen, preprocess=self.backend.preprocess)

    def saved(self, program, output_format, options):
        import torch

        module = torch.jit.ScriptModule() if output_format == "torchscript" else program
        self.file = File()
        self.compile.save(module, "program.pte", output_format=output_format, **options)
        if output_format != "executorch":
            return {"message": "exported", "program": None}
        return answer(self.file.lowered)


class File(io.BytesIO):
    """Takes the place of the file that save writes to."""

    lowered = None


def specs_of(request, methods):
    """The compile specs of the user's as upstream takes them: a list for all methods, or one for each."""
    given = request["compileSpecs"]
    made = [stand_ins.CompileSpec(name_of(each["key"]), bytes_of(each["value"])) for each in given]
    if not given or all(each["method"] is None for each in given):
        return made or None
    return {
        name: [spec for spec, each in zip(made, given) if each["method"] in (None, name)] for name in methods
    }


def answer(lowered):
    methods = [
        {
            "name": name,
            "delegates": [
                {
                    "compileSpecs": [{"key": spec.key, "value": {"hex": spec.value.hex()}} for spec in specs],
                    "blob": {"hex": blob.hex()},
                }
                for specs, blob in delegates
            ],
        }
        for name, delegates in lowered.methods
    ]
    return {"message": "delegates", "methods": methods}


def main(wheel, version):
    output = sys.stdout
    sys.stdout = sys.stderr
    able = {"validate", "blob", "methods", "export", "partitioner", "formats"}
    versions = {"torch-tensorrt": version, "python": sys.version.split()[0]}
    serve(output, "upstream-exporter", versions, able, UpstreamExporter(wheel))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), sys.argv[2])
