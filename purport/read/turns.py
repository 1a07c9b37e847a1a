"""Blocks parted where a turn begins: the label that says whose it is stands in a block of its own, before its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.labels import Label, labels
from purport.syntax.speakers import names, person


def with_labels(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a text, each label in them a block of kind `LABEL`; the words before and behind it keep theirs. A
    label that a reader gives the level 1 (a term with its definition, who posted something) is one where all of these
    are names and one of them is a person's or comes again."""
    doubtful = [
        _CLOCK.sub("", block.span.of(text)) for block in blocks if block.kind is BlockKind.LABEL and block.level == 1
    ]
    if doubtful:
        named = len(doubtful) > 1 and all(map(names, doubtful))
        sure = named and (len(set(doubtful)) < len(doubtful) or any(map(person, doubtful)))
        kind = BlockKind.LABEL if sure else BlockKind.ITEM
        blocks = [replace(b, kind=kind) if b.kind is BlockKind.LABEL and b.level == 1 else b for b in blocks]
    blocks = [
        replace(b, level=0) if b.kind in (BlockKind.LABEL, BlockKind.ITEM) and b.level == 1 else b for b in blocks
    ]
    found = labels(text, blocks)
    if not found:
        return tuple(blocks)
    starts = [label.start for label in found]
    result: list[Block] = []
    covered = 0
    for block in blocks:
        first, last = bisect_left(starts, block.span.start), bisect_left(starts, block.span.end)
        for part in _parted(text, block, found[first:last]):
            # A label may hold the line below it, where a reader saw another block.
            if part.span.start >= covered:
                result.append(part)
                covered = part.span.end
            elif part.span.end > covered and (rest := trimmed(text, covered, part.span.end)) is not None:
                result.append(replace(part, span=rest))
                covered = rest.end
    return tuple(result)


_CLOCK = re.compile(r"^\s*\d{1,2}[:.]\d{2}\s+|\s*\([^()\n]{1,40}\)$")
"""When somebody speaks, and what he is, beside his name."""


def _parted(text: str, block: Block, inside: Sequence[Label]) -> Iterator[Block]:
    at = block.span.start
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING and inside else block.kind
    for label in inside:
        if (before := trimmed(text, at, label.start)) is not None:
            yield replace(block, span=before, kind=kind, level=0 if inside else block.level)
        own = trimmed(text, label.start, label.end)
        if own is not None:
            kind_ = BlockKind.SIGNATURE if label.dress == "signed" else BlockKind.LABEL
            yield replace(block, span=own, kind=kind_, level=0, strong=False)
        at = label.end
    if (rest := trimmed(text, at, block.span.end) if at < block.span.end else None) is not None:
        yield replace(block, span=Span(rest.start, rest.end), kind=kind, level=0 if inside else block.level)
