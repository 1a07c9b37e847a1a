"""Every hostile input has its outcome, in bounded time and memory, and nothing is written anywhere."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from tests.conftest import ROOT
from tests.hostile import inputs
from tests.outcome import Hostile

MEMORY = 5 * 2**29
"""Bytes of address space in which every input must be readable."""


def outcome(one: Hostile) -> tuple[int, list[str]]:
    """How many documents were read, and the problems that were listed."""
    documents, problems, parts = 0, list[str](), set[str]()
    try:
        for found in read_bytes(one.data, one.name):
            if isinstance(found, Document):
                documents += 1
                assert found.part not in parts, "two documents have the same place"
                assert "\n" not in found.part
                parts.add(found.part)
            else:
                problems.append(str(found))
    except ReadError as error:
        problems.append(str(error))
    return documents, problems


@pytest.mark.timeout(20)
@pytest.mark.parametrize("one", [*inputs()], ids=lambda one: ascii(one.name)[1:40])
def test_hostile(one: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    documents, problems = outcome(one)
    assert one.documents in (None, documents), problems
    assert one.failures in (None, len(problems)), problems
    assert not problems or any(one.says in problem for problem in problems), problems
    assert not any("\n" in problem or "\x1b" in problem for problem in problems)
    assert not list(tmp_path.iterdir())


@pytest.mark.timeout(120)
def test_all_of_them_are_read_in_little_memory() -> None:
    command = [sys.executable, "-m", "tests.read.test_hostile"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert not done.stderr


def main() -> None:
    """Read all inputs that are small or unpack to much, within the limit on memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for one in inputs():
        for problem in outcome(one)[1]:
            assert "MemoryError" not in problem, f"{one.name!r}: {problem}"


if __name__ == "__main__":
    main()
