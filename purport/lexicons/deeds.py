"""Deeds of one actor to another: what type of event they are, and whether they help or harm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, marked, word_fault

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
"""PLOVER's sixteen root types (Halterman et al. 2023), each with its class of four."""
SIGNS = {"+": 1, "-": -1, "0": 0}
TAKES = tuple("obj against among at between by for from of on to with".split())


@dataclass(frozen=True, slots=True)
class DeedRow:
    """A verb, or a verb with its particle and the noun that goes with it ("impose sanction"), that is a deed.

    `takes` says where it names whom it is done to: "obj" the object, else the preposition that brings it in. `noun` is
    the noun for the same deed, "" for none; `root` its type in `QUADS`; `sign` 1 where it helps, -1 where it harms.
    """

    lemma: str
    takes: frozenset[str]
    noun: str
    root: str
    sign: int
    example: str


def _row(lemma: str, takes: str, noun: str, root: str, sign: str, example: str) -> DeedRow:
    return DeedRow(lemma, frozenset(takes.split(",")), "" if noun == "-" else noun, root, SIGNS[sign], example)


DEEDS = Table(
    "deeds.tsv",
    (
        Column("lemma", check=word_fault),
        Column("takes", TAKES, separator=","),
        Column("noun", check=word_fault),
        Column("root", QUADS),
        Column("sign", SIGNS),
        Column("example", check=marked("[H:", "[T:")),
    ),
    _row,
    order=lambda cells: cells[0],
)


@cache
def deeds() -> dict[str, DeedRow]:
    """All rows by lemma."""
    return {row.lemma: row for row in DEEDS.load()}


@cache
def deed_nouns() -> dict[str, DeedRow]:
    """The rows that have a noun, by it."""
    return {row.noun: row for row in deeds().values() if row.noun}


@cache
def deed_phrases() -> dict[str, tuple[tuple[tuple[str, ...], DeedRow], ...]]:
    """The rows of several words, by the first: what follows it, and the row."""
    found: dict[str, list[tuple[tuple[str, ...], DeedRow]]] = {}
    for lemma, row in deeds().items():
        first, *rest = lemma.split()
        if rest:
            found.setdefault(first, []).append((tuple(rest), row))
    return {first: tuple(rows) for first, rows in found.items()}
