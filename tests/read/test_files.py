from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes, read_file
from purport.read.limits import Limits
from purport.read.options import Failure, Options

INPUTS = sorted((Path(__file__).parent / "golden" / "inputs").iterdir())


def outcome(found: Iterator[Document | Failure]) -> list[Document | Failure] | str:
    try:
        return list(found)
    except ReadError as error:
        return str(error)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_file_is_read_as_its_bytes_are(path: Path) -> None:
    assert outcome(read_file(path)) == outcome(read_bytes(path.read_bytes(), path.name))


@pytest.mark.timeout(10)
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(ReadError, match="is no regular file"):
            list(read_file(path))
    for name in ("none.txt", "a\0b.txt", "n" * 300 + ".txt"):
        with pytest.raises(ReadError, match="cannot be opened"):
            list(read_file(tmp_path / name))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"Mara Denk denied it.")
        file.truncate(50 * 2**30)
    with pytest.raises(ReadError, match=r"a\.txt: is larger than 64 MB; .* raise this limit: text=128MB"):
        list(read_file(path))


def test_a_file_that_becomes_shorter_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Mara Denk denied it."}\n' * 200_000)
    found = read_file(path)
    assert isinstance(next(found), Document)
    os.truncate(path, 2_000_000)
    with pytest.raises(ReadError, match=r"a\.jsonl: became shorter"):
        list(found)


def test_a_file_that_is_gone_is_still_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Mara Denk denied it."}\n' * 1000)
    found = read_file(path)
    next(found)
    path.unlink()
    assert len(list(found)) == 999


def test_rows_are_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(60):
            file.write(b'{"text": "' + b"Mara Denk denied it. " * 47_000 + b'"}\n')
    script = (
        "import sys, resource; from pathlib import Path; from purport.read.files import read_file\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert sum(1 for _ in read_file(Path(sys.argv[1]))) == 60\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 40, "megabytes more than before, for a file of 57"


def test_limits_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>Mara Denk denied it.")
    with pytest.raises(ReadError, match="this limit: whole=20"):
        list(read_file(path, Options(limits=Limits(whole=10))))


def test_heavy_libraries_are_imported_when_they_are_needed() -> None:
    heavy = ("markdown_it", "lxml", "trafilatura", "fastwarc", "email.message", "zipfile", "pypdfium2", "docx")
    script = f"import sys, purport.read.formats; print([m for m in {heavy} if m in sys.modules])"
    code = "import sys, types; sys.modules['purport'] = p = types.ModuleType('purport'); p.__path__ = [sys.argv[1]]\n"
    root = str(Path(__file__).parents[2] / "purport")
    done = subprocess.run([sys.executable, "-c", code + script, root], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
