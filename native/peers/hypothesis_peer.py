"""The same decisions as a user of Hypothesis would check them: strategies made for the domain, the
rules written by hand, and the delegate called through ctypes.

usage: hypothesis_peer.py PACKAGES LIBRARY DELEGATE CASES SEED [--first]

PACKAGES is the folder that Hypothesis is installed in.

Tells `cases N bytes N seconds S`. With --first it ends at the first case that fails, tells
`first N seconds S`, or `none seconds S` when there is none among CASES.
"""

import ctypes
import struct
import sys
import time

sys.path.insert(0, sys.argv[1] if len(sys.argv) > 1 else "")
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

KEY = b"weight_streaming_budget"
INVALID_PROGRAM = 0x23
LARGEST = 2**63 - 1
CAPACITY = 2 + 64 * 24

digits = st.text("0123456789", min_size=1, max_size=24).map(str.encode)
boundaries = st.sampled_from(
    [0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 + 1, LARGEST - 1, LARGEST, LARGEST + 1, 2**64, 2**64 + 1]
).map(lambda number: b"%d" % number)
small = st.integers(0, 4097).map(lambda number: b"%d" % number)
blanks = st.sampled_from([b" ", b"\t", b"\n", b"\r", b"\v", b"\f"])
texts = st.one_of(
    small,
    small,
    boundaries,
    digits,
    st.tuples(st.integers(1, 4), small).map(lambda pair: b"0" * pair[0] + pair[1]),
    st.tuples(st.sampled_from([b"+", b"-"]), small).map(b"".join),
    st.tuples(blanks, small).map(b"".join),
    st.tuples(small, blanks).map(b"".join),
    st.tuples(small, st.just(b"\0"), small).map(b"".join),
    st.sampled_from([b"", b"0x10", b"1.5", b"1e3", b"1_000", b"auto", b"true", b"-0", b"\xef\xbc\x95"]),
    st.tuples(st.integers(253, 256), st.integers(1, 9)).map(lambda pair: b"0" * pair[0] + b"%d" % pair[1]),
    st.binary(max_size=12),
)
keys = st.sampled_from([KEY, KEY, KEY, b"target_device", KEY + b"_", b"x"])
options = st.one_of(
    st.tuples(keys, st.just("bool"), st.booleans()),
    st.tuples(keys, st.just("int"), st.integers(-(2**31), 2**31 - 1)),
    st.tuples(keys, st.just("array"), texts),
    st.tuples(keys, st.just("array"), texts),
)
sizes = st.one_of(
    st.integers(1, 4096), st.integers(1, 4096), st.integers(-2, 1), st.integers(2**31 - 1, 2**33)
)
answers = st.one_of(st.just(0xFF), st.just(0xFF), st.just(0xFE), st.just(0xFC), st.integers(0, 255))
engines = st.tuples(sizes, sizes, answers, st.lists(st.tuples(keys, texts), max_size=2))
cases = st.tuples(st.lists(options, max_size=3), st.lists(engines, min_size=1, max_size=4))


def parse(text):
    """A budget in bytes; None for a text that is none."""
    if not text or any(byte not in b"0123456789" for byte in text):
        return None
    value = int(text)
    return value if value <= LARGEST else None


def chosen_option(drawn):
    """("absent" | "ignored" | "bad" | "budget", bytes) of the first option with the key."""
    for key, kind, value in drawn:
        if key != KEY:
            continue
        if kind == "int":
            return ("budget", value) if value >= 0 else ("bad", 0)
        if kind == "bool":
            return "bad", 0
        text = value[:256].split(b"\0")[0]
        if not text:
            return "ignored", 0
        budget = parse(text)
        return ("bad", 0) if budget is None else ("budget", budget)
    return "absent", 0


def chosen_spec(specs):
    """As chosen_option(), of the compile specs of one engine."""
    values = [value for key, value in specs if key == KEY]
    if not values:
        return "absent", 0
    budget = parse(values[0]) if len(values) == 1 else None
    return ("bad", 0) if budget is None else ("budget", budget)


