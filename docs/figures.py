"""The figures in the pages, written from bench/floors.json.

A figure stands between `<!-- floor NAME; FIELD; FORMAT -->` and `<!-- end -->`. NAME is that of `floors.json`; FIELD is
`measured` (which may be left out), `low` or `high` (what the figure must be), or one of its `also`; FORMAT is one of
`FORMATS` (.3 where it is left out). The table of F1s stands between `<!-- floors -->` and `<!-- end -->`.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.accuracy import GOLD
from bench.floors import Floor, Floors, load
from docs.blocks import ROOT

PAGES = tuple(ROOT / name for name in ("README.md", "docs/method.md", "purport/models/CARD.md"))
"""The pages with figures."""
_FIGURE = re.compile(r"<!-- floor ([^;>]+?)(?:; ([^;>]+?))?(?:; ([^;>]+?))? -->(.*?)<!-- end -->", re.DOTALL)
_TABLE = re.compile(r"<!-- floors -->.*?<!-- end -->", re.DOTALL)
_WORDS = "none one two three four five six seven eight nine all".split()


def _share(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".removeprefix("0")


FORMATS: Mapping[str, Callable[[float], str]] = {
    ".2": lambda value: _share(value, 2),
    ".3": lambda value: _share(value, 3),
    "%": lambda value: f"{100 * value:.1f} %",
    "%.2": lambda value: f"{100 * value:.2f} %",
    "count": lambda value: f"{value:,.0f}",
    "in ten": lambda value: _WORDS[round(10 * value)],
}
"""How a figure is written: as a share with two or three digits, in per cent, as a count, as so many in ten."""


def used(page: str) -> list[str]:
    """The names of the figures that a page shows outside its table."""
    return [match[1] for match in _FIGURE.finditer(page)]


def rewritten(page: str, floors: Floors) -> str:
    """The page with every figure as the floors have it. Raises `ValueError` for a figure, field or format that is not
    there."""

    def figure(match: re.Match[str]) -> str:
        name, field, format_ = match[1], match[2] or "measured", match[3] or ".3"
        if name not in floors:
            raise ValueError(f"floors.json has no figure {name!r}")
        if format_ not in FORMATS:
            raise ValueError(f"{name}: no format is called {format_!r}; there are {', '.join(FORMATS)}")
        told = match[0][: match.start(4) - match.start()]
        return f"{told}{FORMATS[format_](_field(name, floors[name], field))}<!-- end -->"

    return _TABLE.sub(lambda _: table(floors), _FIGURE.sub(figure, page))


def _field(name: str, floor: Floor, field: str) -> float:
    known = {"measured": floor.measured, "low": floor.low, "high": floor.high, **floor.also}
    if field not in known:
        raise ValueError(f"{name}: has no {field!r}; there are {', '.join(known)}")
    return known[field]


def table(floors: Floors) -> str:
    """The floors of each gold's F1s, a figure a row."""
    names = dict.fromkeys(
        key.removeprefix(f"{gold} ").removesuffix(" F1")
        for gold in GOLD
        for key in sorted(floors)
        if key.startswith(f"{gold} ") and key.endswith(" F1")
    )
    lines = [f"| F1 of | {' | '.join(GOLD)} |", f"|---|{'---:|' * len(GOLD)}"]
    for name in names:
        cells = (floors.get(f"{gold} {name} F1") for gold in GOLD)
        lines.append(f"| {name} | {' | '.join('-' if one is None else f'{_down(one.low):.3f}' for one in cells)} |")
    return "\n".join(["<!-- floors -->", "", *lines, "", "<!-- end -->"])


def _down(value: float) -> float:
    """Three digits, never more than the value."""
    return math.floor(value * 1000) / 1000


def stale(floors: Floors) -> dict[Path, str]:
    """The pages that are not as they would be written, as they would be."""
    found = {path: rewritten(path.read_text("utf-8"), floors) for path in PAGES}
    return {path: page for path, page in found.items() if path.read_text("utf-8") != page}


def main() -> int:
    """Write the pages, or with `--check` only compare; exit status 1 where one is not up to date."""
    made = stale(load())
    for path, page in made.items():
        if "--check" in sys.argv[1:]:
            print(f"{path} is not up to date; run make docs", file=sys.stderr)
        else:
            path.write_text(page, encoding="utf-8")
    return int(bool(made) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
