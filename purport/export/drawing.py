"""What pictures of networks have in common: colours, marks, lines and words, as SVG that needs nothing from outside."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from purport.export.markup import shown

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, PAPER, RULE = "#22272e", "#5c6570", "#ffffff", "#d5dae0"
COLOURS = {1: "#1f6fa8", -1: "#b82e2e", 0: "#80868d"}
"""Blue, red and grey differ also for those who do not see red, and each has its own dash or shape."""
DASHES = {1: "", -1: "8 5", 0: "1.5 4.5"}
SIGNS = {1: "for", -1: "against", 0: "neither"}


def svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """A whole picture; `title` is for those who do not see it."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}" fill="{INK}">',
            f"<title>{shown(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def words(
    x: float, y: float, text: str, size: int = 12, colour: str = INK, anchor: str = "start", weight: int = 400
) -> str:
    """A line of text, its foot at `y`."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{bold}>'
        f"{shown(text)}</text>"
    )


def haloed(x: float, y: float, text: str, size: int = 12) -> str:
    """A line of text around `x`, on a seam of paper that lines under it do not run through."""
    place = f'x="{_number(x)}" y="{_number(y)}" font-size="{size}" text-anchor="middle"'
    seam = f'fill="{PAPER}" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" opacity="0.9"'
    return f"<text {place} {seam}>{shown(text)}</text><text {place}>{shown(text)}</text>"


def line_of(sign: int, width: float, thin: bool) -> str:
    """The attributes of a line for a sign."""
    dash = f' stroke-dasharray="{DASHES[sign]}"' if DASHES[sign] else ""
    faint = ' stroke-opacity="0.45"' if thin else ' stroke-opacity="0.85"'
    return f'fill="none" stroke="{COLOURS[sign]}" stroke-width="{_number(width)}"{dash}{faint}'


def thickness(documents: int) -> float:
    """The width in pixels of an edge with so many documents: 1.2 for one, 1.1 more each time they double, 8 at most."""
    return min(8.0, 1.2 + 1.1 * math.log2(max(1, documents)))


def mark(shape: str, x: float, y: float, radius: float, fill: str, stroke: str) -> str:
    """A circle, square, diamond, triangle around a place."""
    paint = f'fill="{fill}" stroke="{stroke}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" {paint}/>'
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
        "triangle": ((-1.1, -0.9), (1.1, -0.9), (0, 1.1)),
    }[shape]
    points = " ".join(f"{_number(x + dx * radius)},{_number(y + dy * radius)}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint} stroke-linejoin="round"/>'


def wide(text: str, size: int = 12) -> float:
    """About how many pixels a line of text takes in a wide font, never fewer than it does by much."""
    total = 0.0
    for char in text:
        if unicodedata.combining(char):
            continue
        if unicodedata.east_asian_width(char) in "WF":
            total += 1.0
        elif char in "iljtfrI.,:;'|!() ":
            total += 0.36
        elif char in "mwMW@%":
            total += 0.95
        else:
            total += 0.7 if char.isupper() else 0.6
    return total * size


def folded_lines(text: str, most: float = 130.0, lines: int = 3, size: int = 12) -> list[str]:
    """A name on at most so many lines of at most so many pixels, cut short by "…" where it is longer."""
    rest = " ".join(text.split()).split(" ")
    found: list[str] = []
    while rest and len(found) < lines:
        line = rest.pop(0)
        while rest and wide(f"{line} {rest[0]}", size) <= most:
            line = f"{line} {rest.pop(0)}"
        found.append(line)
    if rest:
        found[-1] = f"{found[-1]} {' '.join(rest)}"
    return [_cut(line, most, size) for line in found]


def _cut(line: str, most: float, size: int) -> str:
    if wide(line, size) <= most:
        return line
    while line and wide(f"{line}…", size) > most:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
