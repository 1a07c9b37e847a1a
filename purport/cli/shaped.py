"""Rows in the shape that is asked for: counted, chosen, sorted, with some columns only."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from purport.corpus.asked import offered
from purport.errors import UsageError
from purport.export.formats import cell, write_cells
from purport.model.rows import Actor, Claim, DocumentRow, Statement
from purport.resolve.corpus.nearly import nearly

Row = Mapping[str, Any]
PERIODS = ("day", "week", "month", "year")
_TAKEN = {
    "count", *PERIODS,
    *(one.name for kind in (Statement, Claim, Actor, DocumentRow) for one in fields(kind)),
}  # fmt: skip
_DAY, _MONTH, _YEAR = 10, 7, 4
"""Characters of a date up to the day, the month, the year."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of a list beside what is in it: columns to count by, a column to sort by ("-published" the other
    way round), values that columns must have, columns to show."""

    count_by: tuple[str, ...] = ()
    sort: str = ""
    where: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, count_by: str | None, sort: str | None, where: Iterable[str] | None, columns: str | None) -> Shape:
        """From options as they were typed. Raises `UsageError` for a condition that is none."""
        pairs = []
        for one in where or ():
            name, equals, value = one.partition("=")
            if not equals or not name.strip():
                raise UsageError(f"--where {one!r} is not FIELD=VALUE, such as outlet=Lantern")
            pairs.append((name.strip(), value.strip()))
        return cls(_listed(count_by), (sort or "").strip(), tuple(pairs), _listed(columns))

    @property
    def asked(self) -> bool:
        """Whether anything is asked."""
        return bool(self.count_by or self.sort or self.where or self.columns)


def field_of(name: str) -> str:
    """The field that a further column of a metadata table is: its own name, but "table.kind" for "kind", which lists
    have a column for."""
    return f"table.{name}" if name in _TAKEN else name


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())


def shaped(
    rows: Sequence[Row], known: Sequence[str], shape: Shape, limit: int | None = None
) -> tuple[list[str], list[Row]]:
    """The columns and the rows as they are asked for. `known` are the columns that there are; at
    most `limit` rows come out. Raises `UsageError` for
    one that there is not, with those there are."""
    for name, _ in shape.where:
        _check(name, (*known, *PERIODS), "--where")
    found: list[Row] = [row for row in rows if all(_has(row, name, value) for name, value in shape.where)]
    columns = list(known)
    if shape.count_by:
        for name in shape.count_by:
            _check(name, (*known, *PERIODS), "--count-by")
        counts = Counter(tuple(_said(row, name) for name in shape.count_by) for row in found)
        columns = [*shape.count_by, "count"]
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        found = [dict(zip(columns, (*values, number), strict=True)) for values, number in ordered]
    if shape.sort:
        name = shape.sort.removeprefix("-")
        _check(name, (*columns, *(() if shape.count_by else PERIODS)), "--sort")
        found = sorted(found, key=lambda row: _order(_value(row, name)), reverse=shape.sort.startswith("-"))
    for name in shape.columns:
        _check(name, (*columns, *(() if shape.count_by else PERIODS)), "--columns")
    wanted = list(shape.columns) or columns
    return wanted, [{name: _value(row, name) for name in wanted} for row in found[:limit]]


def _check(name: str, known: Sequence[str], option: str) -> None:
    if name not in known:
        near = offered(nearly(name, known))
        raise UsageError(f"{option}: no column is called {name!r}; there are {', '.join(known)}{near}")


def _value(row: Row, name: str) -> Any:
    if name in row:
        return row[name]
    published = str(row.get("published") or "")
    if name == "day":
        return published[:_DAY] if len(published) >= _DAY else ""
    if name == "month":
        return published[:_MONTH] if len(published) >= _MONTH else ""
    if name == "year":
        return published[:_YEAR]
    return _week(published)


def _week(published: str) -> str:
    """The week of a date as ISO 8601 has it ("2031-W10"), "" where the day is not known."""
    if len(published) < _DAY:
        return ""
    year, week, _ = date.fromisoformat(published[:_DAY]).isocalendar()
    return f"{year}-W{week:02d}"


def _said(row: Row, name: str) -> str:
    return cell(name, _value(row, name))


def _has(row: Row, name: str, value: str) -> bool:
    """Whether a column has a value, whatever its case; of a list whether one of it is that."""
    own = _value(row, name)
    several = own if isinstance(own, list | tuple) else (own,)
    return any(cell(name, one).casefold() == value.casefold() for one in several)


def _order(value: Any) -> tuple[int, float, str]:
    """An order of values of any kind: what is missing last, numbers by size, the rest as text."""
    if value is None or value in ("", [], ()):
        return 2, 0.0, ""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, cell("", value).casefold()


def print_shaped(columns: Sequence[str], rows: Sequence[Row], format: str) -> None:
    """The rows as a table for people, or as JSON Lines or CSV for programs."""
    from purport.cli.printing import plain

    if format == "jsonl":
        for row in rows:
            told = {name: plain(row[name]) for name in columns}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    elif format == "csv":
        write_cells(sys.stdout, columns, ([row[name] for name in columns] for row in rows))
    elif rows:
        _print_table(columns, rows)
    else:
        from purport.cli.tables import show

        show("no row fits")


_NONE = "–"
"""What stands in a table where a row has no value."""


def _print_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show

    numbers = {name for name in columns if rows and all(isinstance(row[name], int | float) for row in rows)}
    told = ([one_line(cell(name, row[name])) or _NONE for name in columns] for row in rows)
    print_table([Column(name, right=name in numbers) for name in columns], told)
    show(counted(len(rows), "row"))
