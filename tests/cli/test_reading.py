from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import purport
from tests.conftest import Run


def piped(data: bytes, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """`purport` with these bytes on its standard input."""
    command = [sys.executable, "-m", "purport.cli", *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, timeout=120, check=False)


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    store, note = tmp_path / "s.db", tmp_path / "note.txt"
    note.write_text("Petra Lund said that the mine was closed.")
    page = b"<html><body><p>Runa Sel said that nobody was hurt in Orrin.</p></body></html>"
    done = piped(page, "read", "-", note, "--store", store)
    assert done.returncode == 0, done.stderr
    with purport.open(store) as corpus:
        assert {row.paths: row.format for row in corpus.documents()} == {("-",): "html", (str(note),): "text"}
        assert corpus.verify() == []


def test_standard_input_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    done = piped(b"", "read", "-", "--store", tmp_path / "s.db")
    assert done.returncode == 1
    assert b"failed: -: is empty; there is nothing to read" in done.stdout
    done = piped(b"x" * 200, "read", "-", "--store", tmp_path / "s.db", "--limit", "whole=100")
    assert done.returncode == 2
    assert done.stderr.startswith(b"purport: -: is larger than 100 bytes; if you trust the file, raise this limit")


@pytest.mark.parametrize(
    "arguments, line",
    [
        (["https://velmark.example/a"], "https://velmark.example/a: purport fetches nothing: save the page"),
        (["{0}", "--metadata", "{0}/none.csv"], "{0}/none.csv: is not there; check the path (--metadata)"),
        (["{0}", "--metadata", "{0}"], "{0}: is a folder, not a file; name the table itself (--metadata)"),
        (["{0}", "--store", "{0}"], "{0}: is a folder, not a file; name a file in it, such as {0}/my.db (--store)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    arguments: list[str], line: str, tmp_path: Path, purport_command: Run
) -> None:
    told = ["read", *(one.format(tmp_path) for one in arguments)]
    done = purport_command(*told, *([] if "--store" in told else ["--store", tmp_path / "s.db"]))
    assert done.returncode == 2
    assert done.stderr.startswith(f"purport: {line.format(tmp_path)}")
    assert done.stderr.count("\n") == 1
