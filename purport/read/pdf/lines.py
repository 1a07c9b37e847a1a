"""The characters of a PDF's pages -> lines in reading order, column by column, without running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.I)
_MARGIN = 0.14
"""Share of the page's height, at its top and its foot, in which running heads and page numbers stand."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its index in pdfium's page, its edges and base line in points, the size and weight of its type.

    A space that pdfium made has size 0.
    """

    char: str
    index: int
    left: float
    right: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column. `column` counts the columns of a page in reading order; `begin` and `end` are the
    column's edges, known once running heads are out.

    `height` is the page's, in points as everything here.
    """

    glyphs: tuple[Glyph, ...]
    page: int
    height: float
    column: int = 0
    begin: float = 0.0
    end: float = 0.0

    @property
    def text(self) -> str:
        """Its words, as they stand."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """The left edge of its first character (of its outermost, where it runs from right to left)."""
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        """The right edge of its outermost character."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def y(self) -> float:
        """Its base line: that of most of its characters."""
        return median(glyph.y for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its type."""
        sizes = Counter(round(g.size, 1) for g in self.glyphs if g.size and not g.char.isspace())
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        letters = [glyph.bold for glyph in self.glyphs if glyph.char.isalnum()]
        return bool(letters) and all(letters)


def lines_of(glyphs: Sequence[Glyph], page: int, height: float) -> list[Line]:
    """The lines of one page in reading order."""
    fragments = [_Fragment.of(part) for part in _fragments(glyphs) if any(glyph.size for glyph in part)]
    found: list[Line] = []
    for column, region in enumerate(_regions(fragments)):
        found += (Line(line, page, height, column) for line in _merged(region))
    return found


@dataclass(frozen=True, slots=True)
class _Fragment:
    """Characters that stand side by side on one base line without a wide gap."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    y: float
    size: float

    @classmethod
    def of(cls, glyphs: Sequence[Glyph]) -> _Fragment:
        inked = [g for g in glyphs if g.size]
        left, right = min(g.left for g in inked), max(g.right for g in inked)
        return cls(tuple(glyphs), left, right, median(g.y for g in inked), median(g.size for g in inked))


def _fragments(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Parts of pdfium's order, cut where the base line or the place on it jumps."""
    part: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.size and last is not None:
            size = max(glyph.size, last.size, 1.0)
            rises = abs(glyph.y - last.y) > 0.45 * size
            # Right-to-left runs step back a character at a time; a jump is wider than that in either direction.
            jumps = glyph.left - last.right > 0.9 * size or last.left - glyph.right > 0.9 * size
            if rises or jumps:
                yield _trimmed(part)
                part = []
        if glyph.size:
            last = glyph
        if part or not glyph.char.isspace():
            part.append(glyph)
    if part:
        yield _trimmed(part)


def _trimmed(part: list[Glyph]) -> list[Glyph]:
    while part and part[-1].char.isspace():
        part.pop()
    return part


def _regions(fragments: list[_Fragment], depth: int = 0) -> Iterator[list[_Fragment]]:
    """The columns in reading order. What crosses a gutter parts the columns above it from those below."""
    gutter = _gutter(fragments) if depth < 4 else None
    if gutter is None:
        if fragments:
            yield sorted(fragments, key=lambda f: (-f.y, f.left))
        return
    crossing = [f for f in fragments if f.left < gutter - 1 and f.right > gutter + 1]
    rest = [f for f in fragments if not (f.left < gutter - 1 and f.right > gutter + 1)]
    levels = sorted({f.y for f in crossing}, reverse=True)
    upper = float("inf")
    for lower in [*levels, float("-inf")]:
        band = [f for f in rest if lower + 0.5 < f.y < upper - 0.5]
        yield from _regions([f for f in band if f.right <= gutter + 1], depth + 1)
        yield from _regions([f for f in band if f.right > gutter + 1], depth + 1)
        level = [f for f in fragments if abs(f.y - lower) <= 0.5]
        if level:
            yield sorted(level, key=lambda f: f.left)
        upper = lower


def _gutter(fragments: Sequence[_Fragment]) -> float | None:
    """The middle of a white strip that parts the fragments into columns of running text; None where there is none."""
    if len(fragments) < 6:
        return None
    size = median(f.size for f in fragments)
    left, right = min(f.left for f in fragments), max(f.right for f in fragments)
    best: tuple[int, float, float] | None = None
    edges = sorted({round(f.right, 1) for f in fragments})
    for edge in edges:
        if not left + 0.15 * (right - left) < edge < right - 0.15 * (right - left):
            continue
        beyond = [f.left for f in fragments if f.left > edge]
        wide = [f for f in fragments if f.left < edge + 0.3 and f.right > edge + 0.3]
        start = min((x for x in beyond if x - edge > 0.7 * size), default=edge)
        inside = [f for f in fragments if edge < f.left < start]
        if start - edge < max(6.0, 0.7 * size) or inside:
            continue
        rank = (len(wide), -(start - edge), (start + edge) / 2)
        if best is None or rank < best:
            best = rank
    if best is None or best[0] > 0.25 * len(fragments):
        return None
    middle = best[2]
    return middle if _is_text(fragments, middle) else None


def _is_text(fragments: Sequence[_Fragment], gutter: float) -> bool:
    """Whether both sides of a gutter hold running text side by side, not the cells of a table."""
    sides = [f for f in fragments if f.right <= gutter + 1], [f for f in fragments if f.left >= gutter - 1]
    for side in sides:
        # Counted by row, since the wide spaces of justified lines part a line into many fragments.
        rows = {round(f.y) for f in side}
        if len(rows) < 3 or sum(len(f.glyphs) for f in side) < 14 * len(rows):
            return False
    (low, high), (lower, higher) = ((min(f.y for f in s), max(f.y for f in s)) for s in sides)
    return min(high, higher) - max(low, lower) > 1.5 * median(f.size for f in fragments)


def _merged(region: list[_Fragment]) -> Iterator[tuple[Glyph, ...]]:
    """The lines of one column: fragments on one base line side by side, with a space of size 0 between them."""
    row: list[_Fragment] = []
    for fragment in region:
        if row and abs(fragment.y - row[0].y) > 0.4 * max(row[0].size, fragment.size):
            yield _joined(row)
            row = []
        row.append(fragment)
    if row:
        yield _joined(row)


def _joined(row: list[_Fragment]) -> tuple[Glyph, ...]:
    glyphs: list[Glyph] = []
    for fragment in sorted(row, key=lambda f: f.left):
        if glyphs and fragment.left - glyphs[-1].right > 0.1 * fragment.size:
            glyphs.append(Glyph(" ", -1, glyphs[-1].right, glyphs[-1].right, glyphs[-1].y, 0.0, False))
        glyphs += fragment.glyphs
    return tuple(glyphs)


def without_running(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines but running heads and feet (the same on many pages, up to digits, at the same height) and bare page
    numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({key for line in lines if _marginal(line) for key in _keys(line)})
    filled = sum(1 for lines in pages if lines)
    often = max(2, 0.4 * filled)
    kept: list[Line] = []
    for lines in pages:
        edges = {*_outer(lines, 1), *_outer(lines, -1)}
        for line in lines:
            repeated = _marginal(line) and max(seen[key] for key in _keys(line)) >= often
            number = line in edges and _marginal(line) and _NUMBER.fullmatch(line.text.strip())
            if not (repeated or number):
                kept.append(line)
    return _with_edges(kept)


def _with_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines, each with the edges of its column as they are now that running heads and feet are out of it."""
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        begin, end = edges.get((line.page, line.column), (line.left, line.right))
        edges[line.page, line.column] = min(begin, line.left), max(end, line.right)
    found = (edges[line.page, line.column] for line in lines)
    return [replace(line, begin=begin, end=end) for line, (begin, end) in zip(lines, found, strict=True)]


def _outer(lines: Sequence[Line], sign: int) -> list[Line]:
    """The two lines that stand highest (1) or lowest (-1)."""
    return sorted(lines, key=lambda line: -sign * line.y)[:2]


def _marginal(line: Line) -> bool:
    return line.height > 0 and not _MARGIN * line.height < line.y < (1 - _MARGIN) * line.height


def _keys(line: Line) -> tuple[tuple[str, int], ...]:
    """Names that a line shares with the lines like it on other pages: its words without digits, its height."""
    words = _DIGITS.sub("#", " ".join(line.text.split())).casefold()
    return (words, round(line.y / 12)), (words, round(line.y / 12 + 0.5) + 10_000)
