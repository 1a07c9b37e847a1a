"""Words that take a side by themselves, for somebody or against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, word_fault
from purport.model.vocabulary import TONES, Tone

PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}
"""Values of the column `pos`, with the parser's."""


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A word by its lemma and the parser's part of speech, and whether it is for ("laudatory") or against."""

    lemma: str
    pos: str
    tone: Tone
    example: str


def _row(lemma: str, pos: str, tone: Tone, example: str) -> LoadedRow:
    if lemma[:_STEM] not in example:
        raise ValueError(f"the example of {lemma!r} does not hold it")
    return LoadedRow(lemma, PARTS[pos], tone, example)


_STEM = 4
"""Letters of a lemma that all its forms begin with."""

LOADED = Table(
    "loaded.tsv",
    (Column("lemma", check=word_fault), Column("pos", PARTS), Column("tone", TONES), Column("example")),
    _row,
    order=lambda cells: tuple(cells[:2]),
)


@cache
def loaded() -> dict[tuple[str, str], LoadedRow]:
    """All rows by lemma and the parser's part of speech."""
    return {(row.lemma, row.pos): row for row in LOADED.load()}
