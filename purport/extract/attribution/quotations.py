"""Quotations: what stands between quotation marks, however they are written, nested or left open.

Marks are read block by block, so that a stray one can spoil no more than its own block. A quotation may go on in
the next block where that opens with the same mark and the one before was left open (the usage of newspapers and
of books alike).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from purport.model.document import Block, Span, Spans

_PAIRS = {"“": "”", "„": "“”‟", "«": "»", "‘": "’", "‹": "›", "‚": "‘’"}
_CLOSERS = frozenset("”»’›‟")
_DOUBLE = frozenset('"“”„‟«»＂')
_STRAIGHT = frozenset("\"'＂")
_MARKS = _DOUBLE | _STRAIGHT | frozenset("‘’‚‹›")
_MARK = re.compile(f"[{''.join(sorted(_MARKS))}]")
_OPENING_BEFORE = frozenset("([{—–-/:;,…")
_FAMILY = {"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"', '"': '"', "«": "«", "»": "«"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks. `spans` reach from the opening to the closing mark, one span a block.

    `depth` is 0 for a quotation that lies in no other; `closed` is False where its last mark is missing, and the
    quotation is then taken to reach to the end of its block.
    """

    spans: Spans
    depth: int
    closed: bool = True

    @property
    def extent(self) -> Span:
        """From its first mark to its last character."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(slots=True)
class _Open:
    at: int
    mark: str
    depth: int


def quotations(text: str, blocks: Iterable[Block]) -> tuple[Quotation, ...]:
    """All quotations in blocks that follow one another, in the order in which they open."""
    found: list[Quotation] = []
    left_open: Quotation | None = None
    for block in blocks:
        here = sorted(_in_block(text, block.span), key=lambda q: (q.spans[0].start, q.depth))
        if left_open is not None:
            first = here[0] if here else None
            if first is not None and first.depth == 0 and _goes_on(text, block, left_open, first):
                found.remove(left_open)
                here[0] = Quotation((*left_open.spans, *first.spans), 0, first.closed)
        found.extend(here)
        last = next((q for q in reversed(here) if not q.closed and q.depth == 0), None)
        left_open = last if last is not None and last.spans[-1].end == block.span.end else None
    return tuple(sorted(found, key=lambda q: (q.spans[0].start, q.depth)))


def _goes_on(text: str, block: Block, before: Quotation, first: Quotation) -> bool:
    family = _FAMILY.get(text[before.spans[-1].start])
    return (
        family is not None
        and first.spans[0].start == block.span.start
        and _FAMILY.get(text[first.spans[0].start]) == family
    )


def _in_block(text: str, block: Span) -> Iterator[Quotation]:
    """Quotations that open in one block; those left open reach to its end."""
    stack: list[_Open] = []
    for match in _MARK.finditer(text, block.start, block.end):
        at, mark = match.start(), match.group()
        if _is_apostrophe(text, block, at, stack):
            continue
        closes = _closed_by(stack, text, block, at)
        if closes is not None:
            # What was opened inside and never closed were stray marks (inches, a plural's apostrophe).
            del stack[closes + 1 :]
            opened = stack.pop()
            if at - opened.at > 1:
                yield Quotation((Span(opened.at, at + 1),), opened.depth)
        elif _may_open(text, block, at):
            if stack and _FAMILY.get(stack[-1].mark, "'") == _FAMILY.get(mark, "'"):
                # The same mark again: the earlier one was stray, or its closing mark was forgotten.
                stack.pop()
            stack.append(_Open(at, mark, len(stack)))
    if stack and stack[0].mark in _DOUBLE and block.end - stack[0].at > 1:
        yield Quotation((Span(stack[0].at, block.end),), 0, closed=False)


def _closed_by(stack: list[_Open], text: str, block: Span, at: int) -> int | None:
    mark = text[at]
    for number in range(len(stack) - 1, -1, -1):
        opened = stack[number].mark
        if mark in _STRAIGHT and opened == mark:
            # A straight mark closes unless it can only open: space before it and a word after it.
            return None if _only_opens(text, block, at) else number
        if mark in _PAIRS.get(opened, ""):
            return number
        if mark == '"' and opened in "“„" and not _only_opens(text, block, at):
            return number
        if mark == "”" and opened == '"':
            return number
    return None


def _only_opens(text: str, block: Span, at: int) -> bool:
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    return (before.isspace() or before in "([{") and not after.isspace()


def _may_open(text: str, block: Span, at: int) -> bool:
    mark = text[at]
    if mark in _CLOSERS:
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if after.isspace():
        # "« mot »": French marks stand apart from their words.
        return mark == "«" or (at == block.start and mark in _DOUBLE and at + 2 < block.end)
    if mark in "“‘„«‹":
        return True
    return before.isspace() or before in _OPENING_BEFORE or before in _MARKS


def _is_apostrophe(text: str, block: Span, at: int, stack: list[_Open]) -> bool:
    """Whether a single mark is part of a word: don't, Denk's, the '30s, the ministers' plan."""
    mark = text[at]
    if mark not in "'’‘":
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if before.isalnum() and after.isalnum():
        return True
    if not before.isalnum() and after.isdigit() and mark != "‘":
        return True
    opened = next((o for o in reversed(stack) if o.mark in "'‘‚"), None)
    if opened is None:
        return mark == "’" or before.isalnum()
    if before in "sS" and after.isspace():
        # "the ministers' plan" inside single marks: the closing mark is the last one that could be.
        rest = text[at + 1 : block.end]
        return any(_could_close(rest, i) for i, char in enumerate(rest) if char == mark)
    return False


def _could_close(rest: str, i: int) -> bool:
    before = rest[i - 1] if i else " "
    after = rest[i + 1] if i + 1 < len(rest) else " "
    return not before.isspace() and not after.isalnum() and before not in "sS"
