"""Actors that users bring: their own neutral names and aliases, which go over those that ship.

The table is kept for the whole process, since what a name means must be the same everywhere in one run; the run says by
its digest which table it was.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from purport.errors import UsageError
from purport.lexicons import actors, partisan
from purport.lexicons.actors import TYPES, ActorRow
from purport.lexicons.partisan import PartisanRow

COLUMNS = ("name", "type", "aliases", "adjectives", "metonyms", "hostile", "laudatory", "of", "held")
"""What a table may tell; `name` and `type` it must. Several values are set apart by ";"."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A table of the user's: its actors, the names for them that take sides, and a digest of both."""

    actors: tuple[ActorRow, ...]
    partisans: tuple[PartisanRow, ...]

    @property
    def digest(self) -> str:
        """16 hexadecimal digits of SHA-256."""
        return hashlib.sha256(repr((self.actors, self.partisans)).encode()).hexdigest()[:16]


def read_brought(path: Path) -> Brought:
    """The table in a file, CSV or tab-separated with a header, in UTF-8; lines that begin with "#" are comments.

    Raises `UsageError`, naming file and line, where it cannot be read or a row is malformed.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8 text ({error}); name a CSV file with a header") from None
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise UsageError(f"{path}: is empty; its first line names the columns: {', '.join(COLUMNS)}")
    delimiter = "\t" if "\t" in numbered[0][1] else ","
    header = [name.strip().lower() for name in next(csv.reader([numbered[0][1]], delimiter=delimiter))]
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or len(set(header)) < len(header) or not {"name", "type"} <= set(header):
        raise UsageError(
            f"{path}: its columns are {', '.join(header)}; there are name, type, and {', '.join(COLUMNS[2:])}"
        )
    rows: list[ActorRow] = []
    sides: list[PartisanRow] = []
    for number, line in numbered[1:]:
        where = f"{path}, line {number}"
        values = [value.strip() for value in next(csv.reader([line], delimiter=delimiter))]
        if len(values) != len(header):
            raise UsageError(f"{where}: has {len(values)} values under {len(header)} columns")
        told = dict(zip(header, values, strict=True))
        rows.append(_row(where, told))
        if any(one.name == rows[-1].name for one in rows[:-1]):
            raise UsageError(f"{where}: {rows[-1].name!r} stands there already; put its aliases in one row")
        for tone in ("hostile", "laudatory"):
            sides += [PartisanRow(name, rows[-1].name, tone, "name", name) for name in _several(told.get(tone, ""))]
    return Brought(tuple(rows), tuple(sides))


def _row(where: str, told: dict[str, str]) -> ActorRow:
    if not told["name"]:
        raise UsageError(f"{where}: has no name")
    if told["type"] not in TYPES:
        raise UsageError(f"{where}: no type is called {told['type']!r}; there are {', '.join(TYPES)}")
    aliases, adjectives, metonyms = (
        tuple(_several(told.get(column, ""))) for column in ("aliases", "adjectives", "metonyms")
    )
    return ActorRow(told["name"], told["type"], told.get("of", ""), aliases, adjectives, metonyms, told.get("held", ""))


def _several(value: str) -> Iterator[str]:
    seen: set[str] = set()
    for one in value.split(";"):
        name = one.strip().removeprefix("the ").removeprefix("The ")
        if name and name not in seen:
            seen.add(name)
            yield name


def bring(table: Brought | None) -> None:
    """Let the table go over what ships, for this process; None takes it away."""
    actors.go_over(table.actors if table is not None else ())
    partisan.go_over(table.partisans if table is not None else ())


def brought() -> str:
    """The digest of the table that is in force, "" for none."""
    own = Brought(actors.over(), partisan.over())
    return own.digest if own.actors or own.partisans else ""
