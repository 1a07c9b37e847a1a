"""The user's table of what is known about each file: outlet, author, title, date, url, language."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from purport.errors import UsageError
from purport.model.document import Metadata
from purport.read.dates import users_date

_FIELDS = ("outlet", "author", "title", "published", "url", "language")


def metadata_table(path: Path) -> Mapping[str, Metadata]:
    """The rows of a table (.tsv by tabs, else CSV; UTF-8), keyed by the path in its column `file`, normalised.

    Its other columns may be outlet, author, title, published, url, language. Raises `UsageError` for another column,
    a missing file name, a file named twice, a date that is none, or a table that cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise UsageError(f"{path}: the metadata table cannot be read ({error}); save it as CSV in UTF-8") from None
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    _check_header(path, header)
    table: dict[str, Metadata] = {}
    for number, row in enumerate(rows[1:], 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise UsageError(f"{path}, row {number}: has {len(row)} cells for {len(header)} columns; quote commas")
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
        file = cells.pop("file", "")
        file = _normal(file) if file else ""
        if not file or file in table:
            what = f"names the file {file!r} again" if file else "names no file"
            raise UsageError(f"{path}, row {number}: {what}; each file needs one row")
        try:
            table[file] = _metadata(cells)
        except UsageError as error:
            raise UsageError(f"{path}, row {number}: {error}") from None
    return table


def _check_header(path: Path, header: Sequence[str]) -> None:
    unknown = [name for name in header if name not in ("file", *_FIELDS)]
    if unknown or "file" not in header or len(set(header)) < len(header):
        wrong = f"unknown columns {', '.join(map(repr, unknown))}" if unknown else "no column 'file', or one twice"
        raise UsageError(f"{path}: {wrong}; a metadata table has the columns file, {', '.join(_FIELDS)}")


def _metadata(cells: Mapping[str, str]) -> Metadata:
    known = {name: value for name, value in cells.items() if value}
    if "published" in known:
        known["published"] = users_date(known["published"])
    return Metadata(**known)


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
