"""A dataset: a folder of shards that one run made, any number of machines at the same time. This module knows which
files it has and what they say of themselves.

    dataset.json                          the run that all shards are of, and how large they are
    NAME.json                             the completion marker of a shard, written last
    NAME.DIGEST.records.jsonl.gz          what was found, a document a line
    NAME.DIGEST.problems.jsonl.gz         what could not be read, and why; only where there is such a thing
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.datasets.files import FOLDER_MODE, explained, sha256_of, write_whole
from purport.datasets.places import changed_at, far
from purport.datasets.plan import SHARD_SIZE, shard_name
from purport.errors import StoreError
from purport.model import codec
from purport.model.record import Run

FORMAT = 1
"""The version of the files' form."""
DESCRIPTION = "dataset.json"
TABLES_FOLDER = "tables"
"""What is in it can be made again from the rest (`purport.datasets.linking`)."""
_MARKER = re.compile(r"[0-9a-f]{32}\.json")
_DATA = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{12}\.(?:records|problems)\.jsonl\.gz")
_AGAIN = "run the same `purport read --dataset` again, which reads what is missing"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a shard as it was written: its name, bytes, SHA-256 (64 hexadecimal digits) and lines."""

    name: str
    size: int
    sha256: str
    lines: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a shard holds: documents (copies in it counted once), those of them that are foreign, and words,
    attributions and propositions of all of them."""

    documents: int = 0
    foreign: int = 0
    words: int = 0
    attributions: int = 0
    propositions: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """That a shard is complete, and what it consists of.

    `name` is the shard's; `run` the id of the run that made it; `inputs` the digest of what was read, `options` how,
    `limits` how far a file and a worker could go, by name. `problems` is None where everything could be read.
    """

    name: str
    run: str
    inputs: str
    options: dict[str, Any]
    limits: dict[str, float]
    counts: Counts
    records: DataFile
    problems: DataFile | None = None

    @property
    def files(self) -> tuple[DataFile, ...]:
        """The files that must be there."""
        return (self.records, self.problems) if self.problems is not None else (self.records,)

    @property
    def digest(self) -> str:
        """What tells this content of the shard from another."""
        return " ".join(file.sha256 for file in self.files)


def marker_out(marker: Marker) -> bytes:
    """A marker as the bytes of its file."""
    told = {
        "format": FORMAT,
        "shard": marker.name,
        "run": marker.run,
        "inputs": marker.inputs,
        "options": marker.options,
        "limits": marker.limits,
        "counts": _plain(marker.counts),
        "records": _plain(marker.records),
        "problems": _plain(marker.problems) if marker.problems is not None else None,
    }
    return f"{codec.dumps(told)}\n".encode()


