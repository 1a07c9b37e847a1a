"""Documents by outlet and month as bars: where each stands, worked out on the server."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

ROWS = 8
"""Outlets that have a row of their own."""
WIDE, HIGH, LEFT = 720, 44, 190
"""Units of the picture: the width of the bars, the height of a row, the room for names."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of an outlet."""

    x: float
    y: float
    width: float
    height: float
    month: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """An outlet: its name, its documents in all, and its bars."""

    outlet: str
    total: int
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The picture: lines, marks on the axis of time, its size; `undated` documents are not in it."""

    lines: tuple[Line, ...]
    marks: tuple[tuple[float, str], ...]
    height: int
    undated: int
    more: int


def plot(counts: Sequence[tuple[str, str, int]]) -> Plot:
    """From (outlet, month, number of documents); dates of which only the year is known stand in January."""
    totals: Counter[str] = Counter()
    by_outlet: defaultdict[str, Counter[str]] = defaultdict(Counter)
    undated = 0
    for outlet, month, number in counts:
        totals[outlet] += number
        if len(month) >= 4 and month[:4].isdecimal():
            by_outlet[outlet][f"{month}-01"[:7]] += number
        else:
            undated += number
    shown = [name for name, _ in totals.most_common(ROWS)]
    dated = sorted({month for name in shown for month in by_outlet[name]})
    months = _between(dated[0], dated[-1]) if dated else []
    step = WIDE / max(len(months), 12)
    most = max((number for name in shown for number in by_outlet[name].values()), default=1)
    lines = []
    for row, name in enumerate(shown):
        bars = []
        for at, month in enumerate(months):
            number = by_outlet[name][month]
            if number:
                tall = max(2.0, (HIGH - 16) * number / most)
                bars.append(
                    Bar(round(LEFT + at * step, 2), round((row + 1) * HIGH - 6 - tall, 2), round(max(step - 2, 1), 2),
                        round(tall, 2), month, number)
                )  # fmt: skip
        lines.append(Line(name, totals[name], (row + 1) * HIGH - 10, tuple(bars)))
    every = max(1, -(-len(months) // 9))
    marks = tuple((round(LEFT + at * step, 2), month) for at, month in enumerate(months) if at % every == 0)
    return Plot(tuple(lines), marks, len(shown) * HIGH + 26, undated, len(totals) - len(shown))


def _between(first: str, last: str) -> list[str]:
    """All months from one to another; at most a hundred years of them."""
    year, month = int(first[:4]), int(first[5:7])
    found = [first]
    while found[-1] < last and len(found) < 1200:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(f"{year:04}-{month:02}")
    return found
