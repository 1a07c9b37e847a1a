"""Nouns that name an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NominalRow:
    """A noun for an act; `takes` are the prepositions that bring in what it is done to."""

    lemma: str
    takes: frozenset[str]
    example: str


@cache
def nominals() -> dict[str, NominalRow]:
    """All rows by lemma. Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_nominals((files(__package__) / "nominals.tsv").read_text(encoding="utf-8"))


def nominal(lemma: str) -> NominalRow | None:
    """The row of a lemma; None where there is none."""
    return nominals().get(lemma)


def parse_nominals(table: str) -> dict[str, NominalRow]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments).

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: dict[str, NominalRow] = {}
    before = ""
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3 or not all(columns):
            raise ValueError(f"nominals.tsv, line {number}: a row has 3 columns")
        lemma, takes, example = columns
        if lemma <= before:
            raise ValueError(f"nominals.tsv, line {number}: {lemma!r} is repeated or out of order")
        before = lemma
        rows[lemma] = NominalRow(lemma, frozenset(takes.split(",")) - {"-"}, example)
    return rows
