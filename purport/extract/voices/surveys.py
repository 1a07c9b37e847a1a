"""Answers of a survey: items of a list under a question that was put to many, each somebody's who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span

_ASKED = re.compile(r"(?:question|q\.?|item)\s?\d{1,3}\b|\?\s*$", re.I)
_FREE = re.compile(
    r"\b(?:free[- ]text|open[- ]ended|verbatim|unedited|respondents?|free|open|written|selected) (?:answers?|responses?"
    r"|comments?|repl(?:y|ies)|entries|remarks?)\b|\b(?:survey|questionnaire|poll)\b|\bin their own words\b",
    re.I,
)
_EARLY = 6
"""Blocks from the beginning in which a text says that it holds answers."""
_LEAST = 3
"""Items that a list of answers has at least."""


def surveys(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The items of lists under questions, in a text that says near its beginning that it holds answers of a survey."""
    if not any(_FREE.search(block.span.of(text)) for block in blocks[:_EARLY]):
        return []
    found: list[Voice] = []
    number = 0
    while number < len(blocks):
        if blocks[number].kind is not BlockKind.HEADING or not _ASKED.search(blocks[number].span.of(text)):
            number += 1
            continue
        last = number + 1
        while last < len(blocks) and blocks[last].kind is not BlockKind.HEADING:
            last += 1
        items: list[Span] = [b.span for b in blocks[number + 1 : last] if b.kind is BlockKind.ITEM]
        if len(items) < _LEAST:
            items = list(_headed(text, blocks[number + 1 : last]))
        if len(items) >= _LEAST:
            found += [Voice((), (), (item,), "answer of a survey") for item in items]
        number = last
    return found


_BARS = re.compile(r"\s[|/·•]\s|,\s")


def _headed(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """The paragraphs below lines that only tell a number, a sex, an age, a place: "0412 | woman | 45 to 54"."""
    under = False
    for block in blocks:
        words = block.span.of(text)
        if words[-1] not in ".!?" and len(words) <= 90 and len(_BARS.findall(words)) >= 2:
            under = True
        elif under:
            yield block.span
