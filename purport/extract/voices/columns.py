"""The columns of a plain text: parts of its lines that begin at the same place one below the other, with a gutter
before them that no line crosses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.model.document import Span, trimmed

_PART = re.compile(r"\S{1,400}(?: \S{1,400}){0,80}")
"""A part of a line: words with one space between them."""
_BARS = str.maketrans(dict.fromkeys("|║│¦‖", " "))
_EDGES = "|║│¦‖ \t"
_RULE = re.compile(r"[\s|+=_~*.-]*[-=_~*]{3}[\s|+=_~*.-]*$")
_WIDEST = 240
"""Characters of a line beyond which it is a paragraph, and has no columns."""
_MOST = 4
"""Gutters at which a text is tried."""
_TRIED = 16
"""Places at which further gutters are looked for."""
_LEAST = 3
"""Characters before a gutter at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a text that is laid out in columns: `cells` are the words in each column, None where it is empty; all
    are None in a blank line. `rule` is true for a line of dashes."""

    cells: tuple[Span | None, ...]
    rule: bool = False

    @property
    def blank(self) -> bool:
        """Whether no words stand in it."""
        return not any(self.cells)


Grid = Sequence[Sequence[Row]]
"""The parts of a text that have the same columns, each with its lines."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it starts, how it stands with spaces for bars, and where its parts begin and end."""

    start: int
    words: str
    parts: tuple[tuple[int, int], ...]

    def crosses(self, gutter: int) -> bool:
        """Whether words go on over the two characters before a place; a sound or a note in brackets may."""
        return any(
            start < gutter - 1 and end > gutter - 2 and not (self.words[start] in "([" and self.words[end - 1] in ")]")
            for start, end in self.parts
        )

    def both(self, gutter: int) -> bool:
        """Whether words stand before a place, and others begin at it."""
        return len(self.parts) > 1 and self.parts[0][0] < gutter and any(start == gutter for start, _ in self.parts)


def grids(text: str) -> Iterator[Grid]:
    """The columns of a text, those that most lines have first; no line is in two."""
    lines = list(_lines(text))
    begins: Counter[int] = Counter()
    for line in lines:
        begins.update(start for start, _ in line.parts[1:] if start >= _LEAST)
    taken = [False] * len(lines)
    for gutter, often in sorted(begins.items(), key=lambda one: (-one[1], one[0]))[:_MOST]:
        if often < 2:
            continue
        found = list(_parts(lines, gutter, taken))
        if sum(line.both(gutter) for part in found for line in part) >= 2:
            cuts = _cuts(found, gutter, begins)
            whole = [part for run in found for part in _uncrossed(run, cuts)]
            yield [[_row(text, line, cuts) for line in part] for part in whole]


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.splitlines(keepends=True):
        shown = line.rstrip().translate(_BARS)
        wide = len(shown) > _WIDEST or "\t" in shown
        # A rule parts what is above from what is below, and stands in all columns.
        parts = () if wide or _RULE.match(shown) else tuple(match.span() for match in _PART.finditer(shown))
        if wide and shown:
            parts = ((0, len(shown)),)
        yield _Line(at, line.rstrip(), parts)
        at += len(line)


def _parts(lines: Sequence[_Line], gutter: int, taken: list[bool]) -> Iterator[list[_Line]]:
    """The runs of lines that do not cross a gutter, from the first to the last that begin at it, each with all of its
    paragraph."""
    run: list[int] = []
    for number in range(len(lines) + 1):
        if number < len(lines) and not taken[number] and not lines[number].crosses(gutter):
            run.append(number)
            continue
        inside = set(run)
        at = [n for n in run if lines[n].both(gutter)]
        if at:
            held = [n for n in run if any(start == gutter for start, _ in lines[n].parts)]
            first, last = at[0], held[-1]
            while first - 1 in inside and lines[first - 1].parts:
                first -= 1
            while last + 1 in inside and lines[last + 1].parts:
                last += 1
            kept = range(first, last + 1)
            for n in kept:
                taken[n] = True
            yield [lines[n] for n in kept]
        run = []


def _cuts(parts: Sequence[Sequence[_Line]], gutter: int, begins: Counter[int]) -> list[int]:
    """All gutters of some lines, from left to right."""
    lines = [line for part in parts for line in part]
    cuts = [gutter]
    for other in sorted(begins, key=lambda one: (-begins[one], one))[:_TRIED]:
        near = any(abs(other - cut) < _LEAST for cut in cuts)
        often = sum(line.both(other) for line in lines)
        if near or len(cuts) > _MOST or often < 2:
            continue
        if 2 * sum(line.crosses(other) for line in lines) <= 1.5 * often:
            cuts.append(other)
    return sorted(cuts)


def _uncrossed(run: Sequence[_Line], cuts: Sequence[int]) -> Iterator[list[_Line]]:
    """The parts of a run between lines that cross one of the gutters: a key above a record has fewer columns."""
    part: list[_Line] = []
    for line in run:
        if any(line.crosses(cut) for cut in cuts):
            if part:
                yield part
            part = []
        else:
            part.append(line)
    if part:
        yield part


def _row(text: str, line: _Line, cuts: Sequence[int]) -> Row:
    cells = []
    for first, last in zip([0, *cuts], [*cuts, len(line.words)], strict=True):
        cells.append(_cell(text, line.start + first, min(line.start + last, line.start + len(line.words))))
    if _RULE.match(line.words) or not line.parts:
        return Row((None,) * len(cells), rule=bool(_RULE.match(line.words)))
    return Row(tuple(cells))


def _cell(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return trimmed(text, start, end) if start < end else None
