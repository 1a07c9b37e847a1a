"""Whose what stands under a heading is, where the heading says so: "Answer given by Ms Dorn", or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans
from purport.syntax.speakers import given_by, names

_DIRECTION = re.compile(r"(?:\([^()\n]{2,120}\)|\[[^\[\]\n]{2,120}\])[.]?$")
_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_DAY = "|".join(sorted(day.title() for day in words_of("weekdays") | words_of("months")))
_BEHIND = re.compile(rf"\s*[,(\n]|\s(?:[a-z]+\s){{1,2}}(?:{_DAY}|\d)")
_RULE = re.compile(r"[\W_]+$")


def headings(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under "Answer given by Ms Dorn", and under names that are headings."""
    said: dict[int, Spans] = {}
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.level == 1:
            continue
        match = given_by(text, block.span)
        if match is not None:
            said[number] = (match,)
    heads = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level != 1]
    named = [n for n in heads if names(name := _name(blocks[n].span.of(text))) and 2 <= len(_large(name)) <= 4]
    told = sum(_MINE.search(blocks[n + 1].span.of(text)) is not None for n in named if n + 1 < len(blocks))
    if (len(named) >= 3 and 4 * len(named) >= 3 * len(heads) and told >= 2) or _same_below(text, blocks, heads, named):
        heads = [n for n in heads if not named or blocks[n].level <= blocks[named[0]].level or n in named]
        for number in named:
            start = blocks[number].span.start
            name = _name(blocks[number].span.of(text))
            said.setdefault(number, (Span(start, start + len(name)),))
    if len(said) < 2 or 2 * len(said) < len(heads):
        return []
    for number in heads:
        words = blocks[number].span.of(text)
        name = _name(words)
        if number not in said and names(name) and len(name.split()) >= 2:
            said[number] = (Span(blocks[number].span.start, blocks[number].span.start + len(name)),)
    found = []
    for number, source in sorted(said.items()):
        content = _under(text, blocks, number)
        if content:
            found.append(Voice(source, (), content, "heading"))
    return found


def _name(words: str) -> str:
    """The name that a heading begins with: without an office behind it, or when it came in ("received Tuesday")."""
    return _BEHIND.split(words)[0]


def _large(name: str) -> list[str]:
    return [word for word in name.split() if word not in words_of("small words of names")]


def _same_below(text: str, blocks: Sequence[Block], heads: Sequence[int], named: Sequence[int]) -> bool:
    """Whether below headings of one level that are names, all but one at most, the same smaller headings come again:
    "Round one", "Round two"."""
    level = blocks[named[0]].level if named else 0
    beside = [n for n in heads if blocks[n].level == level]
    if not level or len(named) < 2 or any(blocks[n].level != level for n in named) or len(beside) > len(named) + 1:
        return False
    below = [
        {blocks[m].span.of(text).lower() for m in heads if n < m < later and blocks[m].level > level}
        for n, later in zip(named, [*named[1:], len(blocks)], strict=True)
    ]
    return bool(below[0]) and all(len(below[0] & other) * 2 >= len(below[0]) for other in below)


def _under(text: str, blocks: Sequence[Block], heading: int) -> Spans:
    """What stands under a heading, up to the next that is no smaller, without stage directions and rules."""
    found = []
    level = blocks[heading].level
    for block in blocks[heading + 1 :]:
        if block.kind is BlockKind.HEADING:
            if level and block.level > level:
                continue
            break
        words = block.span.of(text)
        if not _DIRECTION.match(words) and not _RULE.match(words):
            found.append(block.span)
    return tuple(found)
