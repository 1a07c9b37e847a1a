"""All hostile inputs as one folder, read by the command: none ends it, half reads, or writes where it must not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import purport
from tests.conftest import ROOT
from tests.hostile import write

LONG = (
    "one-line.txt", "one-word.txt", "colons.txt", "brackets.txt", "short-lines.txt", "lists.md", "stars.md",
    "front.md", "huge-cell.csv", "many.zip",
)  # fmt: skip


@pytest.mark.timeout(1500)
def test_a_folder_of_hostile_files(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    out.mkdir()
    written = write(texts)
    assert len(written) >= 300
    if "PURPORT_WHOLE" not in os.environ:
        # What is long takes minutes to analyse, and is read too where this is set.
        for path in list(texts.rglob("*")):
            if path.is_file() and path.name in LONG:
                path.unlink()
        written = [one for one in written if one.name not in LONG]
    before = {path: path.lstat().st_mtime_ns for path in texts.rglob("*")}
    store = out / "s.db"
    command = [sys.executable, "-m", "purport.cli", "read", str(texts), "--store", str(store), "--workers", "2"]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stdout + done.stderr
    assert not {char for char in done.stdout + done.stderr if char < " "} - {"\n"}
    assert {path: path.lstat().st_mtime_ns for path in texts.rglob("*")} == before
    assert {path.name for path in out.iterdir()} <= {"s.db", "s.db-wal", "s.db-shm"}
    assert {path.name for path in tmp_path.iterdir()} == {"texts", "out"}
    with purport.open(store) as corpus:
        assert corpus.verify() == []
        met: Counter[str] = Counter()
        for name in corpus.store.ids():
            # The same bytes are one document, met at several places.
            met.update(Path(one.path).relative_to(texts).parts[0] for one in corpus.store.sightings(name))
        failed = Counter(Path(one.path).relative_to(texts).parts[0] for one in corpus.store.problems())
    assert ROOT not in tmp_path.parents
    for folder, one in zip(sorted(path.name for path in texts.iterdir() if any(path.iterdir())), written, strict=True):
        assert one.documents in (None, met[folder]), f"{folder}/{one.name!r}"
        assert one.failures in (None, failed[folder]), f"{folder}/{one.name!r}"
