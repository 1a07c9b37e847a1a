"""Whose what stands under a heading is, where the heading says so: "Answer given by Ms Dorn", or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span, Spans
from purport.syntax.speakers import given_by, names

_DIRECTION = re.compile(r"(?:\([^()\n]{2,120}\)|\[[^\[\]\n]{2,120}\])[.]?$")
_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
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
    named = [
        n
        for n in heads
        if names(name := re.split(r"\s*[,(\n]", blocks[n].span.of(text))[0]) and 2 <= len(name.split()) <= 4
    ]
    told = sum(_MINE.search(blocks[n + 1].span.of(text)) is not None for n in named if n + 1 < len(blocks))
    if len(named) >= 3 and 4 * len(named) >= 3 * len(heads) and told >= 2:
        for number in named:
            start = blocks[number].span.start
            name = re.split(r"\s*[,(\n]", blocks[number].span.of(text))[0]
            said.setdefault(number, (Span(start, start + len(name)),))
    if len(said) < 2 or 2 * len(said) < len(heads):
        return []
    for number in heads:
        words = blocks[number].span.of(text)
        name = re.split(r"\s*[,(\n]", words)[0]
        if number not in said and names(name) and len(name.split()) >= 2:
            said[number] = (Span(blocks[number].span.start, blocks[number].span.start + len(name)),)
    found = []
    for number, source in said.items():
        content = _under(text, blocks, number)
        if content:
            found.append(Voice(source, (), content, "heading"))
    return found


def _under(text: str, blocks: Sequence[Block], heading: int) -> Spans:
    """What stands under a heading, up to the next, without stage directions and rules."""
    found = []
    for block in blocks[heading + 1 :]:
        if block.kind is BlockKind.HEADING:
            break
        words = block.span.of(text)
        if not _DIRECTION.match(words) and not _RULE.match(words):
            found.append(block.span)
    return tuple(found)
