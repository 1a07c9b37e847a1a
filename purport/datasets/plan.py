"""Inputs -> shards: how files are put together, and what a shard is called. Nothing of the machine is in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path

from purport.corpus.reading import Job, shown
from purport.errors import UsageError
from purport.model import codec
from purport.read.formats import many_documents
from purport.read.options import Options

SHARD_SIZE = 2 * 2**20
"""Bytes of files that a shard holds on average: a few minutes of work, which is what a kill can cost."""
LARGEST = 4
"""A shard is closed at so many times the average size, and a file of many documents is split from there on."""
MOST_SHARES = 64
"""Parts of one file at most, since each reads through all of it."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or a share of the documents in it, by its path below the folder that was named."""

    name: str
    job: Job


@dataclass(frozen=True, slots=True)
class InputDigest:
    """The bytes of an input: SHA-256 in hexadecimal ("" where they cannot be read), and what the file system said of
    the file before they were read: its size and time of change, in nanoseconds (0 for what is in no file)."""

    sha256: str
    state: tuple[int, int]


def plan(jobs: Sequence[Job], paths: Sequence[Path], size: int = SHARD_SIZE) -> list[tuple[Input, ...]]:
    """The shards of all jobs, each with its inputs, in the order of their paths; `paths` are those that were named.

    Where a shard ends is decided by the paths and sizes of its files alone (content-defined chunking): behind a file
    whose hash says so, with a probability of its size / `size`. So a file that is added changes the shard it falls
    into, and no other. A file of many documents is split into shares, each a shard of its own.
    """
    # A link counts by its own name, so nothing here follows one, as pathlib's resolve would.
    folders = sorted({os.path.abspath(path) for path in paths if path.is_dir()}, key=len, reverse=True)  # noqa: PTH100
    shards: list[tuple[Input, ...]] = []
    current: list[Input] = []
    last_root, total = "", 0

    def close() -> None:
        nonlocal total
        if current:
            shards.append(tuple(current))
            current.clear()
        total = 0

    for job in jobs:
        root, name = _placed(job, folders)
        shares = _shares(job, size)
        if root != last_root or shares > 1 or total + job.size > LARGEST * size:
            close()
        last_root = root
        if shares > 1:
            shards += [(Input(name, _share(job, number, shares)),) for number in range(shares)]
            continue
        current.append(Input(name, job))
        total += job.size
        if _fraction(name) * size < job.size:
            close()
    close()
    return shards


def _placed(job: Job, folders: Sequence[str]) -> tuple[str, str]:
    """The folder that was named and holds the job's file, else that of the file; and the file's path below it."""
    if job.data is not None:
        return "", job.path
    path = Path(os.path.abspath(job.path))  # noqa: PTH100 - a link counts by its own name
    root = str(next((one for one in folders if path.is_relative_to(one)), path.parent))
    return root, shown(os.path.relpath(path, root).replace(os.sep, "/"))


def _shares(job: Job, size: int) -> int:
    if job.data is not None or not many_documents(Path(job.path).name) or job.size <= LARGEST * size:
        return 1
    return min(MOST_SHARES, -(-job.size // (LARGEST * size)))


def _share(job: Job, number: int, shares: int) -> Job:
    return replace(job, size=job.size // shares, share=(number, shares))


def _fraction(name: str) -> float:
    """A number from 0 up to 1 that a name alone decides, even over many names."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big") / 2**56


def inputs_digest(inputs: Sequence[Input], digests: Sequence[InputDigest]) -> str:
    """SHA-256 over the inputs of a shard: their names, sizes, bytes, shares, and what the user told about them."""
    rows = [
        [one.name, one.job.size, digest.sha256, list(one.job.share), codec.metadata_out(one.job.told)]
        for one, digest in zip(inputs, digests, strict=True)
    ]
    return hashlib.sha256(codec.dumps(rows).encode()).hexdigest()


def options_out(options: Options) -> dict[str, object]:
    """The options that change what is read, as plain values; limits only refuse, and are not among them."""
    told = {"encoding": options.encoding, "columns": [list(pair) for pair in options.columns]}
    return {**told, "delimiter": options.delimiter, "article": options.article}


def shard_name(run: str, options: dict[str, object], inputs: str) -> str:
    """The name of the shard that the run with that id makes of inputs with that digest: 32 hexadecimal digits."""
    return hashlib.sha256(codec.dumps([run, options, inputs]).encode()).hexdigest()[:32]


def parse_share(told: str) -> tuple[int, int]:
    """ "3/64" as (3, 64). Raises `UsageError` for what is no share."""
    number, slash, of = told.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal() and len(told) < 20 and 1 <= int(number) <= int(of)):
        raise UsageError(f"{told!r} is no share; write K/N with K from 1 to N, such as 3/64", "shard")
    return int(number), int(of)


def expanded(paths: Sequence[Path]) -> Iterator[Path]:
    """The paths with patterns ("2031-*/*.html") and lists (@FILE, a path or pattern a line) put in full.

    What is there under its own name is taken as it is, and a pattern that fits nothing too. Raises `UsageError` for a
    list that cannot be read.
    """
    for path in paths:
        if not str(path).startswith("@") or _there(path):
            yield from _fitting(path)
            continue
        listed = Path(str(path)[1:])
        try:
            lines = os.fsdecode(listed.read_bytes()).splitlines()
        except (OSError, ValueError) as error:
            raise UsageError(f"{listed}: the list of paths cannot be read ({error}); check the path") from None
        for line in filter(None, map(str.strip, lines)):
            yield from _fitting(Path(line))


def _fitting(path: Path) -> list[Path]:
    pattern = any(sign in str(path) for sign in "*?[") and not _there(path)
    found = sorted(glob(str(path), recursive=True)) if pattern else []  # noqa: PTH207 - also of absolute paths
    return [Path(one) for one in found] or [path]


def _there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - it never raises
