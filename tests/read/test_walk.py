from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.read.walk import FOLDER_LINK, IRREGULAR, walk


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


def test_what_is_passed_over_is_counted_by_kind(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "1.jpg", "2.JPG", "3.png", "b.tar.gz", ".hidden.jpg", "own.db"):
        (folder / name).write_text("x")
    (folder / "gone.txt").symlink_to(tmp_path / "none.txt")
    (folder / "again").symlink_to(tmp_path)
    passed_over = Counter[str]()
    own = {os.path.realpath(folder / "own.db")}
    assert [path.name for path in walk([folder, folder / "3.png"], passed_over, own)] == ["3.png", "a.txt"]
    assert passed_over == {".jpg": 2, ".tar.gz": 1, IRREGULAR: 1, FOLDER_LINK: 1}
    assert [path.name for path in walk([folder, folder / "own.db"], own=own)] == ["a.txt", "own.db"]


@pytest.mark.parametrize("address", ["https://velmark.example/a", "HTTP://velmark.example/" + "a" * 5000])
def test_an_address_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(ReadError, match="purport fetches nothing: save the page") as refused:
        walk([Path(address)])
    assert str(refused.value).startswith(f"{address}: ")


@pytest.mark.parametrize("name", ["none.txt", "a\0b"])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match="check the path"):
        walk([tmp_path / name])


def test_a_pipe_that_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no regular file"):
        walk([tmp_path / "pipe"])