def expected_engine(option, engine):
    """What one engine comes to: whether the load goes on, and its 24 bytes."""
    streamable, automatic, answer, specs = engine
    spec = chosen_spec(specs)
    warned = option[0] == "ignored"
    by_option = option[0] == "budget"
    if option[0] == "bad" or (not by_option and spec[0] == "bad"):
        return False, struct.pack("<BBBBIqq", 0, 1, 0, 0, 0, 0, 0)
    if by_option or spec[0] == "budget":
        if streamable <= 0:
            return True, struct.pack("<BBBBIqq", 0, 1, 0, 0, 0, 0, 0)
        budget = min(option[1] if by_option else spec[1], streamable)
        taken = answer & 1
        source = (1 if by_option else 2) if taken else 0
        return bool(taken), struct.pack("<BBBBIqq", source, warned or not taken, 1, taken, 0, budget, 0)
    if streamable <= 0:
        return True, struct.pack("<BBBBIqq", 0, warned, 0, 0, 0, 0, 0)
    if answer & 1:
        return True, struct.pack("<BBBBIqq", 3, 2 | warned, 1, 1, 0, automatic, 0)
    taken = answer & 2
    flags = 2 | (warned or not taken)
    return bool(taken), struct.pack("<BBBBIqq", 3 if taken else 0, flags, 2, taken, 0, automatic, 0)


def expected_outcome(case):
    """The outcome of a case, as spec/decision-format.md lays it out."""
    drawn, loaded = case
    option = chosen_option(drawn)
    told = []
    goes_on = True
    for engine in loaded:
        goes_on, record = expected_engine(option, engine)
        told.append(record)
        if not goes_on:
            break
    return bytes([0 if goes_on else INVALID_PROGRAM, len(told)]) + b"".join(told)


def encoded(case):
    """The decision record of a case."""
    drawn, loaded = case
    parts = []
    for key, kind, value in drawn:
        parts.append(bytes([len(key)]) + key)
        if kind == "bool":
            parts.append(bytes([0, value]))
        elif kind == "int":
            parts.append(struct.pack("<Bi", 1, value))
        else:
            parts.append(struct.pack("<BH", 3, len(value[:256])) + value[:256])
    for streamable, automatic, answer, specs in loaded:
        parts.append(struct.pack("<qqBBB", streamable, automatic, answer, 0, len(specs)))
        for key, value in specs:
            parts.append(bytes([len(key)]) + key + struct.pack("<H", len(value)) + value)
    body = b"".join(parts)
    return struct.pack("<HBB", len(body) + 4, len(drawn), len(loaded)) + body


def main(library, delegate, count, start, first):
    peer = ctypes.CDLL(library)
    peer.peer_decide.restype = ctypes.c_int64
    if not peer.peer_open(delegate.encode()):
        sys.exit(f"{delegate} is no delegate with decision depth.")
    outcome = ctypes.create_string_buffer(CAPACITY)
    done = {"cases": 0, "bytes": 0}

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def agree(case):
        record = encoded(case)
        done["cases"] += 1
        done["bytes"] += len(record)
        size = peer.peer_decide(record, ctypes.c_size_t(len(record)), outcome, ctypes.c_size_t(CAPACITY))
        if outcome.raw[: max(size, 0)] != expected_outcome(case):
            found.setdefault("case", done["cases"])
            raise AssertionError(case)

    found = {}
    begin = time.perf_counter()
    try:
        agree()
    except AssertionError:
        if not first:
            raise
    seconds = time.perf_counter() - begin
    if not first:
        print(f"cases {done['cases']} bytes {done['bytes']} seconds {seconds:.6f}")
    elif found:
        print(f"first {found['case']} seconds {seconds:.6f}")
    else:
        print(f"none seconds {seconds:.6f}")


if __name__ == "__main__":
    if len(sys.argv) not in (6, 7) or sys.argv[6:] not in ([], ["--first"]):
        sys.exit(__doc__)
    main(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), len(sys.argv) == 7)
