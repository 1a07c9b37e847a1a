"""Tables for people, printed as their rows come: as wide as the terminal, without colours and blanks in a pipe.

Columns are as wide as their cells need; where all together are too wide, the widest are narrowed first, and their cells
go on in lines below. The first rows decide how wide they are, so that nobody waits for the last one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from rich.cells import cell_len as rich_cell_len
from rich.cells import chop_cells
from rich.console import Console
from rich.text import Text

_LOOKED = 500
"""Rows by which the columns are measured."""
_GAP = "  "
_PLAIN_WIDTH = 120
_NARROWEST = 4
_WORD = re.compile(r"\s*\S+")

Cell = str | Text
"""What stands in a cell: of a styled one the styles are seen on a terminal."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title; whether its cells go on below where it is too wide, and stand to the `right`; how wide it is
    at `most`; the `style` that it has on a terminal, in rich's words ("bold", "cyan")."""

    title: str
    folds: bool = True
    right: bool = False
    most: int | None = None
    style: str = ""


def console() -> Console:
    """Where output goes: as wide as the terminal, and of a fixed width elsewhere, without colours there."""
    return Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH, highlight=False, soft_wrap=False)


def show(what: Text | str) -> None:
    """Print lines of text; outside of a terminal without blanks at their ends."""
    out = console()
    if sys.stdout.isatty():
        out.print(what, markup=False)
        return
    with out.capture() as caught:
        out.print(what, markup=False)
    sys.stdout.write("".join(line.rstrip() + "\n" for line in caught.get().splitlines()))


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Print rows under the titles of their columns, each as it comes; how many there were."""
    coming = iter(rows)
    first = list(islice(coming, _LOOKED))
    out = console()
    widths = _widths(columns, first, out.width)
    write = sys.stdout.write
    colours = sys.stdout.isatty()
    styled = any(column.style for column in columns)
    for line in _lines(columns, widths, [column.title for column in columns]):
        if colours:
            out.print(Text(line, style="bold"), soft_wrap=True)
        else:
            write(line + "\n")
    number = 0
    for row in chain(first, coming):
        number += 1
        if colours and (styled or any(isinstance(cell, Text) for cell in row)):
            for text in _styled(columns, widths, row):
                out.print(text, soft_wrap=True)
        else:
            for line in _lines(columns, widths, [cell if isinstance(cell, str) else cell.plain for cell in row]):
                write(line + "\n")
    return number


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], available: int) -> list[int]:
    """How wide each column is: the widest that may be narrowed are, until all fit."""
    widths = []
    for at, column in enumerate(columns):
        needed = max((cell_len(part) for row in rows for part in str(row[at]).split("\n")), default=0)
        needed = max(needed, cell_len(column.title))
        widths.append(needed if column.most is None else min(needed, column.most))
    over = sum(widths) + len(_GAP) * (len(columns) - 1) - available
    while over > 0:
        wide = sorted({widths[at] for at, column in enumerate(columns) if column.folds}, reverse=True)
        if not wide or wide[0] <= _NARROWEST:
            break
        widest = [at for at, column in enumerate(columns) if column.folds and widths[at] == wide[0]]
        next_ = wide[1] if len(wide) > 1 else _NARROWEST
        share, rest = divmod(min(over, (wide[0] - next_) * len(widest)), len(widest))
        for number, at in enumerate(widest):
            less = share + (number < rest)
            widths[at] -= less
            over -= less
        if not share and not rest:
            break
    return widths


def _lines(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> Iterator[str]:
    """The lines of a row, without blanks at their ends."""
    if all(
        len(cell) <= width and cell.isascii() and "\n" not in cell for cell, width in zip(cells, widths, strict=True)
    ):
        padded = (
            cell.rjust(width) if column.right else cell.ljust(width)
            for column, width, cell in zip(columns, widths, cells, strict=True)
        )
        yield _GAP.join(padded).rstrip()
        return
    folded = [list(fold(cell, width)) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, folded))):
        parts = [part[at] if at < len(part) else "" for part in folded]
        yield _GAP.join(map(_padded, columns, widths, parts)).rstrip()


def _padded(column: Column, width: int, text: str) -> str:
    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if column.right else text + blanks


def cell_len(text: str) -> int:
    """How many places of a terminal a text takes."""
    return len(text) if text.isascii() else rich_cell_len(text)


def fold(text: str, width: int) -> Iterator[str]:
    """The text in lines that are no wider: broken between words, a longer word within."""
    for line in text.split("\n"):
        yield from _folded(line, width)


def _folded(text: str, width: int) -> Iterator[str]:
    if cell_len(text) <= width:
        yield text
        return
    line, filled = "", 0
    for found in _WORD.finditer(text):
        word = found[0]
        size = cell_len(word)
        if filled and filled + size > width:
            yield line
            line, filled = "", 0
        if not filled:
            word = word.lstrip()
            size = cell_len(word)
        while size > width:
            head, *_ = chop_cells(word, width)
            yield head
            word = word[len(head) :]
            size = cell_len(word)
        line, filled = line + word, filled + size
    yield line


def _styled(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Cell]) -> Iterator[Text]:
    """The same of cells with styles."""
    folded: list[list[Text]] = []
    for cell, width in zip(row, widths, strict=True):
        whole = cell if isinstance(cell, Text) else Text(cell)
        parts, at = [], 0
        for line in fold(whole.plain, width):
            start = whole.plain.index(line, at)
            parts.append(whole[start : start + len(line)] if line else Text())
            at = start + len(line)
        folded.append(parts)
    for number in range(max(map(len, folded))):
        whole_line = Text()
        for at, (column, width, parts) in enumerate(zip(columns, widths, folded, strict=True)):
            part = parts[number] if number < len(parts) else Text()
            if column.style:
                part = part.copy()
                part.stylize(column.style)
            blanks = Text(" " * max(0, width - cell_len(part.plain)))
            whole_line.append_text(Text(_GAP) if at else Text())
            for piece in (blanks, part) if column.right else (part, blanks):
                whole_line.append_text(piece)
        whole_line.rstrip()
        yield whole_line
