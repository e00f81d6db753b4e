"""Stand-ins for all that torch-tensorrt's exporter imports, so that its own files run without torch or ExecuTorch.

What is asked of a stand-in and is not here is a class of its own, which can be called, raised from and inherited:
enough for names that are imported and never used on the way of a budget. What the exporter uses on that way is here:
graphs of engine nodes, a partitioner that takes each engine for itself, and ExecuTorch's lowering as far as it asks
a partitioner for compile specs and a backend for bytes.
"""

import dataclasses
import importlib.machinery
import importlib.util
import operator
import sys
import types
import typing

PACKAGES = ("torch", "executorch", "torch_tensorrt", "tensorrt", "typing_extensions")


class StandIn(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made


class Finder:
    """Finds a stand-in for every module of PACKAGES that is not one of the files of the wheel."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        module.__path__ = []


@dataclasses.dataclass
class CompileSpec:
    key: str
    value: bytes


@dataclasses.dataclass
class DelegationSpec:
    backend_id: str
    compile_specs: list


@dataclasses.dataclass
class PartitionResult:
    tagged_exported_program: object
    partition_tags: dict


@dataclasses.dataclass
class PreprocessResult:
    processed_bytes: bytes


class Node:
    """A node of a graph; `schema` is the name of the operator that it calls."""

    def __init__(self, op, name, target=None, args=(), schema=None):
        self.op, self.name, self.args, self.meta = op, name, args, {}
        named = types.SimpleNamespace(name=schema)
        self.target = target if schema is None else types.SimpleNamespace(_schema=named)


class ExportedProgram:
    """A program that is nothing but engines, one after another; each is a list of nodes of which one is the engine."""

    def __init__(self, engines):
        self.engines = engines
        nodes = [node for nodes in engines for node in nodes]
        self.graph_module = types.SimpleNamespace(
            graph=types.SimpleNamespace(nodes=nodes), meta={}, named_modules=lambda: [], named_buffers=lambda: []
        )
        self.graph_signature = types.SimpleNamespace(buffers_to_mutate={}, inputs_to_buffers={}, input_specs=[])
        self.state_dict, self.constants = {}, {}


class Partition:
    def __init__(self, at, nodes):
        self.id, self.nodes = at, nodes


class CapabilityBasedPartitioner:
    """Gives each engine a partition of its own, as torch does where nothing stands between engines."""

    def __init__(self, graph_module, support, allows_single_node_partition):
        self.nodes, self.support = graph_module.graph.nodes, support

    def propose_partitions(self):
        supported = [node for node in self.nodes if self.support.is_node_supported({}, node)]
        return [Partition(at, [node]) for at, node in enumerate(supported)]


class Partitioner:
    pass


class Lowered:
    """What lowering gives: of each method its delegates, with their compile specs and their bytes."""

    def __init__(self, methods):
        self.methods = methods
        self._tensor_data = {}

    def to_executorch(self, config=None):
        return self

    def write_to_file(self, file):
        file.lowered = self


def lower(programs, *, partitioner, preprocess, **_others):
    """As ExecuTorch's to_edge_transform_and_lower asks partitioners and backends."""
    by_method = programs if isinstance(programs, dict) else {"forward": programs}
    chosen = partitioner if isinstance(partitioner, dict) else dict.fromkeys(by_method, partitioner)
    methods = []
    for name, program in by_method.items():
        specs = {}
        for each in chosen[name]:
            specs.update(each.partition(program).partition_tags)
        delegates = []
        for nodes in program.engines:
            tags = {node.meta["delegation_tag"] for node in nodes if "delegation_tag" in node.meta}
            for tag in tags:
                compile_specs = specs[tag].compile_specs
                blob = preprocess(ExportedProgram([nodes]), compile_specs).processed_bytes
                delegates.append((compile_specs, blob))
        methods.append((name, delegates))
    return Lowered(methods)


def engine_nodes(info, inputs, outputs):
    """An engine as upstream puts it into a graph to be lowered: its tensors, the call, and what is got from it."""
    placeholders = [Node("placeholder", f"arg_{at}") for at in range(inputs)]
    call = Node(
        "call_function",
        "engine",
        args=(placeholders, *info),
        schema="tensorrt::no_op_placeholder_for_execute_engine",
    )
    got = [Node("call_function", f"getitem_{at}", operator.getitem, (call, at)) for at in range(outputs)]
    return [*placeholders, call, *got, Node("output", "output", args=(tuple(got),))]


def load(folder, name):
    """A file of the wheel as the module that it is."""
    path = f"{folder}/{name.replace('.', '/')}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _, last = name.rpartition(".")
    setattr(importlib.import_module(package), last, module)
    return module


def install():
    """Puts the stand-ins in place; the modules that the exporter's own files are loaded over."""
    sys.meta_path.insert(0, Finder())
    get = importlib.import_module
    features = types.SimpleNamespace(
        fx_frontend=False, torchscript_frontend=False, dynamo_frontend=True, torch_tensorrt_runtime=False
    )
    get("typing_extensions").TypeGuard = typing.Optional
    get("torch_tensorrt._features").ENABLED_FEATURES = features
    get("torch_tensorrt._features").needs_cross_compile = lambda function: function
    get("torch.export").ExportedProgram = ExportedProgram
    get("torch").export = get("torch.export")
    get("torch.fx").Node = Node
    get("torch").fx = get("torch.fx")
    get("torch").jit = get("torch.jit")
    get("torch").nn = get("torch.nn")
    get("torch").cuda = get("torch.cuda")
    get("torch").ops = get("torch.ops")
    get("torch")._ops = get("torch._ops")
    get("torch.jit").save = lambda *_arguments, **_others: None
    get("torch.export").save = lambda *_arguments, **_others: None
    get("torch.fx.passes.infra.partitioner").CapabilityBasedPartitioner = CapabilityBasedPartitioner
    get("executorch.exir.backend.compile_spec_schema").CompileSpec = CompileSpec
    details = get("executorch.exir.backend.backend_details")
    details.CompileSpec, details.PreprocessResult = CompileSpec, PreprocessResult
    partitioner = get("executorch.exir.backend.partitioner")
    partitioner.DelegationSpec, partitioner.PartitionResult = DelegationSpec, PartitionResult
    partitioner.Partitioner = Partitioner
    get("executorch.exir.backend.utils").tag_constant_data = lambda program: None
    get("executorch.exir.passes.propagate_device_pass").TARGET_DEVICE_COMPILE_SPEC_KEY = "target_device"
    exporter = get("torch_tensorrt.dynamo._exporter")
    exporter._declare_aliased_kv_mutations_on_ep = lambda program, **_others: program
    return features
