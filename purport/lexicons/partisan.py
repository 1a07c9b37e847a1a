"""Names that take sides, and words that make a name do so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from purport.lexicons.tables import Column, Table, word_fault

Tone = Literal["hostile", "laudatory"]
TONES: tuple[Tone, ...] = get_args(Tone)
How = Literal["name", "prefix", "suffix", "common"]
HOWS: tuple[How, ...] = get_args(How)
"""A whole name, a word before a name, a word behind one, a common noun for a group; the table is in this order."""


@dataclass(frozen=True, slots=True)
class PartisanRow:
    """A name or word that takes a side. `of` is the neutral name (of a state also where its government is meant), ""
    where it names nobody alone."""

    name: str
    of: str
    tone: Tone
    how: How
    example: str


def _row(name: str, of: str, tone: Tone, how: How, example: str) -> PartisanRow:
    if name not in example:
        raise ValueError(f"the example of {name!r} does not hold it")
    if of and how != "name":
        raise ValueError(f"{name!r} is not a whole name and is of {of!r}")
    return PartisanRow(name, of, tone, how, example)


PARTISANS = Table(
    "partisan.tsv",
    (
        Column("name", check=word_fault),
        Column("of", check=word_fault, optional=True),
        Column("tone", TONES),
        Column("how", HOWS),
        Column("example"),
    ),
    _row,
    order=lambda cells: (HOWS.index(cells[3]), cells[0].lower()),
)


@cache
def shipped_partisans() -> tuple[PartisanRow, ...]:
    """The rows that ship, in the order of how and name. What a text is read with is a `Lexicon`."""
    return PARTISANS.load()
