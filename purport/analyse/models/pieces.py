"""Word pieces of a document as the tagger reads them, and the windows that it reads them in.

Pieces are cut from the same plain view of each block that the parser is shown (`purport.analyse.parser.plain_view`), so
that quotation marks, capitals, line ends and invisible characters make no difference, and every piece knows its place
in the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.wordpiece import Piece, WordPiece
from purport.analyse.parser.name_placeholders import Shown
from purport.analyse.parser.plain_view import Plain, doubled

Ints = NDArray[np.int64]

LENGTH = 256
"""Positions of a window: the pieces in it, one mark before them, one after each block."""
BEFORE = 32
"""Positions of a window at most that show what stands before its core."""
AFTER = 16
"""The same for what stands after it, where the core takes all the room there is for one."""
FARTHEST = 32
"""The same where it does not: more is read for nothing, since it is the core of the next window."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Word pieces in order, as arrays of one length: `ids` in the vocabulary, `start` and `end` as code points of the
    document's text, `block` as the number of the block it stands in, `first` where a word begins. `behind` are, by the
    number of a piece, the ids of those in whose place it is shown."""

    ids: Ints
    start: Ints
    end: Ints
    block: Ints
    first: NDArray[np.bool_]
    behind: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)


class Window(NamedTuple):
    """Pieces `begin` to `end` are read together, for what is to be known of pieces `first` to `last` (half-open)."""

    begin: int
    end: int
    first: int
    last: int


def pieces(views: Iterable[tuple[int, Plain, Sequence[Shown]]], tokenizer: WordPiece) -> Pieces:
    """The word pieces of plain views, each with the number of the block that it is of and with what is shown in places
    of it, in order, each of which is one piece."""
    ids: list[int] = []
    start: list[int] = []
    end: list[int] = []
    block: list[int] = []
    first: list[bool] = []
    behind: dict[int, Sequence[int]] = {}
    for number, view, shown in views:
        for piece, hidden in _with(tokenizer.pieces(doubled(view.text)), shown, tokenizer):
            if hidden:
                behind[len(ids)] = hidden
            ids.append(piece.id)
            start.append(view.back[piece.start])
            end.append(view.back[piece.end - 1] + 1)
            block.append(number)
            first.append(piece.first)
    return Pieces(
        np.array(ids, np.int64),
        np.array(start, np.int64),
        np.array(end, np.int64),
        np.array(block, np.int64),
        np.array(first, np.bool_),
        behind,
    )


def _with(
    found: Iterable[Piece], shown: Iterable[Shown], tokenizer: WordPiece
) -> Iterator[tuple[Piece, Sequence[int]]]:
    """The pieces, with one for each place in which something is shown instead, and the ids of those behind it."""
    ahead = iter(shown)
    now = next(ahead, None)
    hidden: list[int] = []
    for piece in found:
        while now is not None and now.end <= piece.start:
            yield Piece(tokenizer.vocabulary[now.word], now.start, now.end, True), hidden
            now, hidden = next(ahead, None), []
        if now is not None and now.start < piece.end:
            hidden.append(piece.id)
        else:
            yield piece, ()
    while now is not None:
        yield Piece(tokenizer.vocabulary[now.word], now.start, now.end, True), hidden
        now, hidden = next(ahead, None), []


def windows(block: Ints) -> Iterator[Window]:
    """Windows whose cores are every piece once, in order; cores end with a block wherever one block fits.

    What stands before and after a core is shown beside it, whole blocks if they fit, else their nearest pieces.
    """
    size = len(block)
    ends = [*(np.flatnonzero(np.diff(block)) + 1).tolist(), size] if size else []
    room = LENGTH - BEFORE - AFTER
    first = 0
    while first < size:
        last = fit(ends, first, first, room)
        begin = first
        limit = BEFORE
        # Backwards: blocks that fit whole, then what is left of one.
        while begin > 0 and limit > 1:
            at = bisect_left(ends, begin)
            head = ends[at - 1] if at else 0
            if ends[at] == begin:
                limit -= 1
            if begin - head <= limit:
                limit -= begin - head
                begin = head
            else:
                begin -= limit
                break
        end = min(last + FARTHEST, fit(ends, begin, last, LENGTH, whole=False))
        yield Window(begin, end, first, last)
        first = last


def fit(ends: Sequence[int], begin: int, first: int, room: int, *, whole: bool = True) -> int:
    """How far a window from `begin` may reach in `room` positions: to the end of a block that lies beyond `first`,
    or into one where none fits or none need be `whole`."""
    at = bisect_right(ends, begin)
    used = 2  # the marks at both ends
    reached = begin
    while at < len(ends):
        if used + ends[at] - reached > room:
            if whole and reached > first:
                return reached
            return max(reached, reached + room - used)
        used += ends[at] - reached + 1
        reached = ends[at]
        at += 1
    return reached


def laid_out(found: Pieces, window: Window, mark: tuple[int, int]) -> tuple[Ints, Ints]:
    """What the model is shown of a window: the ids at its positions, and the position of each of its pieces.

    `mark` are the ids of the marks that begin a window and end a block.
    """
    block = found.block[window.begin : window.end]
    place = np.arange(1, len(block) + 1, dtype=np.int64)
    if len(block):
        place[1:] += np.cumsum(block[1:] != block[:-1])
    ids = np.full((int(place[-1]) if len(block) else 0) + 2, mark[1], np.int64)
    ids[0] = mark[0]
    ids[place] = found.ids[window.begin : window.end]
    return ids, place
