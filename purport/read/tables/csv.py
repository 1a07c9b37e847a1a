"""CSV and TSV: a document a row. A row's source is the header's bytes and its own, a small table by itself."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.limits import Limits
from purport.read.lines import Lines, TooLongError
from purport.read.options import Failure, Options, selector
from purport.read.tables.rows import Columns, bad_bytes, columns_of, document_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DELIMITERS = ",;\t|"
_FIELD_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a record and the stretch of the decoded file it stands in; or what was wrong with it."""

    cells: tuple[str, ...]
    raw: str
    wrong: str = ""


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each row with a text, a `Failure` for each other; rows are counted from 1 below the header.

    Raises `ReadError` where there is no column for the text.
    """
    lines = Lines(stream, name, options.encoding, options.limits.row, any_end=True)
    delimiter = options.delimiter or delimiter_of(lines.head, name)
    rows = _rows(lines, delimiter, options.limits)
    header = next(rows, None)
    if header is None or header.wrong:
        raise ReadError(f"{name}: has no header row; the first row must name the columns")
    names = [cell.strip() for cell in header.cells]
    columns = columns_of(names, options)
    if "text" not in columns:
        wanted = options.column("text") or "text"
        there = ", ".join(repr(name)[:100] for name in names[:30])
        raise ReadError(f"{name}: no column is called {wanted!r}; map the text to one of: {there}")
    head = lines.encoded(header.raw)
    selected = selector(lines.encoding, columns["text"], delimiter)
    for number, row in enumerate(rows, 1):
        notes = bad_bytes(row.raw, lines.encoding)
        yield _document(row, number, name, names, columns, head + lines.encoded(row.raw), selected, notes)


def _document(
    row: _Row,
    number: int,
    name: str,
    names: list[str],
    columns: Columns,
    source: bytes,
    selected: str,
    notes: tuple[str, ...],
) -> Document | Failure:
    if row.wrong:
        return Failure(name, f"row {number}", row.wrong)
    if len(row.cells) > len(names):
        reason = f"has {len(row.cells)} cells for {len(names)} columns; quote cells that hold the delimiter"
        return Failure(name, f"row {number}", reason)
    cells = dict(zip(reversed(names[: len(row.cells)]), reversed(row.cells), strict=True))
    if columns["text"] not in cells:
        return Failure(name, f"row {number}", f"has no cell in the column {columns['text']!r}; check its delimiters")
    return document_of("csv", number, source, selected, columns, cells.get, notes)


class _Taken(Iterator[str]):
    """Lines for the CSV parser, which keeps those of the present row; a row of too many raises `TooLongError`."""

    def __init__(self, lines: Lines, longest: int) -> None:
        self._lines, self._longest = lines, longest
        self._row: list[str] = []
        self._size = 0

    def __next__(self) -> str:
        line = next(self._lines)
        self._size += len(line)
        if self._size > self._longest:
            raise TooLongError
        self._row.append(line)
        return line

    def row(self) -> str:
        """The lines since this was asked last."""
        taken = "".join(self._row)
        self._row.clear()
        self._size = 0
        return taken


def _rows(lines: Lines, delimiter: str, limits: Limits) -> Iterator[_Row]:
    """The records that are not blank, each with the lines it was read from."""
    taken = _Taken(lines, limits.row)
    reader = csv.reader(taken, delimiter=delimiter)
    while True:
        # The limit is the process's own: it is lifted for this row only, since others may count on theirs.
        before = csv.field_size_limit(_FIELD_LIMIT)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row((), taken.row(), f"is no valid row ({error}); check its quotes")
            continue
        except TooLongError:
            taken.row()
            yield _Row((), "", f"is longer than {limits.crossed('row')}; or else a quote in it may not be closed")
            continue
        finally:
            csv.field_size_limit(before)
        raw = taken.row()
        if any(cell.strip() for cell in cells):
            yield _Row(tuple(cells), raw)


def delimiter_of(raw: str, name: str) -> str:
    """Tab for a .tsv; else the candidate that stands most often in the header, outside of quotes."""
    if name.lower().endswith(".tsv"):
        return "\t"
    first = _LINE.match(raw.lstrip("\r\n"))
    header = re.sub(r'"[^"]*"', "", first[0]) if first else ""
    return max(_DELIMITERS, key=header.count)
