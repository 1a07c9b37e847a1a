"""The one loader of the tables of words.

A table is a text: a header of comments ("# What: ...", "# Source: ...", "# Licence: ..."), a line that names the
columns, and a line for each row, with tabs between its cells. What must hold of a table is declared once, as a `Table`,
beside the type of its rows.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `values` are the only values it may have, where there are any; `check` says what is wrong with a value, "" where
    nothing is. With a `separator` a cell holds several values, each of which is checked. `optional` says that a cell
    may be empty and, in a table of the user's own, that the whole column may be missing.
    """

    name: str
    values: Collection[str] = ()
    check: Callable[[str], str] | None = None
    separator: str = ""
    optional: bool = False

    def fault(self, cell: str) -> str:
        """What is wrong with a cell; "" where nothing is."""
        if not cell:
            return "" if self.optional else f"the column {self.name} is empty"
        for value in cell.split(self.separator) if self.separator else (cell,):
            if self.values and value not in self.values:
                return f"{value!r} is not a value of the column {self.name} ({', '.join(self.values)})"
            if self.check is not None and (fault := self.check(value)):
                return fault
        return ""


def split_cell(cell: str, separator: str) -> tuple[str, ...]:
    """The values of a cell that holds several; none of an empty one."""
    return tuple(cell.split(separator)) if cell else ()


def word_fault(value: str) -> str:
    """What is wrong with a word or name: it has white space around it."""
    return "" if value == value.strip() else f"{value!r} has white space around it"


def marked(*marks: str) -> Callable[[str], str]:
    """A check of examples: each holds all of the marks."""

    def fault(example: str) -> str:
        missing = [mark for mark in marks if mark not in example]
        return f"the example does not mark {', '.join(f'{mark}...]' for mark in missing)}" if missing else ""

    return fault


def _by_tabs(line: str) -> list[str]:
    return line.split("\t")


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """What must hold of a table, and what its rows become.

    `name` is its file in this folder, which may be compressed; `make` gets the cells of a row, one argument each, and
    may raise `ValueError` for cells that do not fit each other. `order` gives what the rows are in ascending order of,
    and no two rows may have the same; `unique` is a column in which no value may stand twice. In a table with
    `free_columns` the columns may be in any order, and those that are optional may be missing.
    """

    name: str
    columns: tuple[Column, ...]
    make: Callable[..., Row]
    order: Callable[[Sequence[str]], Any] | None = None
    unique: str = ""
    free_columns: bool = False

    def text(self) -> str:
        """The file of the table, as text."""
        data = (files(__package__) / self.name).read_bytes()
        return (gzip.decompress(data) if self.name.endswith(".gz") else data).decode("utf-8")

    def load(self) -> tuple[Row, ...]:
        """The rows of the table that ships. Raises as `parse`."""
        return self.parse(self.text())

    def parse(self, text: str, source: str = "", split: Callable[[str], list[str]] = _by_tabs) -> tuple[Row, ...]:
        """The rows of a table given as text, in its order.

        `source` is what errors call the text, by default the name of the table's file; `split` takes a line apart.
        Raises `ValueError`, as "NAME.tsv, line N: what is wrong", at the first thing that is.
        """
        source = source or self.name.removesuffix(".gz")
        lines = content_lines(text)
        number, header = next(lines, (0, ""))
        if not number:
            raise ValueError(f"{source}: is empty; its first line names the columns: {self._names()}")
        try:
            places = self._places([name.strip().lower() for name in split(header)])
        except ValueError as error:
            raise ValueError(f"{source}, line {number}: {error}") from None
        rows: list[Row] = []
        check = _Checks(self)
        for number, line in lines:
            try:
                cells = split(line)
                if len(cells) != len(places):
                    raise ValueError(f"has {len(cells)} values under {len(places)} columns")
                if self.free_columns:
                    cells = self._arranged(cells, places)
                check(cells)
                rows.append(self.make(*cells))
            except ValueError as error:
                raise ValueError(f"{source}, line {number}: {error}") from None
        return tuple(rows)

    def _names(self) -> str:
        return ", ".join(column.name for column in self.columns)

    def _places(self, header: Sequence[str]) -> list[int]:
        """For each column of the text its place in `columns`."""
        known = [column.name for column in self.columns]
        needed = {column.name for column in self.columns if not column.optional}
        fits = needed <= set(header) <= set(known) and len(set(header)) == len(header)
        if not fits or (not self.free_columns and list(header) != known):
            raise ValueError(f"its columns are {', '.join(header)}; there are {self._names()}")
        return [known.index(name) for name in header]

    def _arranged(self, cells: Sequence[str], places: Iterable[int]) -> list[str]:
        """The cells in the order of `columns`, with an empty one for each that is missing."""
        found = [""] * len(self.columns)
        for place, cell in zip(places, cells, strict=True):
            found[place] = cell
        return found


class _Checks:
    """What a table declares, checked row by row."""

    def __init__(self, table: Table[Any]) -> None:
        named = list(enumerate(table.columns))
        # The gazetteer has a quarter of a million cells: a column of which nothing is asked must cost nothing.
        self._columns = [(at, one) for at, one in named if one.values or one.check or not one.optional]
        self._order = table.order
        self._before: Any = None
        self._unique = next((at for at, one in named if one.name == table.unique), None)
        self._seen: set[str] = set()

    def __call__(self, cells: Sequence[str]) -> None:
        """Raise `ValueError`, saying what is wrong with the next row."""
        for at, column in self._columns:
            if fault := column.fault(cells[at]):
                raise ValueError(fault)
        if self._unique is not None:
            value = cells[self._unique]
            if value in self._seen:
                raise ValueError(f"{value!r} is in the table already; make it one row")
            self._seen.add(value)
        if self._order is not None:
            place = self._order(cells)
            if self._before is not None and place <= self._before:
                what = "in the table already" if place == self._before else "out of order"
                raise ValueError(f"{cells[0]!r} is {what}")
            self._before = place


def content_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a table that are neither comments nor blank, with their numbers from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


@dataclass(frozen=True, slots=True)
class Header:
    """What the comments at the head of a table say: what it is, where it comes from, under which licence."""

    what: str
    source: str
    licence: str


def header(text: str) -> Header:
    """The header of a table given as text. Raises `ValueError` where a part of it is missing."""
    comments = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    told = dict(re.findall(r"^# (What|Source|Licence): (.+)$", comments, re.MULTILINE))
    if missing := {"What", "Source", "Licence"} - told.keys():
        raise ValueError(f"the header does not say: {', '.join(sorted(missing))}")
    return Header(told["What"], told["Source"], told["Licence"])
