"""What words do by being said: "I am deeply sorry", "You have my word", "No comment"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from purport.lexicons.tables import Column, Table, word_fault
from purport.model.vocabulary import ACTS, Act

_WHERE = ("opens", "whole", "in")
_GAP = 4
"""Words that "..." stands for at most."""
_ADVERB = r"(?:(?!(?:not|never|no|can|could|may|might|must|should|will|would|to) )\S+ )?"
_BETWEEN = rf"(?:(?!(?:not|never|no|nor|nobody|nothing|none|hardly|without) )\S+ ){{0,{_GAP}}}"


@dataclass(frozen=True, slots=True)
class PerformedRow:
    """Words of a sentence, as a pattern over the sentence in lower case; the act they do; and whether they open it, are
    all of it, or stand anywhere in it."""

    words: str
    act: Act
    where: str
    pattern: re.Pattern[str]
    example: str
    near_miss: str


def _row(words: str, act: str, where: str, example: str, near_miss: str) -> PerformedRow:
    return PerformedRow(words, cast("Act", act), where, re.compile(_pattern(words, where)), example, near_miss)


def _pattern(words: str, where: str) -> str:
    gaps = {"..": _ADVERB, "...": _BETWEEN}
    parts = [gaps.get(word, f"(?:{'|'.join(map(re.escape, word.lower().split('/')))}) ") for word in words.split()]
    start = "(?:^| )" if where == "in" else "^"
    return f"{start}{''.join(parts)}{'$' if where == 'whole' else ''}"


def _marked(example: str) -> str:
    return "" if re.search(r"\[.+\]", example) else "the example does not mark [the words]"


PERFORMED = Table(
    "performed.tsv",
    (
        Column("words", check=word_fault),
        Column("act", ACTS),
        Column("where", _WHERE),
        Column("example", check=_marked),
        Column("near_miss"),
    ),
    _row,
    order=lambda cells: cells[0],
)


@cache
def performed() -> tuple[PerformedRow, ...]:
    """All rows: those that are longer first, so that "no thank you" is met before what "no" does."""
    return tuple(sorted(PERFORMED.load(), key=lambda row: (-len(row.words.split()), row.words)))
