"""Titles, ranks, offices and honorifics that stand before a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, word_fault

KINDS = ("honorific", "rank", "office", "religious", "noble", "profession")
GENDERS = ("m", "f")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title; `gender` is "m" or "f" where only a man or only a woman bears it as a rule, else ""."""

    title: str
    kind: str
    gender: str


TITLES = Table(
    "titles.tsv",
    (Column("title", check=word_fault), Column("kind", KINDS), Column("gender", GENDERS, optional=True)),
    TitleRow,
    order=lambda cells: cells[0].lower(),
)


@cache
def titles() -> dict[str, TitleRow]:
    """All titles, by the title in lower case."""
    return {row.title.lower(): row for row in TITLES.load()}
