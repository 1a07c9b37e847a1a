"""Given names, and how often each is a woman's."""

from __future__ import annotations

from functools import cache

from purport.lexicons.tables import Column, Table, word_fault


def _row(name: str, women: str) -> tuple[str, float]:
    try:
        share = float(women)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError(f"{women!r} is not a share from 0 to 1")
    return name.lower(), share


GIVEN = Table(
    "given.tsv.gz",
    (Column("name", check=word_fault), Column("women")),
    _row,
    order=lambda cells: cells[0].lower(),
)


@cache
def given() -> dict[str, float]:
    """The share of women (0 to 1) among those who bear a name, by the name in lower case."""
    return dict(GIVEN.load())
