"""Words and phrases by which a text says that a source says, denies, asks or believes something."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, marked
from purport.model.vocabulary import ACTS, Act

PARTS_OF_SPEECH = ("verb", "noun", "adj", "prep", "phrase")

FRAMES = ("quote", "that", "wh", "to", "np", "of", "as", "for")
"""The complements that make a word a cue: a direct quotation, a that- or zero-that clause, a wh- or whether-clause,
a to-infinitive, a noun phrase, and what follows "of" ("accuse X of"), "as" ("describe X as"), "for" ("call for")."""

POLARITIES = {"+": 1, "-": -1, "0": 0}


@dataclass(frozen=True, slots=True)
class CueRow:
    """A word or phrase that attributes, by its lemma.

    `polarity` is 1 where the source affirms the content, -1 where it denies or rejects it, 0 where it leaves it
    open. `strong` cues report almost always, the others only with a quotation or a clause. `example` is one
    sentence with the source, the cue and the content marked: "[S:Denk] [C:denied] [X:that the bridge had been hit]."
    """

    lemma: str
    pos: str
    act: Act
    polarity: int
    frames: frozenset[str]
    strong: bool
    example: str


def _lemma_fault(lemma: str) -> str:
    return "" if lemma == lemma.strip().lower() else f"{lemma!r} is not a lemma in lower case"


def _row(lemma: str, pos: str, act: Act, polarity: str, frames: str, strength: str, example: str) -> CueRow:
    return CueRow(lemma, pos, act, POLARITIES[polarity], frozenset(frames.split(",")), strength == "strong", example)


CUES = Table(
    "cues.tsv",
    (
        Column("lemma", check=_lemma_fault),
        Column("pos", PARTS_OF_SPEECH),
        Column("act", sorted(ACTS)),
        Column("polarity", POLARITIES),
        Column("frames", FRAMES, separator=","),
        Column("strength", ("strong", "weak")),
        Column("example", check=marked("[C:", "[X:")),
    ),
    _row,
    order=lambda cells: (cells[0], cells[1]),
)


@cache
def cues() -> tuple[CueRow, ...]:
    """All cues, in the order of lemma and part of speech."""
    return CUES.load()
