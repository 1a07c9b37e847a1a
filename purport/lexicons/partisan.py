"""Names that take sides, and words that make a name do so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TONES = ("hostile", "laudatory")
HOWS = ("name", "prefix", "suffix", "common")
"""A whole name, a word before a name, a word behind one, a common noun for a group; the table is in this order."""


@dataclass(frozen=True, slots=True)
class PartisanRow:
    """A name or word that takes a side. `of` is the neutral name (of a state also where its government is meant), ""
    where it names nobody alone."""

    name: str
    of: str
    tone: str
    how: str
    example: str


_over: tuple[PartisanRow, ...] = ()


def go_over(rows: tuple[PartisanRow, ...]) -> None:
    """Let the user's rows go over those that ship."""
    global _over
    _over = rows
    partisans.cache_clear()
    by_how.cache_clear()


def over() -> tuple[PartisanRow, ...]:
    """The user's rows."""
    return _over


@cache
def partisans() -> tuple[PartisanRow, ...]:
    """All rows, the user's last. Raises `ValueError`, naming the line, on a row that is malformed."""
    shipped = parse_partisans((files(__package__) / "partisan.tsv").read_text(encoding="utf-8"))
    own = {row.name.lower() for row in _over}
    return (*(row for row in shipped if row.how != "name" or row.name.lower() not in own), *_over)


@cache
def by_how(how: str) -> dict[str, PartisanRow]:
    """The rows of one of `HOWS`, by name in lower case."""
    return {row.name.lower(): row for row in partisans() if row.how == how}


def parse_partisans(table: str) -> tuple[PartisanRow, ...]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments), in its order.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: list[PartisanRow] = []
    before = (0, "")
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"partisan.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 5:
            raise ValueError(f"{where}: a row has 5 columns, this one {len(columns)}")
        row = PartisanRow(*columns)
        for value, column, known in ((row.tone, "tone", TONES), (row.how, "how", HOWS)):
            if value not in known:
                raise ValueError(f"{where}: {value!r} is no value of the column {column}")
        if not row.name or row.name != row.name.strip() or row.name not in row.example:
            raise ValueError(f"{where}: {row.name!r} has no example that holds it")
        if row.of and row.how != "name":
            raise ValueError(f"{where}: {row.name!r} is no whole name and is of {row.of!r}")
        if (HOWS.index(row.how), row.name.lower()) <= before:
            raise ValueError(f"{where}: {row.name!r} ({row.how}) is repeated or out of order")
        before = (HOWS.index(row.how), row.name.lower())
        rows.append(row)
    return tuple(rows)
