"""What stands beside or below the text of a page: numbers of lines are left out, notes are set aside to the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from purport.read.pdf.lines import Line

_LEFT = re.compile(r"\s*(\d{1,3})(?=\s+\S|$)")
_RIGHT = re.compile(r"(?<=\S)\s+(\d{1,3})\s*$")
_ROW = 5
"""Lines in a row that are numbered, from which on the numbers are those of a page's lines."""
_MOST = 0.7
"""Share of a page's lines that are numbered at least."""
_WIDE = 1.5
"""Sizes of type between a line's words and its number at least, where that stands behind it."""
_SMALL = 0.88
"""Size of a note's type, as a share of the text's, at most."""
_MARK = re.compile(r"\s*(?:\d{1,3}|[*†‡§]+|[a-z]\))")


def with_notes_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines of all pages without their numbers, notes at the feet of pages behind all else."""
    body: list[Line] = []
    notes: list[Line] = []
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    fives = _fives(pages)
    for page in pages:
        kept = [_unnumbered(line) if fives and _behind(line) else line for line in _unled(page)]
        kept = [line for line in kept if line.glyphs]
        first = _notes(kept)
        body += kept[:first]
        notes += kept[first:]
    return [*body, *notes]


def _unled(page: Sequence[Line]) -> list[Line]:
    """A page's lines without numbers before them that count them."""
    found = [(at, match) for at, line in enumerate(page) if (match := _LEFT.match(line.text)) is not None]
    numbers = [int(match[1]) for _, match in found]
    run = longest = 1
    for one, other in pairwise(numbers):
        run = run + 1 if other == one + 1 else 1
        longest = max(longest, run)
    if longest < _ROW or len(found) < _MOST * len(page):
        return list(page)
    starts = {at: match.end() for at, match in found}
    return [_from(line, starts[at]) if at in starts else line for at, line in enumerate(page)]


def _from(line: Line, start: int) -> Line:
    glyphs = line.glyphs[start:]
    while glyphs and glyphs[0].char.isspace():
        glyphs = glyphs[1:]
    return replace(line, glyphs=glyphs, begin=glyphs[0].left if glyphs else line.begin)


def _fives(pages: Sequence[Sequence[Line]]) -> bool:
    """Whether every fifth line has its number behind it: two at least."""
    found = [_behind(line) for page in pages for line in page]
    return sum(number is not None for number in found) >= 2


def _behind(line: Line) -> int | None:
    """The number, a multiple of five, that stands a wide gap behind a line's words; None where there is none."""
    match = _RIGHT.search(line.text)
    if match is None or int(match[1]) % 5 or not int(match[1]):
        return None
    number, before = line.glyphs[match.start(1)], line.glyphs[match.start(0) - 1]
    return int(match[1]) if number.left - before.right >= _WIDE * line.size else None


def _unnumbered(line: Line) -> Line:
    match = _RIGHT.search(line.text)
    return replace(line, glyphs=line.glyphs[: match.start(0)]) if match is not None else line


def _notes(page: Sequence[Line]) -> int:
    """Where the notes at the foot of a page begin, among its lines; their number where there are none."""
    sizes: Counter[float] = Counter()
    for line in page:
        sizes[line.size] += len(line.glyphs)
    if not sizes:
        return len(page)
    usual = sizes.most_common(1)[0][0]
    first = len(page)
    while first and 0 < page[first - 1].size <= _SMALL * usual:
        first -= 1
    if first == len(page) or not first or not any(map(_marked, page[first:])):
        return len(page)
    return first


def _marked(line: Line) -> bool:
    return _MARK.match(line.text) is not None


def columns_again(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, each with the edges of its column as its own lines have them now."""
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        begin, end = edges.get((line.page, line.column), (line.left, line.right))
        edges[line.page, line.column] = min(begin, line.left), max(end, line.right)
    for line in lines:
        begin, end = edges[line.page, line.column]
        yield replace(line, begin=begin, end=end)
