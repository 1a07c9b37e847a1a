"""Titles, ranks, offices and honorifics that stand before a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = ("honorific", "rank", "office", "religious", "noble", "profession")
GENDERS = ("m", "f", "")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title; `gender` is "m" or "f" where only a man or only a woman bears it as a rule."""

    title: str
    kind: str
    gender: str


@cache
def titles() -> dict[str, TitleRow]:
    """All titles, by the title in lower case. Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_titles((files(__package__) / "titles.tsv").read_text(encoding="utf-8"))


def parse_titles(table: str) -> dict[str, TitleRow]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments), by the title in lower case.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: dict[str, TitleRow] = {}
    before = ""
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"titles.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 3:
            raise ValueError(f"{where}: a row has 3 columns, this one {len(columns)}")
        row = TitleRow(*columns)
        for value, column, known in ((row.kind, "kind", KINDS), (row.gender, "gender", GENDERS)):
            if value not in known:
                raise ValueError(f"{where}: {value!r} is no value of the column {column}")
        if not row.title or row.title != row.title.strip():
            raise ValueError(f"{where}: {row.title!r} is no title")
        if row.title.lower() <= before:
            raise ValueError(f"{where}: {row.title!r} is repeated or out of order")
        before = row.title.lower()
        rows[before] = row
    return rows
