"""Words that embed an act, and what they make of its truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VALUES = {"+": 3, "p+": 2, "s+": 1, "u": 0, "s-": -1, "p-": -2, "-": -3, "!": 3, "!-": -3}
"""Certainty of the embedded act in thirds: certain, probable, possible, unknown; "!" is presupposed."""

TAKES = ("to", "that", "ing", "of", "in", "from", "up", "out")
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


@cache
def embeddings() -> tuple[EmbeddingRow, ...]:
    """All rows in their order. Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_embeddings((files(__package__) / "embedding.tsv").read_text(encoding="utf-8"))


def parse_embeddings(table: str) -> tuple[EmbeddingRow, ...]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments), in its order.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: list[EmbeddingRow] = []
    before = ("", "", "")
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        where = f"embedding.tsv, line {number}"
        if len(columns) != 7:
            raise ValueError(f"{where}: a row has 7 columns, this one {len(columns)}")
        lemma, pos, takes, affirmed, negated, frame, example = columns
        for value, column, known in (
            (pos, "pos", ("verb", "noun", "adj")),
            (affirmed, "affirmed", VALUES),
            (negated, "negated", VALUES),
            (frame, "frame", FRAMES),
            *((one, "takes", TAKES) for one in takes.split(",")),
        ):
            if value not in known:
                raise ValueError(f"{where}: {value!r} is no value of the column {column}")
        if (lemma, pos, takes) <= before:
            raise ValueError(f"{where}: {lemma!r} ({pos}) is repeated or out of order")
        if "[E:" not in example:
            raise ValueError(f"{where}: {lemma!r} has no example with what it embeds marked")
        before = (lemma, pos, takes)
        rows.append(
            EmbeddingRow(
                lemma,
                pos,
                frozenset(takes.split(",")),
                VALUES[affirmed],
                VALUES[negated],
                "!" in affirmed,
                frame,
                example,
            )
        )
    return tuple(rows)
