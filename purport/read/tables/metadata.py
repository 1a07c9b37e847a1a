"""The user's table of what is known about each file: outlet, author, title, date, url, language."""

from __future__ import annotations

import csv
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath

from purport.errors import UsageError
from purport.model.document import Metadata
from purport.read.dates import iso_date
from purport.read.decode import decode
from purport.read.options import COLUMNS
from purport.read.tables.csv import delimiter_of

_FILE = ("file", "filename", "path")
_FIELDS = {"file": _FILE} | {field: names for field, names in COLUMNS.items() if field != "text"}
_COLUMNS = 1000
"""Columns of a sheet that are looked at."""
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.I)


@dataclass(frozen=True, slots=True)
class MetadataTable:
    """What a table says: `rows` by the path in the column of files, normalised; `undated`, the dates in it that were
    not understood, each with its file; `extra`, the names of the columns that are none of these, kept as they are."""

    rows: Mapping[str, Metadata]
    undated: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()


def metadata_table(path: Path) -> MetadataTable:
    """The table at `path`: Excel (.xlsx, its first sheet), or CSV with any usual character between the cells.

    One column names the file, the others may be outlet, author, title, published, url, language, or be called as a
    synonym of `COLUMNS`. Raises `UsageError` for a missing column or name of a file, a column or file named twice, or
    a table that cannot be read.
    """
    rows = _rows(path)
    header = [cell.strip() for cell in next((row for row in rows if any(cell.strip() for cell in row)), ())]
    columns = _columns(path, header)
    used = set(columns.values())
    others = [at for at, name in enumerate(header) if name and at not in used]
    again = next((header[at] for at in others if header.count(header[at]) > 1), None)
    if again is not None:
        raise UsageError(f"{path}: has the column {again!r} twice; rename or remove one")
    table: dict[str, Metadata] = {}
    undated: list[tuple[str, str]] = []
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            what = f"has {len(row)} cells for {len(header)} columns; quote cells that hold the character between cells"
            raise UsageError(f"{path}, row {number}: {what}")
        cells = {field: row[at].strip() for field, at in columns.items() if at < len(row) and row[at].strip()}
        file = _normal(cells.pop("file")) if "file" in cells else ""
        if not file or file in table:
            what = f"names the file {file!r} again" if file else "names no file"
            raise UsageError(f"{path}, row {number}: {what}; each file needs one row")
        if "published" in cells:
            told = cells.pop("published")
            known = iso_date(told)
            cells |= {"published": known} if known is not None else {}
            undated += [(told, file)] if known is None else []
        own = ((header[at], row[at].strip()) for at in others if at < len(row) and row[at].strip())
        table[file] = Metadata(**cells, extra=tuple(sorted(own)))
    return MetadataTable(table, tuple(undated), tuple(header[at] for at in others))


def _columns(path: Path, header: Sequence[str]) -> dict[str, int]:
    """Where each field stands. A field that several columns could be has the one that is named first in `COLUMNS`."""
    names = [_plain(name) for name in header]
    found: dict[str, int] = {}
    for field, synonyms in _FIELDS.items():
        for wanted in map(_plain, synonyms):
            if names.count(wanted) > 1:
                raise UsageError(f"{path}: has the column {wanted!r} twice; rename or remove one")
            if wanted in names:
                found[field] = names.index(wanted)
                break
    if "file" not in found:
        there = ", ".join(repr(name)[:60] for name in header[:20] if name) or "none"
        raise UsageError(f"{path}: no column is called 'file', 'filename' or 'path'; it has {there}; rename one")
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _rows(path: Path) -> Iterator[Sequence[str]]:
    """The cells of each row. Raises `UsageError` where the table cannot be read."""
    try:
        data = path.read_bytes()
        rows = _sheet(data) if path.suffix.lower() in (".xlsx", ".xlsm") else _lines(data, path.name)
        return iter(list(rows))
    except FileNotFoundError:
        raise UsageError(f"{path}: is not there; check the path", "metadata") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: is a folder, not a file; name the table itself", "metadata") from None
    # What openpyxl raises for a file that is broken has no family of its own.
    except Exception as error:
        what = " ".join(str(error).removeprefix(f"{path.name}: ").split())[:200] or type(error).__name__
        raise UsageError(f"{path}: the metadata table cannot be read ({what}); save it as CSV in UTF-8") from None


def _lines(data: bytes, name: str) -> Iterator[Sequence[str]]:
    text = decode(data, name).text if data.strip() else ""
    told = _SEPARATOR.match(text)  # a line that Excel puts before the header
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else delimiter_of(text, name)
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _sheet(data: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # 0.3 s to import, as is what reads documents with it

    from purport.read.tables.xlsx import cells_of

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what it does not keep, such as the colours of cells
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        yield from cells_of(book.worksheets[0], _COLUMNS)
    finally:
        book.close()


def assigned(
    table: Mapping[str, Metadata], files: Sequence[Path], roots: Sequence[Path] = ()
) -> dict[Path, tuple[str, Metadata]]:
    """The row of `table` for each of `files` that has one, as `lookup` gives it; a row that is about none of them by
    its name is about the only one that it names without its ending."""
    found = {file: row for file in files if (row := lookup(table, file, roots)) is not None}
    used = {key for key, _ in found.values()}
    fitting: dict[str, list[Path]] = {}
    for file in files:
        if file not in found and file.suffix:
            row = lookup(table, file.with_suffix(""), roots)
            if row is not None and row[0] not in used:
                fitting.setdefault(row[0], []).append(file)
    return found | {files[0]: (key, table[key]) for key, files in fitting.items() if len(files) == 1}


def lookup(table: Mapping[str, Metadata], path: Path, roots: Sequence[Path] = ()) -> tuple[str, Metadata] | None:
    """The row of `table` for the file `path`: its key and its metadata; None where no row is about it.

    A key is compared with the path below each of `roots` (the table's own folder first), then with the path as
    given, then, if the key has no folder in it, with the file's bare name.
    """
    absolute = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow symlinks, which a user does not write
    candidates = [_normal(os.path.relpath(absolute, root)) for root in roots]
    for candidate in (*candidates, _normal(str(path)), _normal(absolute), path.name):
        if candidate in table:
            return candidate, table[candidate]
    return None


def _normal(path: str) -> str:
    return str(PurePosixPath(os.path.normpath(path.replace("\\", "/"))))
