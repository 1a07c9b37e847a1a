"""How much a file may ask of the machine, and the count of what one file has asked for so far."""

from __future__ import annotations

from dataclasses import dataclass, fields

from purport.errors import ReadError, UsageError

_K, _M, _G = 2**10, 2**20, 2**30
COUNTS = ("ratio", "entries", "depth")
"""Limits that are plain numbers; the others are in bytes."""

FLOOR = 32 * _M
"""Bytes up to which a file may unpack at any ratio: a short text of one character packs a thousandfold."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused as too large; sizes in bytes. A limit that is crossed costs what crosses it, and no more.

    `text` is the largest plain text or Markdown, `whole` the largest page, PDF, DOCX or e-mail (what DOCX parts unpack
    to counts too), `row` the largest row of a table or line of JSON. Of a container, `entry` is the largest thing in
    it that must be held in memory, `unpacked` all that it unpacks to, `ratio` how many times its own size that may be
    (asked from 32 MB on), `entries` how many things it may hold, `depth` how deep containers may be nested. Rows and
    WARC records may be any number, since one is held at a time.
    """

    text: int = 64 * _M
    whole: int = 200 * _M
    row: int = 64 * _M
    entry: int = 200 * _M
    unpacked: int = 16 * _G
    ratio: int = 200
    entries: int = 100_000
    depth: int = 5

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise UsageError(f"the limit {field.name} must be 1 or more, not {getattr(self, field.name)}")

    def crossed(self, name: str) -> str:
        """What to say of a file that crosses the limit `name`, to follow words such as "is larger than"."""
        value = getattr(self, name)
        shown = sized(value) if name not in COUNTS else str(value)
        return f"{shown}; if you trust the file, raise this limit: {name}={_more(name, value)}"


UNLIMITED = Limits(*(2**62 for _ in fields(Limits)))
"""For bytes that were read once already, under whatever limits."""


def sized(count: int) -> str:
    """A number of bytes, for a person."""
    for unit, size in (("GB", _G), ("MB", _M), ("KB", _K)):
        if count >= size and count % size == 0:
            return f"{count // size} {unit}"
    return f"{count} bytes"


def _more(name: str, value: int) -> str:
    return str(2 * value) if name in COUNTS else sized(2 * value).removesuffix(" bytes").replace(" ", "")


class ExhaustedError(ReadError):
    """A file has crossed a limit that stands for all of it: nothing more of it is read."""


@dataclass(slots=True)
class Budget:
    """What the file called `name`, of `size` bytes, has unpacked to, and how many entries its containers had."""

    name: str
    size: int
    limits: Limits
    unpacked: int = 0
    entries: int = 0

    def unpack(self, count: int) -> None:
        """Count `count` more bytes. Raises `ExhaustedError`."""
        self.unpacked += count
        if self.unpacked > self.limits.unpacked:
            raise ExhaustedError(f"{self.name}: unpacks to more than {self.limits.crossed('unpacked')}")
        if self.unpacked > FLOOR and self.unpacked > self.limits.ratio * self.size:
            raise ExhaustedError(f"{self.name}: unpacks to more than its own size times {self.limits.crossed('ratio')}")

    def enter(self) -> None:
        """Count one more entry. Raises `ExhaustedError`."""
        self.entries += 1
        if self.entries > self.limits.entries:
            raise ExhaustedError(f"{self.name}: holds more entries than {self.limits.crossed('entries')}")
