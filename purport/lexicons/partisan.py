"""Names that take sides, and words that make a name do so."""

from __future__ import annotations

from functools import cache

from purport.lexicons.tables import Column, Table, word_fault
from purport.model.lexicon import HOWS, How, PartisanRow
from purport.model.vocabulary import TONES, Tone


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
