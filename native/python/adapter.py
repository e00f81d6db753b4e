"""What subjects written in Python share: the suite's protocol (spec/protocol.md) in JSON lines, at program depth."""

import json
import sys

CALLS = [
    "deserializeCudaEngine",
    "getWeightStreamingAutomaticBudget",
    "setWeightStreamingBudgetV2",
    "createExecutionContext",
    "enqueueV3",
]
VIOLATIONS = [
    "unknown-slot",
    "use-after-destroy",
    "set-with-context",
    "destroy-engine-with-context",
    "destroy-runtime-with-engine",
    "plan-out-of-bounds",
    "misaligned-plan",
    "null-argument",
    "device-left-changed",
    "wrong-memory",
    "threads-differ",
]
FAULTS = [
    "createInferRuntime",
    "cudaSetDevice",
    "cudaEventCreateWithFlags",
    "cudaDeviceGetAttribute",
    "cudaMalloc",
    "cudaMemcpy",
    "deserializeCudaEngine",
    "setWeightStreamingBudgetV2",
    "createExecutionContext",
    "enqueueV3",
    "cudaMemcpyAsync",
    "cudaEventRecord",
    "cudaEventSynchronize",
]
ERRORS = {
    0x01: "Internal",
    0x02: "InvalidState",
    0x10: "NotSupported",
    0x11: "NotImplemented",
    0x12: "InvalidArgument",
    0x13: "InvalidType",
    0x14: "OperatorMissing",
    0x20: "NotFound",
    0x21: "MemoryAllocationFailed",
    0x22: "AccessFailed",
    0x23: "InvalidProgram",
    0x24: "InvalidExternalData",
    0x25: "OutOfResources",
    0x30: "DelegateInvalidCompatibility",
    0x31: "DelegateMemoryAllocationFailed",
    0x32: "DelegateInvalidHandle",
}
NO_LEAKS = dict.fromkeys(["runtimes", "engines", "contexts", "events", "allocations"], 0)


class Unknown(Exception):
    """A case could not be run, for a reason that says nothing of the delegate."""


def program_bytes(request):
    return bytes.fromhex(request["program"]["hex"])


def device_numbers(request):
    """Total and free bytes, and the calls that fail, as (call, occurrence)."""
    device = request["device"]
    faults = [(FAULTS.index(fault["call"]), fault["occurrence"]) for fault in device["faults"]]
    return int(device["totalBytes"]), int(device["freeBytes"]), faults


def engines_of(calls, steps):
    """The engines of an outcome, from (engine, call, ok, value) in the order made, and the step of each engine."""
    engines = {}
    for number, call, ok, value in calls:
        if number < 0 or call >= len(CALLS):
            continue
        at = steps[number] if number < len(steps) else 0
        engine = engines.setdefault(number, {"step": at, "source": None, "applied": None, "calls": []})
        made = {"call": CALLS[call]}
        if call in (1, 2):
            made["budget"] = str(value)
        if call != 1:
            made["ok"] = ok
        engine["calls"].append(made)
        if call == 2 and ok:
            engine["applied"] = str(value)
    return [engines[number] for number in sorted(engines)]


def step(error=None, phase=None, warned=False):
    if error is None:
        return {"kind": "ok", "warned": warned}
    return {"kind": "rejected", "phase": phase, "error": error, "warned": warned}


def outcome(program_error, steps=(), calls=(), violations=(), engine_steps=()):
    program = {"kind": "ok"} if program_error is None else {"kind": "rejected", "error": program_error}
    return {
        "program": program,
        "steps": list(steps),
        "engines": engines_of(calls, engine_steps),
        "leaks": NO_LEAKS,
        "violations": [VIOLATIONS[number] for number in violations],
    }


def serve(name, versions, able, run, policy="upstream"):
    """Answers until the runner stops: run() makes an outcome of a request, `able` are the capabilities."""
    names = ["decision", "module", "execute", "verification", "faults", "memory", "plans", "source", "warned"]
    names += ["leaks", "violations", "progress", "devices", "options", "steps"]
    capabilities = {"program": True, **{each: each in able for each in names}}
    # What libraries print must not come between the messages.
    output = sys.stdout
    sys.stdout = sys.stderr

    def write(message):
        output.write(json.dumps(message, separators=(",", ":")) + "\n")
        output.flush()

    for line in sys.stdin.buffer:
        message = json.loads(line)
        if message["message"] == "stop":
            return
        if message["message"] == "hello":
            hello = {"message": "hello", "version": 1, "framing": "json-lines", "name": name, "policy": policy}
            write({**hello, "versions": versions, "capabilities": capabilities})
        elif message["message"] == "run":
            write({"message": "begin", "seq": message["seq"]})
            try:
                made = {"message": "outcome", "outcome": run(message["request"])}
            except Unknown as error:
                made = {"message": "failure", "reason": str(error)}
            write({**made, "seq": message["seq"]})
