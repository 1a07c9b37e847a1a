"""Deeds of one actor to another: what type of event they are, and whether they help or harm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
"""PLOVER's sixteen root types (Halterman et al. 2023), each with its class of four."""
SIGNS = {"+": 1, "-": -1, "0": 0}
TAKES = frozenset("obj against among at between by for from of on to with".split())


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


@cache
def deeds() -> dict[str, DeedRow]:
    """All rows by lemma. Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_deeds((files(__package__) / "deeds.tsv").read_text(encoding="utf-8"))


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


def parse_deeds(table: str) -> dict[str, DeedRow]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments).

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: dict[str, DeedRow] = {}
    before = ""
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"deeds.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 6:
            raise ValueError(f"{where}: a row has 6 columns, this one {len(columns)}")
        lemma, takes, noun, root, sign, example = columns
        known: tuple[tuple[str, str, Collection[str]], ...] = (
            (root, "root", QUADS),
            (sign, "sign", SIGNS),
            *((one, "takes", TAKES) for one in takes.split(",")),
        )
        for value, column, allowed in known:
            if value not in allowed:
                raise ValueError(f"{where}: {value!r} is no value of the column {column}")
        if not lemma or lemma <= before:
            raise ValueError(f"{where}: {lemma!r} is repeated or out of order")
        if "[H:" not in example or "[T:" not in example:
            raise ValueError(f"{where}: {lemma!r} has no example with its actors marked")
        before = lemma
        rows[lemma] = DeedRow(
            lemma, frozenset(takes.split(",")), "" if noun == "-" else noun, root, SIGNS[sign], example
        )
    return rows
