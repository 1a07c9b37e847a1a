"""Classes of words that rules ask for by their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, split_cell, word_fault

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class: its name, its words or lemmas in lower case, in the order of the table, and what they are."""

    name: str
    words: tuple[str, ...]
    what: str


def _row(name: str, words: str, what: str) -> ClassRow:
    found = split_cell(words, SEPARATOR)
    if len(set(found)) != len(found):
        raise ValueError(f"a word stands twice in the class {name!r}")
    return ClassRow(name, found, what)


CLASSES = Table(
    "classes.tsv",
    (Column("class", check=word_fault), Column("words", check=word_fault, separator=SEPARATOR), Column("what")),
    _row,
    order=lambda cells: cells[0],
)


@cache
def classes() -> dict[str, ClassRow]:
    """All classes, by their names."""
    return {row.name: row for row in CLASSES.load()}


def listed(name: str) -> tuple[str, ...]:
    """The words of a class, in the order of the table; `KeyError` for a class that is not there."""
    return classes()[name].words


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a class; `KeyError` for a class that is not there."""
    return frozenset(listed(name))
