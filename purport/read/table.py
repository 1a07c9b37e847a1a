"""CSV and TSV: a document a row. A row's source is the header's bytes and its own, a small table by itself."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from purport.document import Document
from purport.errors import ReadError
from purport.read.decode import decode
from purport.read.options import Failure, Options, selector
from purport.read.rows import Columns, columns_of, document_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DELIMITERS = ",;\t|"
_FIELD_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a record and the stretch of the decoded file it stands in; or what was wrong with it."""

    cells: tuple[str, ...]
    raw: str
    wrong: str = ""


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each row with a text, a `Failure` for each other; rows are counted from 1 below the header.

    Raises `ReadError` where there is no column for the text.
    """
    decoded = decode(data, name, options.encoding)
    delimiter = options.delimiter or _delimiter(decoded.raw, name)
    rows = _rows(decoded.raw, delimiter)
    header = next(rows, None)
    if header is None or header.wrong:
        raise ReadError(f"{name}: has no header row; the first row must name the columns")
    names = [cell.strip() for cell in header.cells]
    columns = columns_of(names, options)
    if "text" not in columns:
        wanted = options.column("text") or "text"
        raise ReadError(
            f"{name}: no column is called {wanted!r}; map the text to one of: {', '.join(map(repr, names))}"
        )
    head = decoded.encoded(header.raw)
    selected = selector(decoded.encoding, columns["text"], delimiter)
    for number, row in enumerate(rows, 1):
        yield _document(row, number, name, names, columns, head + decoded.encoded(row.raw), selected)


def _document(
    row: _Row, number: int, name: str, names: list[str], columns: Columns, source: bytes, selected: str
) -> Document | Failure:
    if row.wrong:
        return Failure(name, f"row {number}", row.wrong)
    if len(row.cells) > len(names):
        reason = f"has {len(row.cells)} cells for {len(names)} columns; quote cells that hold the delimiter"
        return Failure(name, f"row {number}", reason)
    cells = dict(zip(reversed(names[: len(row.cells)]), reversed(row.cells), strict=True))
    if columns["text"] not in cells:
        return Failure(name, f"row {number}", f"has no cell in the column {columns['text']!r}; check its delimiters")
    return document_of("csv", number, source, selected, columns, cells.get)


def _rows(raw: str, delimiter: str) -> Iterator[_Row]:
    """The records that are not blank, each with the lines it was read from."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for found in _LINE.finditer(raw):
            if found[0]:
                taken.append(found[0])
                yield found[0]

    reader = csv.reader(lines(), delimiter=delimiter)
    while True:
        taken.clear()
        # The limit is the process's own: it is lifted for this row only, since others may count on theirs.
        before = csv.field_size_limit(_FIELD_LIMIT)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row((), "".join(taken), f"is no valid row ({error}); check its quotes")
            continue
        finally:
            csv.field_size_limit(before)
        if any(cell.strip() for cell in cells):
            yield _Row(tuple(cells), "".join(taken))


def _delimiter(raw: str, name: str) -> str:
    """Tab for a .tsv; else the candidate that stands most often in the header, outside of quotes."""
    if name.lower().endswith(".tsv"):
        return "\t"
    first = _LINE.match(raw.lstrip("\r\n"))
    header = re.sub(r'"[^"]*"', "", first[0]) if first else ""
    return max(_DELIMITERS, key=header.count)
