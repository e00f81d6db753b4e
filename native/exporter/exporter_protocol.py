"""What exporters written in Python share: the protocol of exporters (spec/exporter-protocol.md) in JSON lines."""

import decimal
import enum
import fractions
import json
import logging
import sys
import warnings

# A request of any length is read; what an exporter may say is bounded by the runner.
MOST_WARNINGS = 256
MOST_CHARACTERS = 10000


class Unsupported(Exception):
    """There is no such value, way or format here; says nothing of the exporter."""


def name_of(given):
    """A name of a request as text; bytes that are no UTF-8 have none in Python's exporters."""
    if isinstance(given, str):
        return given
    raise Unsupported("a name that is not UTF-8 cannot be given in Python")


def bytes_of(given):
    return bytes.fromhex(given["hex"])


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


def whole_number(text):
    """An int of any length: Python reads no more than 4,300 digits at once."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    number = 0
    for at in range(0, len(digits), 1000):
        part = digits[at : at + 1000]
        number = number * 10 ** len(part) + int(part)
    return sign * number


def subclass_member(text, shown):
    members = {} if shown is None else {"__str__": lambda _: shown}
    return type("Budget", (int,), members)(whole_number(text))


def enum_member(text, shown, *bases):
    made = enum.Enum("Budget", {"A": whole_number(text)}, type=bases[0] if bases else None)
    if shown is not None:
        made.__str__ = lambda _: shown
    return made.A


def numpy_scalar(kind, value):
    try:
        import numpy
    except ImportError:
        raise Unsupported("there is no numpy here") from None
    return getattr(numpy, kind)(value)


def budget_of(given):
    """The value that a request names with its type."""
    kind, text, shown = given["type"], given["text"], given.get("shown")
    make = {
        "none": lambda: None,
        "int": lambda: whole_number(text),
        "int-subclass": lambda: subclass_member(text, shown),
        "int-enum": lambda: enum_member(text, shown, int),
        "bool": lambda: text == "true",
        "float": lambda: float(text),
        "text": lambda: text,
        "bytes": lambda: text.encode("utf-8"),
        "enum": lambda: enum_member(text, None),
        "decimal": lambda: decimal.Decimal(text),
        "fraction": lambda: fractions.Fraction(text),
        "list": lambda: [whole_number(text)],
        "dict": lambda: {whole_number(text): whole_number(text)},
        "object": object,
        "index": lambda: Index(whole_number(text)),
        "numpy.int64": lambda: numpy_scalar("int64", whole_number(text)),
        "numpy.uint64": lambda: numpy_scalar("uint64", whole_number(text)),
        "numpy.bool": lambda: numpy_scalar("bool_", text == "true"),
    }
    if kind not in make:
        raise Unsupported(f"there is no value of type {kind} here")
    return make[kind]()


class Warned(logging.Handler):
    """Collects what is logged at the level Warning or above."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())


def error_name(error):
    for known in (TypeError, ValueError):
        if isinstance(error, known):
            return known.__name__
    return "other"


def error_text(error):
    try:
        text = f"{type(error).__name__}: {error}"
    except Exception:  # whatever an exporter's error does with its own text
        text = type(error).__name__
    return text.encode("utf-8", "replace").decode("utf-8")[:MOST_CHARACTERS]


def answer_of(message, exporter, handler):
    seq = message["seq"]
    handler.texts = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            said = exporter(message["request"])
        except Unsupported as error:
            return {"message": "unsupported", "seq": seq, "reason": str(error)}
        except (MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:  # whatever an exporter raises is its answer
            said = {"message": "refused", "error": error_name(error), "text": error_text(error)}
    texts = handler.texts + [str(each.message) for each in caught]
    shown = [text.encode("utf-8", "replace").decode("utf-8")[:MOST_CHARACTERS] for text in texts]
    return {**said, "seq": seq, "warnings": shown[:MOST_WARNINGS]}


def serve(output, name, versions, able, exporter):
    """Answers requests until there are no more; `exporter` takes a request and gives an answer without its number."""
    handler = Warned()
    logging.getLogger().addHandler(handler)
    for line in sys.stdin:
        message = json.loads(line)
        if message["message"] == "stop":
            return
        if message["message"] == "hello":
            kinds = ("validate", "blob", "program", "methods", "export", "partitioner", "formats")
            capabilities = {kind: kind in able for kind in kinds}
            said = {"message": "hello", "version": 1, "name": name, "versions": versions, "capabilities": capabilities}
        else:
            said = answer_of(message, exporter, handler)
        output.write(json.dumps(said) + "\n")
        output.flush()
