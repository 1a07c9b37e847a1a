"""Marks in a text as pieces that stand one after the other, so that what is drawn is well-formed whatever overlaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from purport.model.document import Block, Span
from purport.model.record import Attribution
from purport.model.rows import words
from purport.store.browse import Layout

PART = 9_000
"""Code points of a part of a document that is drawn at once; a part is whole blocks."""
LONGEST = 40_000
"""Code points of a block that are drawn as one piece; a longer block is cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what they are of: roles, how many contents lie over them, the items; `opens` are those items that
    begin here."""

    text: str
    roles: tuple[str, ...]
    depth: int
    items: tuple[str, ...]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose words a block holds: the item that says so, the words for who it is ("" for nobody named), the layout."""

    item: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block with its pieces; `place` is that in the source, `whose` None where its words are the text's own."""

    kind: str
    level: int
    start: int
    place: str
    pieces: tuple[Piece, ...]
    whose: Whose | None = None


def parts(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where the parts of a document begin and end, in code points."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for block in blocks:
        for first in range(block.span.start, block.span.end, LONGEST):
            last = min(first + LONGEST, block.span.end)
            start = first if start is None else start
            if last - start >= PART:
                found.append((start, last))
                start = None
    if start is not None:
        found.append((start, blocks[-1].span.end))
    return found


def whose(layout: Layout, spoken: Sequence[Attribution]) -> dict[int, Whose]:
    """Whose the blocks of a document are, by where they start: of those that hold a block, the innermost."""
    found: dict[int, Whose] = {}
    starts = sorted(block.span.start for block in layout.blocks)
    # What lies in another comes after it, and is put in its place.
    for one in sorted(spoken, key=lambda one: -sum(map(len, one.content))):
        voice = Whose(one.id, words(layout.text, one.source), one.reason)
        for span in one.content:
            first = bisect_right(starts, span.start) - 1
            for start in starts[max(0, first) : bisect_left(starts, span.end)]:
                found[start] = voice
    return found


def drawn(
    layout: Layout, start: int, end: int, marked: Iterable[Attribution], voices: Mapping[int, Whose] | None = None
) -> list[Drawn]:
    """The blocks of a part with the attributions marked in them, and whose they are."""
    marks = [
        (span, role, one.id)
        for one in marked
        for role, spans in (("content", one.content), ("source", one.source), ("cue", one.cue))
        for span in spans
    ]
    opens: dict[int, list[str]] = {}
    for one in marked:
        opens.setdefault(one.extent.start, []).append(one.id)
    unit, found = layout.map.unit.value, []
    for block in layout.blocks:
        first, last = max(start, block.span.start), min(end, block.span.end)
        if first < last:
            number = layout.map.numbers((Span(first, last),))[0]
            pieces = tuple(_pieces(layout.text, first, last, marks, opens))
            told = (voices or {}).get(block.span.start)
            found.append(Drawn(block.kind.value, block.level, first, f"{unit} {number}", pieces, told))
    return found


def _pieces(
    text: str, first: int, last: int, marks: Sequence[tuple[Span, str, str]], opens: dict[int, list[str]]
) -> Iterable[Piece]:
    here = [mark for mark in marks if mark[0].start < last and mark[0].end > first]
    cuts = {first, last, *(at for at in opens if first <= at < last)}
    for span, _, _ in here:
        cuts |= {at for at in (span.start, span.end) if first < at < last}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        over = [mark for mark in here if mark[0].start <= left and right <= mark[0].end]
        roles = tuple(dict.fromkeys(role for _, role, _ in over))
        depth = sum(role == "content" for _, role, _ in over)
        yield Piece(
            text[left:right], roles, depth, tuple(dict.fromkeys(item for *_, item in over)), tuple(opens.get(left, ()))
        )
