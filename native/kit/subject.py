#!/usr/bin/env python3
"""A subject: answers the suite's protocol (spec/protocol.md) in JSON lines, at decision depth.

Needs Python 3.8 and nothing else. Let decide_budget() ask your delegate, and say its name in HELLO.

    npx trt-conformance run --subject "exec:python3 native/kit/subject.py"
"""

import json
import sys

BUDGET_KEY = b"weight_streaming_budget"
MAX_BUDGET = 2**63 - 1

HELLO = {
    "message": "hello",
    "version": 1,
    "framing": "json-lines",
    "name": "kit-python",
    "versions": {"python": sys.version.split()[0]},
    "profile": "budget",
    "capabilities": {
        "program": False,
        "decision": True,
        "module": False,
        "execute": False,
        "verification": False,
        "faults": False,
        "memory": False,
        "plans": False,
        "source": True,
        "warned": True,
        "leaks": False,
        "violations": False,
        "progress": False,
    },
}


class Rejected(Exception):
    """init() has to return InvalidProgram."""


class Engine:
    """Plays the engine that a case describes, and notes what it is asked."""

    def __init__(self, script):
        self.streamable = int(script["streamable"])
        self._automatic = int(script["automatic"])
        self._answers = script["setAnswers"]
        self.automatic_read = False
        self.sets = []

    def automatic(self):
        self.automatic_read = True
        return self._automatic

    def set(self, budget):
        count = len(self.sets)
        ok = count < len(self._answers) and self._answers[count]
        self.sets.append({"budget": str(budget), "ok": ok})
        return ok


def name_bytes(name):
    """A name or key: a string, or in hexadecimal when its bytes are no UTF-8."""
    return name.encode() if isinstance(name, str) else bytes.fromhex(name["hex"])


def until_nul(data):
    return data.split(b"\0", 1)[0]


def parse_budget(data):
    """Decimal digits and nothing else, up to 2^63 - 1."""
    if not data or any(byte not in b"0123456789" for byte in data):
        raise Rejected
    # Leading zeros do not count; Python refuses to convert thousands of digits.
    digits = data.lstrip(b"0")
    if len(digits) > 19 or int(digits or b"0") > MAX_BUDGET:
        raise Rejected
    return int(digits or b"0")


def find_option(options):
    """The budget that the first option under the key asks for, and whether an empty one was ignored."""
    for option in options:
        if until_nul(name_bytes(option["key"])) != BUDGET_KEY:
            continue
        value = option["value"]
        if value["type"] == "array":
            text = until_nul(bytes.fromhex(value["bytes"]["hex"]))
            return (None, True) if not text else (parse_budget(text), False)
        if value["type"] == "bool" or value["value"] < 0:
            raise Rejected
        return value["value"], False
    return None, False


def find_spec(specs):
    found = [spec["value"]["hex"] for spec in specs if until_nul(name_bytes(spec["key"])) == BUDGET_KEY]
    if len(found) > 1:
        raise Rejected
    return parse_budget(bytes.fromhex(found[0])) if found else None


def decide_budget(options, specs, engine):
    """The rules for one engine: source of the budget that it now has, and whether the log complains."""
    budget, ignored = find_option(options)
    source = "option"
    if budget is None:
        budget = find_spec(specs)
        source = "automatic" if budget is None else "compile-spec"
    if engine.streamable <= 0:
        return None, ignored or budget is not None
    if budget is None:
        accepted = engine.set(engine.automatic()) or engine.set(0)
    else:
        accepted = engine.set(min(budget, engine.streamable))
    if not accepted:
        raise Rejected
    return source, ignored


def run_case(case):
    engines = []
    error = "Ok"
    for script in case["engines"]:
        engine = Engine(script)
        try:
            source, warned = decide_budget(case["options"], script["compileSpecs"], engine)
        except Rejected:
            source, warned, error = None, True, "InvalidProgram"
        engines.append(
            {
                "source": source,
                "warned": warned,
                "automaticRead": engine.automatic_read,
                "sets": engine.sets,
            }
        )
        if error != "Ok":
            break
    return {"error": error, "engines": engines}


def write(message):
    # Written through at once: a case that ends the process can be told from its neighbours.
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def main():
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if message["message"] == "stop":
            return
        if message["message"] == "hello":
            write(HELLO)
        elif message["message"] == "decide":
            seq = message["seq"]
            write({"message": "begin", "seq": seq})
            write({"message": "decision", "seq": seq, "decision": run_case(message["case"])})


if __name__ == "__main__":
    main()
