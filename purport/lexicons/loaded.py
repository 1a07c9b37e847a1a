"""Words that take a side by themselves, for somebody or against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from purport.lexicons.partisan import TONES

PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}
"""Values of the column `pos`, with the parser's."""


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A word by its lemma and the parser's part of speech, and whether it is for ("laudatory") or against."""

    lemma: str
    pos: str
    tone: str
    example: str


@cache
def loaded() -> dict[tuple[str, str], LoadedRow]:
    """All rows by lemma and part of speech. Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_loaded((files(__package__) / "loaded.tsv").read_text(encoding="utf-8"))


def parse_loaded(table: str) -> dict[tuple[str, str], LoadedRow]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments).

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: dict[tuple[str, str], LoadedRow] = {}
    before = ("", "")
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"loaded.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 4:
            raise ValueError(f"{where}: a row has 4 columns, this one {len(columns)}")
        lemma, pos, tone, example = columns
        for value, column, known in ((pos, "pos", PARTS), (tone, "tone", TONES)):
            if value not in known:
                raise ValueError(f"{where}: {value!r} is no value of the column {column}")
        if (lemma, pos) <= before:
            raise ValueError(f"{where}: {lemma!r} ({pos}) is repeated or out of order")
        if lemma[:4] not in example:
            raise ValueError(f"{where}: {lemma!r} has no example that holds it")
        before = (lemma, pos)
        rows[lemma, PARTS[pos]] = LoadedRow(lemma, PARTS[pos], tone, example)
    return rows
