"""The formats a store goes out in: JSON Lines, CSV, Parquet, brat standoff."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from purport.errors import UsageError
from purport.export.brat import standoff, stems
from purport.export.tables import actors_table, claims_table, documents_table, links_table, statements_table, table_of
from purport.model import codec
from purport.model.record import Record
from purport.model.rows import Actor, ActorLink, Claim, DocumentRow, Statement
from purport.runtime.extras import arrow


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to write: each a function that begins anew, so that nothing need be held in memory."""

    records: Callable[[], Iterator[Record]]
    documents: Callable[[], Iterator[DocumentRow]]
    statements: Callable[[], Iterator[Statement]]
    claims: Callable[[], Iterator[Claim]]
    actors: Callable[[], Iterator[Actor]]
    links: Callable[[], Iterator[ActorLink]]
    further: Callable[[], Iterable[tuple[str, type, Iterable[Any]]]] = tuple
    """Further tables: what each is called, the dataclass of its rows, and these."""


Export = Callable[[Material, Path], list[Path]]


@contextmanager
def whole_file(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file that is there whole or not at all: it gets its name when all of it is written."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open(mode, encoding=None if "b" in mode else "utf-8", newline=None if "b" in mode else "") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another folder", "out") from None
    finally:
        part.unlink(missing_ok=True)


def jsonl(material: Material, folder: Path) -> list[Path]:
    """`records.jsonl`: one record a line, by document id."""
    path = folder / "records.jsonl"
    with whole_file(path) as file:
        for record in material.records():
            file.writelines(codec.record_json(record))
            file.write("\n")
    return [path]


def table_csv(material: Material, folder: Path) -> list[Path]:
    """`documents.csv`, `attributions.csv`, `claims.csv`, `actors.csv`, `links.csv` (what makes up the actors),
    `stories.csv`, `passages.csv` and `quotations.csv`; UTF-8, a cell that a spreadsheet would run is made harmless
    by "'"."""
    written = []
    for name, rows, kind in (
        ("documents", material.documents(), DocumentRow),
        ("attributions", material.statements(), Statement),
        ("claims", material.claims(), Claim),
        ("actors", material.actors(), Actor),
        ("links", material.links(), ActorLink),
        *((name, rows, kind) for name, kind, rows in material.further()),
    ):
        path = folder / f"{name}.csv"
        with whole_file(path) as file:
            write_csv(file, rows, kind)
        written.append(path)
    return written


def write_csv(file: IO[str], rows: Iterable[Any], kind: type) -> None:
    """Rows of the dataclass `kind` as CSV with a header."""
    # The type of dataclasses has no name outside typeshed.
    names = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    write_cells(file, names, ([getattr(row, name) for name in names] for row in rows))


def write_cells(file: IO[str], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows of values as CSV, under the names of their columns."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(name, value) for name, value in zip(names, row, strict=True)])


_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins so as a formula (CWE-1236; OWASP, "CSV Injection")."""


def cell(name: str, value: object) -> str:
    """A value of a column as a cell of CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if name.endswith("_spans"):
        # Columns with such a name hold spans, which a row of any kind can't say.
        return codec.spans_text(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        value = " > ".join(map(str, value)) if name == "chain" else "; ".join(map(str, value))
    # The writer does not quote a bare carriage return, which readers then take for the end of the row.
    text = str(value).replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text


def parquet(material: Material, folder: Path) -> list[Path]:
    """`documents.parquet`, `attributions.parquet`, `claims.parquet`, `actors.parquet`, `links.parquet` (what makes up
    the actors), `stories.parquet`, `passages.parquet` and `quotations.parquet`; spans as lists of [start, end]."""
    writer_of = arrow("pyarrow.parquet").ParquetWriter
    written = []
    for name, tables in (
        ("documents", documents_table(material.documents())),
        ("attributions", statements_table(material.statements())),
        ("claims", claims_table(material.claims())),
        ("actors", actors_table(material.actors())),
        ("links", links_table(material.links())),
        *((name, table_of(kind, rows)) for name, kind, rows in material.further()),
    ):
        path = folder / f"{name}.parquet"
        with whole_file(path, "wb") as file, writer_of(file, tables.schema, compression="zstd") as writer:
            writer.write_table(tables)
        written.append(path)
    return written


def brat(material: Material, folder: Path) -> list[Path]:
    """For each document `<stem>.txt` with its text and `<stem>.ann` with its attributions, in PolNeAR's form."""
    paths = {row.id: row.paths for row in material.documents()}
    names = stems(paths)
    written = []
    for record in material.records():
        stem = names[record.document.id]
        for suffix, content in (("txt", record.document.text), ("ann", standoff(record))):
            path = folder / f"{stem}.{suffix}"
            with whole_file(path, "wb") as file:
                file.write(content.encode())
            written.append(path)
    return written


EXPORTS: dict[str, Export] = {"jsonl": jsonl, "csv": table_csv, "parquet": parquet, "brat": brat}
"""A row per format."""
