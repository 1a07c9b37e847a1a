"""Words that embed an act, and what they make of its truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, marked, word_fault

VALUES = {"+": 3, "p+": 2, "s+": 1, "u": 0, "s-": -1, "p-": -2, "-": -3, "!": 3, "!-": -3}
"""Certainty of the embedded act in thirds: certain, probable, possible, unknown; "!" is presupposed."""

TAKES = ("to", "that", "ing", "of", "in", "into", "from", "up", "out")
FRAMES = ("plain", "intended", "attempted", "predicted", "ordered")


@dataclass(frozen=True, slots=True)
class EmbeddingRow:
    """A word that embeds an act. `affirmed` and `negated` are how certain the act is (-3 to 3) where the word is
    affirmed and where it is negated; `presupposed` where it is taken for granted either way. `takes` says how the act
    is put: an infinitive, a clause, an "-ing" form, or one after that preposition."""

    lemma: str
    pos: str
    takes: frozenset[str]
    affirmed: int
    negated: int
    presupposed: bool
    frame: str
    example: str


def _row(lemma: str, pos: str, takes: str, affirmed: str, negated: str, frame: str, example: str) -> EmbeddingRow:
    presupposed = "!" in affirmed
    return EmbeddingRow(
        lemma, pos, frozenset(takes.split(",")), VALUES[affirmed], VALUES[negated], presupposed, frame, example
    )


EMBEDDINGS = Table(
    "embedding.tsv",
    (
        Column("lemma", check=word_fault),
        Column("pos", ("verb", "noun", "adj")),
        Column("takes", TAKES, separator=","),
        Column("affirmed", VALUES),
        Column("negated", VALUES),
        Column("frame", FRAMES),
        Column("example", check=marked("[E:")),
    ),
    _row,
    order=lambda cells: tuple(cells[:3]),
)


@cache
def embeddings() -> tuple[EmbeddingRow, ...]:
    """All rows in the order of lemma, part of speech and what they take."""
    return EMBEDDINGS.load()
