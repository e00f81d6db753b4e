"""pytest runs the suite on a delegate: a test for each clause, which shows the smallest program that breaks it.

DELEGATE names the subject, such as so:./libmy_delegate.so. Nothing but pytest and the suite is needed.
"""

import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

SUBJECT = os.environ.get("DELEGATE", "native")
OPTIONS = os.environ.get("CONFORMANCE_OPTIONS", "").split()
SUITE = ["npx", "trt-conformance"]


def clauses():
    """Ids of all clauses, without running anything."""
    listed = subprocess.run([*SUITE, "list", "clauses", "--json"], check=True, capture_output=True)
    return [clause["id"] for clause in json.loads(listed.stdout)]


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """The exit code of one run, and its test cases in JUnit's XML."""
    report = tmp_path_factory.mktemp("conformance")
    command = [*SUITE, "run", "--subject", SUBJECT, "--reporter", "junit", *OPTIONS, "--report", str(report)]
    code = subprocess.run(command, check=False).returncode
    return code, list(ElementTree.parse(report / "junit.xml").getroot().iter("testcase"))


@pytest.mark.parametrize("clause", clauses())
def test_clause(run, clause):
    _, cases = run
    own = [case for case in cases if case.get("name", "").startswith(clause)]
    faults = [fault for case in own for fault in [*case.findall("failure"), *case.findall("error")]]
    if faults:
        pytest.fail("\n".join(fault.text or fault.get("message") or "" for fault in faults), pytrace=False)
    skipped = [case.find("skipped") for case in own]
    if not own or all(reason is not None for reason in skipped):
        pytest.skip("; ".join(reason.get("message") or "" for reason in skipped) or "no case of it was run")


def test_verdict(run):
    code, _ = run
    assert code == 0, f"trt-conformance ended with {code}: its last line says why"
