"""Lexicons: tables of words, each with a header that says what it is, where it comes from and its licence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ACTS = frozenset(
    {
        "accuse",
        "admit",
        "agree",
        "announce",
        "argue",
        "ask",
        "assert",
        "believe",
        "confirm",
        "criticise",
        "demand",
        "deny",
        "withhold",
        "doubt",
        "fear",
        "hope",
        "learn",
        "plan",
        "praise",
        "predict",
        "promise",
        "quote",
        "reject",
        "request",
        "threaten",
        "warn",
    }
)
"""Every speech act there is. `withhold`: the source declines to say, or says that it does not know."""

PARTS_OF_SPEECH = frozenset({"verb", "noun", "adj", "prep", "phrase"})

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
    act: str
    polarity: int
    frames: frozenset[str]
    strong: bool
    example: str


@cache
def cues() -> tuple[CueRow, ...]:
    """All cues, in the order of (lemma, pos). Raises `ValueError`, naming the line, on a row that is malformed."""
    return parse_cues((files(__package__) / "cues.tsv").read_text(encoding="utf-8"))


def parse_cues(table: str) -> tuple[CueRow, ...]:
    """The rows of a table of cues (tab-separated; lines that begin with "#" are comments), in its order.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: list[CueRow] = []
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        try:
            row = _row(line)
        except ValueError as error:
            raise ValueError(f"cues.tsv, line {number}: {error}") from None
        if rows and (rows[-1].lemma, rows[-1].pos) >= (row.lemma, row.pos):
            raise ValueError(f"cues.tsv, line {number}: {row.lemma!r} ({row.pos}) is repeated or out of order")
        rows.append(row)
    return tuple(rows)


def _row(line: str) -> CueRow:
    columns = line.split("\t")
    if len(columns) != 7:
        raise ValueError(f"a row has 7 columns, this one {len(columns)}")
    lemma, pos, act, polarity, frames, strength, example = columns
    if not lemma or lemma != lemma.strip().lower():
        raise ValueError(f"{lemma!r} is not a lemma in lower case")
    if not example:
        raise ValueError(f"{lemma!r} has no example")
    for value, column, known in (
        (pos, "pos", PARTS_OF_SPEECH),
        (act, "act", ACTS),
        (polarity, "polarity", POLARITIES),
        (strength, "strength", ("strong", "weak")),
        *((frame, "frames", FRAMES) for frame in frames.split(",")),
    ):
        if value not in known:
            raise ValueError(f"{value!r} is no value of the column {column}")
    return CueRow(lemma, pos, act, POLARITIES[polarity], frozenset(frames.split(",")), strength == "strong", example)
