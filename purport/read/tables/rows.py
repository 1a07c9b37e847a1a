"""A row of a table or a line of JSON, already parsed -> a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from purport.model.document import Document, Segment, SourceMap, Unit
from purport.read.fields import SURROGATES, metadata_of, whole
from purport.read.layout import blocks_of
from purport.read.options import COLUMNS, Options
from purport.read.turns import with_labels

Columns = dict[str, str]
"""Field of a document -> the column or key of the file that it is taken from."""


def bad_bytes(raw: str, encoding: str) -> tuple[str, ...]:
    """A note on what could not be decoded in a row, which stands in `raw` as lone surrogates; none where all could."""
    count = 0 if raw.isascii() else sum(map(len, SURROGATES.findall(raw)))
    return (f"{count} bytes or units are not valid {encoding} and stand as U+FFFD",) if count else ()


def columns_of(present: Iterable[str], options: Options) -> Columns:
    """Which of the columns that are `present` each field is taken from; a field that has none is left out."""
    exact = list(present)
    folded = {name.strip().casefold(): name for name in reversed(exact)}
    found: Columns = {}
    for field, defaults in COLUMNS.items():
        mapped = options.column(field)
        for wanted in defaults if mapped is None else (mapped,):
            column = wanted if wanted in exact else folded.get(wanted.strip().casefold())
            if column is not None:
                found[field] = column
                break
    return found


def document_of(
    format: str,
    number: int,
    source: bytes,
    selected: str,
    columns: Columns,
    value: Callable[[str], str | None],
    notes: tuple[str, ...] = (),
) -> Document:
    """The document of row `number`, whose cell in a column is `value(column)`; its blocks are as for plain text."""
    cell = value(columns["text"]) or ""
    text = whole(cell)
    if text != cell and not notes:
        notes = ("lone surrogates in the text stand as U+FFFD",)
    said = {field: value(column) or "" for field, column in columns.items() if field != "text"}
    metadata, remarks = metadata_of(said)
    return Document(
        text,
        with_labels(text, blocks_of(text)),
        SourceMap(Unit.ROW, (Segment(0, number, 0),)),
        format,
        source,
        metadata,
        selected,
        f"row {number}",
        (*notes, *remarks),
    )
