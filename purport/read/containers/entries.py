"""What a container holds: entries, each a stream with a name of its own and a place in the container."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from purport.errors import ReadError
from purport.model.document import Metadata
from purport.read.limits import Budget, Limits

STEP = 1 << 16
"""Bytes that are unpacked at a time."""

_LONGEST = 200
_COUNTED = re.compile(r"(?:.*, )?(?:row|record|mail|item) \d+", re.DOTALL)


class Readable(Protocol):
    """Anything that gives its next bytes, and b"" at its end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` more bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a container, to be read before the next one is asked for.

    `name` has the suffix that tells its format and is for errors too; `place` names it for a person ("" where the
    container holds one thing only). `path` says that its place is a path, which follows that of another container
    behind a slash; `counted`, that the place is a number, which is unique by itself. `packed` says that reading the
    stream unpacks, and `step` how many bytes may be asked of it at a time. `charset` is what the container declares
    the encoding to be; `metadata` goes over what the entry says itself, `notes` go to its documents.
    """

    name: str
    stream: Readable
    place: str
    path: bool = False
    counted: bool = False
    packed: bool = True
    step: int = STEP
    charset: str | None = None
    metadata: Metadata = Metadata()
    notes: tuple[str, ...] = ()


def printable(name: str) -> str:
    """A name as one line that a terminal shows as it is: control characters escaped, the middle of a long one cut."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]}…{shown[1 - _LONGEST // 2 :]}"


def joined(outer: str, inner: str, path: bool = False) -> str:
    """The place `inner` in the container at the place `outer`: "inner.zip/a.txt", "posts.jsonl, row 3"."""
    return f"{outer}{'/' if path else ', '}{inner}" if outer and inner else outer or inner


@dataclass(slots=True)
class Nest:
    """What is known of one file while its containers are unpacked: the budget, and the places that are taken."""

    budget: Budget
    taken: set[str] = field(default_factory=set)

    @property
    def limits(self) -> Limits:
        """The limits of the budget."""
        return self.budget.limits

    def place(self, outer: str, entry: Entry) -> str:
        """The place of `entry` in the whole file, its alone. Raises `ExhaustedError` for one too many."""
        wanted = joined(outer, entry.place, entry.path)
        if entry.counted or not entry.place:
            return wanted
        self.budget.enter()
        place, number = wanted, 1
        # A file may be called "posts.jsonl, row 3", which is also how a row is named.
        while place in self.taken or _COUNTED.fullmatch(place):
            number += 1
            place = f"{wanted} ({number})"
        self.taken.add(place)
        return place

    def open(self, entry: Entry) -> BinaryIO:
        """The entry's stream, every byte of which is counted."""
        counted = Unpacking(entry.name, entry.stream, entry.step, self.budget.unpack if entry.packed else None)
        return io.BufferedReader(counted, STEP)


class Unpacking(io.RawIOBase):
    """A stream that counts what comes out of it, and whose every error is a `ReadError`."""

    def __init__(self, name: str, source: Readable, step: int, count: Callable[[int], None] | None) -> None:
        super().__init__()
        self._name, self._source, self._step, self._count = name, source, step, count
        self._wrong: ReadError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    # typeshed wants any writable buffer, which has no length
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the whole buffer, or as much of it as is left."""
        filled, view = 0, memoryview(buffer)
        while filled < len(view) and self._wrong is None:
            try:
                more = self._source.read(min(self._step, len(view) - filled))
                if self._count is not None:
                    self._count(len(more))
            except ReadError as error:
                self._wrong = error
            # zlib, bz2, lzma, zipfile and fastwarc each raise errors of their own for data that are broken.
            except Exception as error:
                what = " ".join(str(error).split())[:200] or type(error).__name__
                self._wrong = ReadError(f"{self._name}: cannot be unpacked ({what}); it may be damaged")
            else:
                if not more:
                    break
                view[filled : filled + len(more)] = more
                filled += len(more)
        # What comes before the damage is given first: there may be whole documents in it.
        if self._wrong is not None and not filled:
            raise self._wrong
        return filled


def some(stream: BinaryIO, size: int) -> bytes:
    """Some of the next bytes, up to `size`: those that come before an error are given before it is raised."""
    return stream.read1(size) if isinstance(stream, io.BufferedReader) else stream.read(size)


def held(stream: BinaryIO, name: str, limits: Limits, *crossable: str) -> bytes:
    """All bytes of a stream. Raises `ReadError` where they cross one of the limits that are named."""
    if isinstance(stream, io.BytesIO):
        data = stream.getvalue()
        check_size(len(data), name, limits, *crossable)
        return data
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        check_size(size, name, limits, *crossable)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def check_size(size: int, name: str, limits: Limits, *crossable: str) -> None:
    """Raises `ReadError` where `size` bytes cross one of the limits that are named."""
    for limit in crossable:
        if size > getattr(limits, limit):
            raise ReadError(f"{name}: is larger than {limits.crossed(limit)}")
