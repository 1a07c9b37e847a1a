"""One actor's relations over time as a picture: a row for each counterpart, marks by sign in colour and shape."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from purport.errors import UsageError
from purport.export.drawing import COLOURS, FAINT, INK, RULE, folded_lines, mark, svg, words
from purport.model.networks import Node, Tie

MOST = 30
"""Counterparts in one picture."""
_LEFT, _TOP, _ROW, _WIDE, _SIDE = 190, 96, 46, 780, 28
_CELL = 13
"""Documents less than so many pixels apart are one mark, with their number."""
_SHAPES = {1: "circle", 0: "diamond", -1: "triangle"}
_LANES = {1: -12, 0: 0, -1: 12}
_Cell = tuple[bool, int, str]
"""Whether it is the actor that holds it, the sign, and the document (or its copies)."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def timeline(actor: str, ties: Iterable[Tie], nodes: Mapping[str, Node]) -> str:
    """The ties of `actor` (an id) with others as SVG: x is the date of publication, each row one counterpart, those
    with the most documents first. Filled marks are what the actor holds, hollow ones what is held about it; copies
    count once. A date of which only the month or the year is known stands in its middle; documents without one are
    counted below the title. Raises `UsageError` for an actor that `nodes` lacks.
    """
    if actor not in nodes:
        raise UsageError(f"{actor!r} is no actor of this network")
    rows: dict[str, dict[_Cell, date]] = defaultdict(dict)
    undated = set()
    for tie in ties:
        other = tie.target if tie.holder == actor else tie.holder
        if actor in (tie.holder, tie.target) and other != actor and other in nodes:
            cell = (tie.holder == actor, tie.sign, tie.copies or tie.document)
            if tie.published:
                day = _middle(tie.published)
                rows[other][cell] = min(day, rows[other].get(cell, day))  # a reprint comes later
            else:
                undated.add(cell[2])
    told = {other: {document for _, _, document in cells} for other, cells in rows.items()}
    shown_rows = sorted(rows, key=lambda one: (-len(told[one]), nodes[one].name, one))[:MOST]
    days = [day for one in shown_rows for day in rows[one].values()] or [date(2000, 1, 1)]
    first, last = min(days).replace(day=1), _next_month(max(days))
    span = max(1, (last - first).days)

    def x_of(day: date) -> float:
        return _LEFT + (day - first).days * _WIDE / span

    bottom = _TOP + _ROW * len(shown_rows)
    title = f"{nodes[actor].name}: for and against, over time"
    said = f"{len(set().union(*told.values())):,} documents, as they have it"
    if len(rows) > len(shown_rows):
        said += f"; the {len(shown_rows)} counterparts with the most documents are shown, {len(rows) - MOST} left out"
    if undated:
        said += f"; {len(undated)} without a date not shown"
    parts = [words(_SIDE, 34, title, 20, weight=700), words(_SIDE, 56, said, 12, FAINT)]
    for day, text, strong in _ticks(first, last) if rows else ():
        x = x_of(day)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="{RULE}" stroke-width="{1.4 if strong else 0.7}"/>')
        parts.append(words(x, _TOP - 8, text, 11, INK if strong else FAINT, "middle", 700 if strong else 400))
    for number, other in enumerate(shown_rows):
        y = _TOP + _ROW * number + _ROW / 2
        parts.append(f'<path d="M{_SIDE} {y + _ROW / 2:.1f}H{_LEFT + _WIDE}" stroke="{RULE}" stroke-width="0.7"/>')
        lines = folded_lines(nodes[other].name, _LEFT - _SIDE - 22)
        parts += [words(_SIDE, y + 4 + 14 * i - 7 * (len(lines) - 1), line) for i, line in enumerate(lines)]
        parts += _marks(rows[other], x_of, y)
    parts += _legend(bottom + 30)
    return svg(_LEFT + _WIDE + _SIDE + 20, bottom + 76, title, parts)


def _marks(cells: Mapping[_Cell, date], x_of: Callable[[date], float], y: float) -> list[str]:
    counts = Counter((int((x_of(day) - _LEFT) // _CELL), by, sign) for (by, sign, _), day in cells.items())
    parts = []
    for (cell, by, sign), count in sorted(counts.items()):
        x = _LEFT + cell * _CELL + _CELL / 2
        middle = y + _LANES[sign]
        radius = 4.2 if count == 1 else 7.0
        colour = COLOURS[sign]
        # What the actor holds stands left of what is held about it, where both fall on one place.
        x += 0 if (cell, not by, sign) not in counts else -3.5 if by else 3.5
        parts.append(mark(_SHAPES[sign], x, middle, radius, colour if by else "#ffffff", colour))
        if count > 1:
            foot = middle + (1.5 if sign < 0 else 3)
            parts.append(words(x, foot, str(min(count, 99)), 8, "#ffffff" if by else INK, "middle", 700))
    return parts


def _middle(told: str) -> date:
    if len(told) >= 10:
        return date.fromisoformat(told[:10])
    return date(int(told[:4]), int(told[5:7]), 15) if len(told) >= 7 else date(int(told[:4]), 7, 1)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _ticks(first: date, last: date) -> list[tuple[date, str, bool]]:
    """Beginnings of months, quarters or years, whichever are few enough; years are strong."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if months / step <= 14), 240)
    found: list[tuple[date, str, bool]] = []
    day = first
    while day <= last:
        since_year = (day.year * 12 + day.month - 1) % max(12, step)
        if (day.year * 12 + day.month - 1) % step == 0:
            month = _MONTHS[day.month - 1] if found else f"{_MONTHS[day.month - 1]} {day.year}"
            found.append((day, month if since_year else str(day.year), not since_year))
        day = _next_month(day)
    return found


def _legend(y: float) -> list[str]:
    parts = []
    for x, sign, text in ((_SIDE + 8, 1, "for"), (_SIDE + 90, 0, "neither"), (_SIDE + 190, -1, "against")):
        parts.append(mark(_SHAPES[sign], x, y, 5, COLOURS[sign], COLOURS[sign]))
        parts.append(words(x + 14, y + 4, text))
    for x, fill, text in ((310, INK, "filled: held by the actor"), (510, "#ffffff", "hollow: held of the actor")):
        parts.append(mark("circle", _SIDE + x, y, 5, fill, INK))
        parts.append(words(_SIDE + x + 14, y + 4, text))
    parts.append(words(_SIDE, y + 28, "A number: so many documents at about that time; copies count once.", 11, FAINT))
    return parts
