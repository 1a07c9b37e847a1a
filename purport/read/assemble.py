"""Pieces of text, each with its way back to the source -> the text, blocks and source map of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from purport.model.document import Block, BlockKind, Segment, SourceMap, Span, Unit

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block to be: its text without white space at the ends, and segments whose `start` counts from the piece's."""

    text: str
    segments: tuple[Segment, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    strong: bool = False
    cell: tuple[int, int, int] | None = None


def assemble(pieces: Iterable[Piece], unit: Unit) -> tuple[str, tuple[Block, ...], SourceMap]:
    """The pieces joined by blank lines. White space at their ends is cut off; empty pieces are left out.

    The blank lines come from nowhere (`Segment.offset` is None) and count to the unit of the piece before.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    position = 0
    for piece in pieces:
        cut = len(piece.text) - len(piece.text.lstrip())
        text = piece.text.strip()
        if not text:
            continue
        if parts:
            segments.append(Segment(position, segments[-1].number, None))
            parts.append(SEPARATOR)
            position += len(SEPARATOR)
        segments += _shifted(piece.segments, cut, len(text), position)
        span = Span(position, position + len(text))
        blocks.append(Block(span, piece.kind, piece.level, piece.depth, piece.strong, piece.cell))
        parts.append(text)
        position += len(text)
    return "".join(parts), tuple(blocks), SourceMap(unit, tuple(segments))


def _shifted(segments: tuple[Segment, ...], cut: int, length: int, position: int) -> Iterable[Segment]:
    """The segments of a piece whose first `cut` characters were cut off and `length` are left, from `position`."""
    for at, segment in enumerate(segments):
        end = segments[at + 1].start if at + 1 < len(segments) else cut + length
        if end <= cut or segment.start >= cut + length:
            continue
        lost = max(0, cut - segment.start)
        offset = None if segment.offset is None else segment.offset + lost
        yield Segment(position + segment.start + lost - cut, segment.number, offset)
