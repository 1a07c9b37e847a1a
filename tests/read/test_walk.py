from __future__ import annotations

import os
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.read import walk


def test_walk(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b-1.txt", "b/.hidden.txt", ".git/x.txt", "b/1.ann", "b/c/3", "pic.PNG"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "again").symlink_to(tmp_path / "b")
    (tmp_path / "z.txt").symlink_to(tmp_path / "a.txt")
    found = [path.relative_to(tmp_path).as_posix() for path in walk([tmp_path, tmp_path / "a.txt"])]
    assert found == ["a.txt", "b-1.txt", "b/2.txt", "b/c/3"]
    assert [path.name for path in walk([tmp_path / "b" / "1.ann"])] == ["1.ann"]


@pytest.mark.parametrize("name", ["none.txt", "a\0b"])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match="check the path"):
        walk([tmp_path / name])


def test_a_pipe_that_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no regular file"):
        walk([tmp_path / "pipe"])
