"""Nouns that name an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, word_fault


@dataclass(frozen=True, slots=True)
class NominalRow:
    """A noun for an act; `takes` are the prepositions that bring in what it is done to."""

    lemma: str
    takes: frozenset[str]
    example: str


def _row(lemma: str, takes: str, example: str) -> NominalRow:
    return NominalRow(lemma, frozenset(takes.split(",")) - {"-"}, example)


NOMINALS = Table(
    "nominals.tsv",
    (Column("lemma", check=word_fault), Column("takes", check=word_fault, separator=","), Column("example")),
    _row,
    order=lambda cells: cells[0],
)


@cache
def nominals() -> dict[str, NominalRow]:
    """All rows by lemma."""
    return {row.lemma: row for row in NOMINALS.load()}


def nominal(lemma: str) -> NominalRow | None:
    """The row of a lemma; None where there is none."""
    return nominals().get(lemma)
