"""A disk that is full, and a clock that jumps."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from bench.endure import write_documents

PACKAGE = Path(purport.__file__).parent


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("a small file system cannot be mounted here (not root)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_line_and_nothing_is_lost(small_disk: Path, tmp_path: Path) -> None:
    texts, store = tmp_path / "texts", small_disk / "s.db"
    write_documents(texts, 60)
    command = [sys.executable, "-m", "purport.cli", "read", str(texts), "--store", str(store)]
    full = subprocess.run(command, capture_output=True, text=True)
    assert full.returncode == 2
    assert "the disk is full; free some space and run the same again" in full.stderr
    assert "Traceback" not in full.stderr
    subprocess.run(["mount", "-o", "remount,size=30m", str(small_disk)], check=True)
    with purport.open(store) as corpus:
        kept = len(corpus.documents())
        assert 0 < kept < 60
        assert corpus.verify() == []
    assert subprocess.run(command, capture_output=True).returncode == 0
    with purport.open(store) as corpus:
        assert len(corpus.documents()) == 60
        assert corpus.verify() == []


def test_nothing_asks_what_time_it_is() -> None:
    wall_clock = re.compile(r"time\.time\(|datetime\.now|date\.today|utcnow|time\.localtime|CURRENT_TIMESTAMP|'now'")
    # When a person judged is told by the page; nothing that is found or exported is.
    pages = PACKAGE / "web"
    for path in (one for one in PACKAGE.rglob("*.py") if pages not in one.parents):
        assert not wall_clock.search(path.read_text(encoding="utf-8")), path
