"""A subject: the C++ runner in the wheel of torch-tensorrt, unmodified, a process for each request.

usage: runner_subject.py RUNNER LIBRARIES OBSERVER VERSION

RUNNER is example_executorch_runner, LIBRARIES the folders with the libraries that it asks for (as in
LD_LIBRARY_PATH), OBSERVER the library that writes down what it does (native/upstream/observer.cpp), VERSION that of
the wheel. It loads the first method of a file and executes it; it takes no options.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile

# Python runs with -I, which leaves out even the folder of the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from adapter import ERRORS, Unknown, device_numbers, outcome, program_bytes, serve, step

# Where the runner says that it gives up, and with which error of ExecuTorch's.
LOAD_FAILED = re.compile(r"(?:load_method\('.*'\)|device allocation for planned buffer .*) failed: 0x([0-9a-f]+)")
EXECUTE_FAILED = re.compile(r"execute\(\) failed on run \d+: 0x([0-9a-f]+)")
# What the observer ends it with when it aborts.
ABORTED = 134
GAVE_UP = re.compile(r"assert failed \(")
NO_METHODS = "Program has no methods"
WARNED = re.compile(r"^E .*weight_streaming_budget", re.MULTILINE)


def read_observed(path):
    calls, violations = [], []
    with open(path, encoding="ascii") as lines:
        for line in lines:
            kind, *numbers = line.split()
            numbers = [int(number) for number in numbers]
            if kind == "call":
                calls.append((numbers[0], numbers[1], numbers[2] == 1, numbers[3]))
            elif kind == "violation":
                violations.append(numbers[0])
    return calls, violations


def crash(number):
    os.kill(os.getpid(), number)


class Runner:
    def __init__(self, runner, libraries, observer):
        self.runner = runner
        self.libraries = libraries
        self.observer = observer

    def run(self, request):
        runs = sum(each["op"] == "execute" for each in request["steps"])
        with tempfile.TemporaryDirectory() as folder:
            program, observed = os.path.join(folder, "program.pte"), os.path.join(folder, "observed")
            with open(program, "wb") as file:
                file.write(program_bytes(request))
            log, code = self.start(request, program, observed, runs)
            if code < 0 or (code == ABORTED and not GAVE_UP.search(log)):
                # It crashed, and so does this process. To give up it aborts, too, but says why.
                crash(-code if code < 0 else signal.SIGABRT)
            calls, violations = read_observed(observed)
        if "Failed to parse model" in log:
            return outcome(self.parse_error(log), calls=calls, violations=violations)
        if code != 0 and NO_METHODS not in log and not (LOAD_FAILED.search(log) or EXECUTE_FAILED.search(log)):
            if code == ABORTED:
                # It gave up on what no delegate has a part in, such as a file without methods.
                crash(signal.SIGABRT)
            # Such as a library that it lacks. What the program would do is not known.
            last = log.strip().splitlines()[-1:] or ["it said nothing"]
            raise Unknown(f"the runner ended with {code}, and this adapter does not know why: {last[0]}")
        return outcome(None, self.steps(request, log), calls, violations)

    def start(self, request, program, observed, runs):
        total, free, faults = device_numbers(request)
        texts = [f"{call}:{occurrence}" for call, occurrence in faults]
        device = " ".join([str(total), str(free), *texts])
        environment = {
            "LD_LIBRARY_PATH": self.libraries,
            "LD_PRELOAD": self.observer,
            "WSB_DEVICE": device,
            "WSB_OBSERVED": observed,
        }
        command = [self.runner, f"--model_path={program}", f"--num_runs={runs}"]
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return done.stderr.decode(errors="replace"), done.returncode

    @staticmethod
    def parse_error(log):
        # It does not tell the error. Its loader's, for what is not in the file, tells itself in the log.
        return "InvalidArgument" if "overflow detected" in log else "InvalidProgram"

    @staticmethod
    def steps(request, log):
        warned = WARNED.search(log) is not None
        loaded, executed = LOAD_FAILED.search(log), EXECUTE_FAILED.search(log)
        steps = []
        for each in request["steps"]:
            if each["op"] == "load":
                error = ERRORS[int(loaded[1], 16)] if loaded else "InvalidArgument" if NO_METHODS in log else None
                steps.append(step(error, "load", warned))
            elif each["op"] == "unload":
                steps.append(step())
            elif loaded or NO_METHODS in log:
                steps.append(step("InvalidState", "execute"))
            else:
                steps.append(step(ERRORS[int(executed[1], 16)] if executed else None, "execute"))
        return steps


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    able = {"execute", "faults", "memory", "warned", "violations", "devices"}
    # torch-tensorrt 2.14.0 is built against ExecuTorch 1.4.1.
    versions = {"torch-tensorrt": sys.argv[4], "executorch": "1.4.1", "tensorrt": "11.1.0 (simulated)"}
    serve("upstream-runner", versions, able, Runner(*sys.argv[1:4]).run)