def _plain(one: Counts | DataFile) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def marker_in(data: bytes) -> Marker:
    """The reverse of `marker_out`. Raises `ValueError` for what it did not write."""
    try:
        told = json.loads(data)
        if told["format"] != FORMAT:
            raise ValueError(f"it is of form {told['format']}, and this purport knows {FORMAT}")
        problems = DataFile(**told["problems"]) if told["problems"] is not None else None
        marker = Marker(
            told["shard"], told["run"], told["inputs"], told["options"], told["limits"], Counts(**told["counts"]),
            DataFile(**told["records"]), problems,
        )  # fmt: skip
    except (TypeError, LookupError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    if not all(_DATA.fullmatch(file.name) for file in marker.files):
        raise ValueError("it names files that are none of a dataset")
    return marker


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder that holds a dataset, the run that all its shards are of, and their average size in bytes of input."""

    folder: Path
    run: Run
    shard_size: int = SHARD_SIZE

    def marker_path(self, name: str) -> Path:
        """Where the marker of the shard with that name is, or would be."""
        return self.folder / f"{name}.json"

    def marker_paths(self) -> list[Path]:
        """The markers that are there, by name. Raises `StoreError`."""
        with explained(self.folder):
            return sorted(path for path in self.folder.iterdir() if _MARKER.fullmatch(path.name))

    def in_order(self, faults: list[str]) -> Iterator[Marker]:
        """The markers in the order in which they were finished: where two shards hold the same file before and after
        it changed, the later one has the last word, as in a store. What is wrong with one is put among the `faults`.
        Raises `StoreError` where the folder cannot be looked into."""
        found: list[tuple[int, str, Path]] = []
        for path in self.marker_paths():
            with explained(path):
                found.append((changed_at(path), path.name, path))
        for _, _, path in sorted(found):
            try:
                yield self.marker(path)
            except StoreError as error:
                faults.append(str(error))

    def marker(self, path: Path) -> Marker:
        """What a marker says. Raises `StoreError` where it is damaged, or of another run."""
        with explained(path):
            data = path.read_bytes()
        try:
            marker = marker_in(data)
        except ValueError as error:
            raise StoreError(f"{path}: this marker is damaged ({error}); delete it and {_AGAIN}") from None
        if marker.run != self.run.id:
            raise StoreError(
                f"{path}: this shard was made by run {marker.run}, and the dataset is of run {self.run.id}; "
                "move the shards of the other run to a folder of their own"
            )
        if f"{marker.name}.json" != path.name or marker.name != shard_name(marker.run, marker.options, marker.inputs):
            raise StoreError(f"{path}: this marker is not of the shard that it is named for; delete it and {_AGAIN}")
        return marker

    def finished(self, name: str) -> Marker | None:
        """The marker of a shard that is complete: its files are there, of the size they had. None where it is to be
        read. Raises `StoreError` where the folder cannot be looked into."""
        path = self.marker_path(name)
        with explained(path):
            if not path.exists():
                return None
        try:
            marker = self.marker(path)
        except StoreError:
            return None
        return None if any(self.fault(file, whole=False) for file in marker.files) else marker

    def fault(self, file: DataFile, *, whole: bool = True) -> str | None:
        """What is wrong with a file of a shard, None where nothing is; with `whole` its bytes are looked at too."""
        path = self.folder / file.name
        try:
            size = path.stat().st_size
            if size != file.size:
                what = "cut short" if size < file.size else "too long"
                return f"{path}: is {what} ({size:,} of {file.size:,} bytes); {_AGAIN}"
            if whole and sha256_of(path) != file.sha256:
                return f"{path}: its bytes are not the ones that were written; delete it and {_AGAIN}"
        except FileNotFoundError:
            return f"{path}: is not there, and the marker of its shard is; {_AGAIN}"
        except OSError as error:
            return f"{path}: cannot be read ({error.strerror or error}); check its permissions"
        except Exception as error:
            if not far(path):
                raise
            told = (str(error).splitlines() or [""])[0]  # each file system has errors of its own
            return f"{path}: cannot be read ({type(error).__name__}: {told})"
        return None

    def unmarked(self, markers: Iterator[Marker]) -> list[str]:
        """The names of data files that none of the markers names: their shard is being read, or its reading was
        killed. Raises `StoreError`."""
        named = {file.name for marker in markers for file in marker.files}
        with explained(self.folder):
            names = (path.name for path in self.folder.iterdir() if _DATA.fullmatch(path.name))
            return sorted(name for name in names if name not in named)


def open_dataset(folder: Path) -> Dataset:
    """The dataset in a folder. Raises `StoreError` where there is none, or one that this build cannot read."""
    path = folder / DESCRIPTION
    with explained(folder):
        there = path.is_file()
    if not there:
        raise StoreError(f"{folder}: there is no dataset here; `purport read PATH... --dataset` makes one")
    with explained(path):
        data = path.read_bytes()
    try:
        told = json.loads(data)
        if told["dataset"] != FORMAT:
            raise StoreError(
                f"{folder}: a dataset of form {told['dataset']}, and this purport knows {FORMAT}; use the purport "
                "that made it"
            )
        run = Run(told["run"]["version"], _pairs(told["run"]["parts"]), _pairs(told["run"]["settings"]))
        if run.id != told["run"]["id"]:
            raise ValueError("its run is not the one that is named")
        if not (isinstance(told["shard_size"], int) and told["shard_size"] > 0):
            raise ValueError("shard_size is no size")
        return Dataset(folder, run, told["shard_size"])
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise StoreError(
            f"{path}: the description of the dataset is damaged ({error}); delete it and {_AGAIN}"
        ) from None


def _pairs(told: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in told)


def make_dataset(folder: Path, run: Run, shard_size: int = SHARD_SIZE) -> Dataset:
    """The dataset in a folder, which is made where there is none; one that is there keeps its `shard_size`.

    Raises `StoreError` where it is of another run, or the folder is used for something else or cannot be made.
    """
    try:
        folder.mkdir(FOLDER_MODE, exist_ok=True, parents=far(folder))
    except OSError as error:
        raise StoreError(
            f"{folder}: no dataset can be made here ({error.strerror}); name another folder", "dataset"
        ) from None
    description = folder / DESCRIPTION
    with explained(folder):
        if not description.exists():
            _check_unused(folder)
            told = {"dataset": FORMAT, "shard_size": shard_size, "run": _run_out(run)}
            write_whole(description, f"{codec.dumps(told)}\n".encode(), replace=False)
    dataset = open_dataset(folder)
    if dataset.run.id != run.id:
        raise StoreError(
            f"{folder}: holds a dataset of another run ({_told_of(dataset.run)}), and this is {_told_of(run)}: another "
            "build, another table of actors, or both; name another folder",
            "dataset",
        )
    return dataset


def _check_unused(folder: Path) -> None:
    """Raises `StoreError` where a folder holds anything but files of a dataset, whose description may be gone."""
    for path in folder.iterdir():
        own = path.name.startswith(".") or path.name == TABLES_FOLDER
        if not (own or _MARKER.fullmatch(path.name) or _DATA.fullmatch(path.name)):
            raise StoreError(f"{folder}: this folder holds other files ({path.name}); name a new one", "dataset")


def _run_out(run: Run) -> dict[str, Any]:
    return {"id": run.id, "version": run.version, "parts": run.parts, "settings": run.settings}


def _told_of(run: Run) -> str:
    return f"purport {run.version}, run {run.id}"
