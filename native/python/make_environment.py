"""Makes the environment in which python_subject.py runs, and in which torch-tensorrt's exporter writes programs.

usage: make_environment.py FOLDER [--exporter]

A virtual environment of 1.6 GB with torch and ExecuTorch of pinned versions, and stand-ins for the NVIDIA libraries
that torch is linked to: none of their functions is called on a machine without a GPU, and each ends the process.
With --exporter also torch-tensorrt and what it imports. Needs Python 3.10 to 3.13 with pip, a C compiler and nm.
"""

import collections
import glob
import os
import re
import subprocess
import sys
import venv

PACKAGES = [
    "torch==2.14.1",
    "executorch==1.5.1",
    "nvidia-cuda-runtime==13.5.37",
    "nvidia-cuda-cupti==13.5.25",
]
EXPORTER = ["torch-tensorrt==2.14.0", "tensorrt-cu13-bindings==11.1.0.106", "torchao==0.18.0"]
# With what they need themselves.
ORDINARY = ["numpy", "sympy", "mpmath==1.3.0", "filelock", "typing_extensions", "networkx", "jinja2", "fsspec"]
ORDINARY += ["pyyaml", "flatbuffers", "ruamel.yaml", "tabulate", "packaging", "pandas", "psutil", "dllist"]
ORDINARY += ["expecttest", "hypothesis", "parameterized", "scikit-learn", "setuptools"]

# Libraries that torch names, and the beginnings of the functions that it wants of each.
LIBRARIES = {
    "libcusparse.so.12": "cusparse(?!Lt)",
    "libcufft.so.12": "cufft",
    "libcufile.so.0": "cuFile",
    "libcusparseLt.so.0": "cusparseLt",
    "libnccl.so.2": "nccl|pnccl",
    "libcurand.so.10": "curand",
    "libcublas.so.13": "cublas(?!Lt)",
    "libcublasLt.so.13": "cublasLt",
    "libcudnn.so.9": "cudnn",
    "libnvrtc.so.13": "nvrtc",
    "libcusolver.so.12": "cusolver",
    "libnvshmem_host.so.3": "nvshmem",
}

# What the bindings of TensorRT ask for when they are imported: registries that know nothing, whose methods all answer 0.
TENSORRT = {
    "libnvinfer.so.11": """
        static long zero(void) { return 0; }
        static void *vtable[66], *registry[2] = {vtable, 0};
        __attribute__((constructor)) static void fill(void) { for (int n = 0; n < 66; ++n) vtable[n] = zero; }
        void *createInferBuilder_INTERNAL(void) { return 0; }
        void *createInferRefitter_INTERNAL(void) { return 0; }
        void *createInferRuntime_INTERNAL(void) { return 0; }
        void *getBuilderPluginRegistry(void) { return registry; }
        void *getPluginRegistry(void) { return registry; }""",
    "libnvinfer_plugin.so.11": "int initLibNvInferPlugins(void) { return 1; }",
    "libnvonnxparser.so.11": """
        void *createNvOnnxParserRefitter_INTERNAL(void) { return 0; }
        void *createNvOnnxParser_INTERNAL(void) { return 0; }
        int getNvOnnxParserVersion(void) { return 110100; }""",
}


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stdout[-2000:]}")
    return done.stdout


def pip_install(python, *arguments):
    # -I: a pip.py in the working folder is none of its business.
    run(python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def undefined_symbols(folder):
    symbols = set()
    for library in glob.glob(os.path.join(folder, "*.so")):
        for line in run("nm", "-D", "--undefined-only", library).splitlines():
            symbols.add(line.split()[-1])
    return symbols


def versions_of(symbols, beginning):
    """The functions that begin so, by the version of theirs that is asked for."""
    by_version = collections.defaultdict(set)
    for symbol in symbols:
        if re.match(f"(?:{beginning})", symbol):
            name, _, version = symbol.partition("@")
            by_version[version.lstrip("@")].add(name)
    return by_version


def write_stand_in(file, by_version):
    names = sorted(set().union(*by_version.values())) if by_version else []
    source = "\n".join(f"void {name}(void) {{ __builtin_trap(); }}" for name in names) + "\n"
    script, seen = "", set()
    for version in sorted(filter(None, by_version)):
        globals_ = " ".join(f"{name};" for name in sorted(by_version[version] - seen))
        script += f"{version} {{ global: {globals_} }};\n"
        seen |= by_version[version]
    compile_library(file, source, script)


def compile_library(file, source, script=""):
    with open(file + ".c", "w", encoding="ascii") as out:
        out.write(source)
    with open(file + ".map", "w", encoding="ascii") as out:
        out.write(script)
    command = ["cc", "-w", "-shared", "-fPIC", "-fno-builtin", f"-Wl,-soname,{os.path.basename(file)}"]
    run(*command, "-o", file, file + ".c", *([f"-Wl,--version-script={file}.map"] if script else []))
    os.remove(file + ".c")
    os.remove(file + ".map")


def stand_for_tensorrt(site):
    libraries, package = os.path.join(site, "tensorrt_libs"), os.path.join(site, "tensorrt")
    os.makedirs(libraries, exist_ok=True)
    os.makedirs(package, exist_ok=True)
    for name, source in TENSORRT.items():
        compile_library(os.path.join(libraries, name), source)
    with open(os.path.join(package, "__init__.py"), "w", encoding="ascii") as out:
        out.write("import sys, tensorrt_bindings\nsys.modules[__name__] = tensorrt_bindings\n")


def make(folder, exporter):
    venv.create(folder, with_pip=True)
    python = os.path.join(folder, "bin", "python")
    pip_install(python, "--no-deps", *PACKAGES, *(EXPORTER if exporter else []))
    pip_install(python, *ORDINARY)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip()
    symbols = undefined_symbols(os.path.join(site, "torch", "lib"))
    stand_ins = os.path.join(site, "nvidia", "cu13", "lib")
    for name, beginning in LIBRARIES.items():
        write_stand_in(os.path.join(stand_ins, name), versions_of(symbols, beginning))
    if exporter:
        stand_for_tensorrt(site)
    run(python, "-c", "import torch, executorch.runtime")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--exporter"]):
        sys.exit(__doc__)
    make(os.path.abspath(sys.argv[1]), "--exporter" in sys.argv)
