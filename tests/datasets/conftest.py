"""A dataset of the examples, and small texts that are kept without being analysed, which is quick."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import purport
from purport.datasets import make_dataset, read_dataset
from purport.lexicons import lexicon_with
from purport.model.document import Metadata
from purport.pipeline import current_run


@pytest.fixture
def copied_dataset(example_dataset: Path, tmp_path: Path) -> Path:
    """A copy of the dataset of the examples, to be changed."""
    return Path(shutil.copytree(example_dataset, tmp_path / "dataset"))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of 30 small texts, one of them twice and one that cannot be read."""
    folder = tmp_path / "texts"
    for number in range(30):
        path = folder / f"{number % 3}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Die Brücke Nummer {number} wurde nicht getroffen, sagte Mara Denk. " * (number % 7 + 1))
    (folder / "2" / "copy.txt").write_bytes((folder / "0" / "3.txt").read_bytes())
    (folder / "1" / "empty.txt").write_text("")
    return folder


@pytest.fixture
def dataset(texts: Path, tmp_path: Path) -> Path:
    """A dataset of `texts` with small shards."""
    folder = small_dataset(tmp_path / "ds")
    read_dataset(folder, [texts], told=Metadata(language="de"))
    return folder


def small_dataset(folder: Path, size: int = 600) -> Path:
    """An empty dataset with small shards."""
    make_dataset(folder, current_run(lexicon_with(None)), size)
    return folder


def files_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes and the time of change of all files in a folder."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir() if path.is_file()}


def exported(store: Path, folder: Path, *formats: str) -> dict[str, bytes]:
    """The files that a store is exported to; it must be sound."""
    with purport.open(store) as corpus:
        assert corpus.verify() == []
        paths = [path for format in formats for path in corpus.export(format, folder / format)]
    return {path.name: path.read_bytes() for path in paths}


def in_child(job: Callable[[], object]) -> int:
    """The process id of a child that runs a job and ends."""
    child = os.fork()
    if child:
        return child
    try:
        job()
    finally:
        os._exit(0)


def free_port() -> int:
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def listening(address: str) -> str:
    """The address, once somebody listens there."""
    host, _, port = address.rpartition("//")[2].rpartition(":")
    for _ in range(300):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    pytest.fail(f"nobody answers at {address}")
