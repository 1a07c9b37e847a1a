"""XLSX: a sheet of a workbook read as CSV is: a document a row, whose source is the header and the row as CSV.

The sheet is the first with a column for the text, and its header the first row that names that column.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.containers.entries import STEP, Unpacking, held
from purport.read.containers.zip import opened_archive
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from purport.read.tables import csv as table
from purport.read.tables.rows import columns_of
from purport.read.xml_parts import check_archive, check_entities, part_of

_ROWS, _COLUMNS = 1_048_576, 1000
"""Rows that a sheet may have, and columns that one may have to be read; a file of few bytes may claim any number."""

_ABOVE = 20
"""Rows among which the header is looked for: titles and dates may stand above it."""

_WIDEST = 16_384
_ESCAPED = re.compile(r"(?:_x000D_)+\n?")


def is_xlsx(head: bytes) -> bool:
    """Whether a file that begins with these bytes surely is an XLSX."""
    return head.startswith(b"PK\x03\x04") and b"xl/" in head and b"word/" not in head


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each row with a text, a `Failure` for each other; rows are counted from 1 below the header.

    Raises `ReadError` for what is no workbook, and where there is no column for the text.
    """
    crossable = ("whole",) if stream.seekable() else ("whole", "entry")
    data = held(stream, name, options.limits, *crossable)
    _check(data, name, options.limits)
    from openpyxl import load_workbook  # 0.3 s to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what it does not keep, such as the colours of cells
        book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet, above, width = _header(book, name, options)
        rows = _Rows(islice(cells_of(sheet, width + 1), above, None), width)
        text = io.BufferedReader(Unpacking(name, rows, STEP, None), STEP)
        yield from table.read(text, name, replace(options, encoding="utf-8", delimiter=","))
    finally:
        book.close()


def _check(data: bytes, name: str, limits: Limits) -> None:
    """Refuse what would hurt to open: a package that grows without measure, or XML with entities of its own."""
    with opened_archive(io.BytesIO(data), name, limits) as package:
        check_archive(package, len(data), name, limits)
        parts = package.namelist()
        if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
            raise ReadError(f"{name}: is a ZIP file but no XLSX; open it in a spreadsheet program and save it as .csv")
        for part in parts:
            if part.lower().endswith((".xml", ".rels")):
                check_entities(part_of(package, part, name) or b"", f"{name}: its part {part[:200]}")


def _header(book: Any, name: str, options: Options) -> tuple[Any, int, int]:
    """The sheet to read, the rows above its header, and its columns; the first that holds anything where none fits."""
    first: tuple[Any, int, int] | None = None
    for sheet in book.worksheets:
        for above, cells in enumerate(islice(cells_of(sheet, _WIDEST), _ABOVE)):
            if not cells:
                continue
            if len(cells) > _COLUMNS:
                raise ReadError(f"{name}: has more than {_COLUMNS} columns; save those that are needed as .csv")
            if "text" in columns_of(cells, options):
                return sheet, above, len(cells)
            first = first or (sheet, above, len(cells))
    if first is None:
        raise ReadError(f"{name}: is empty: there is nothing in its sheets")
    return first


def cells_of(sheet: Any, columns: int) -> Iterator[list[str]]:
    """The rows of a sheet, each without the empty cells at its end."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    rows = sheet.iter_rows(max_row=_ROWS, max_col=columns, values_only=True)
    blank: object = None
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about dates that are none
            some = list(islice(rows, 100))
        if not some:
            return
        for row in some:
            if row is blank:  # one object stands for all rows of a gap, which may be a million
                yield []
                continue
            last = next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
            blank = row if last == 0 else None
            cells = [_words(value) for value in row[:last]]
            while cells and not cells[-1].strip():
                cells.pop()
            yield cells


def _words(value: object) -> str:
    """A cell as a person reads it: a date in ISO form, without a time of midnight; a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub("\n", str(value))


class _Rows:
    """Rows as the bytes of a CSV file, each with as many cells as there are columns, or more where it has more."""

    def __init__(self, rows: Iterator[Sequence[str]], width: int) -> None:
        self._rows, self._width = rows, width
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; b"" at the end."""
        if len(self._waiting) < size:
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            missing = size - len(self._waiting)
            for row in self._rows:
                if row:
                    writer.writerow([*row, *[""] * (self._width - len(row))])
                    if text.tell() >= missing:
                        break
            self._waiting += text.getvalue().encode("utf-8", "replace")
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found
