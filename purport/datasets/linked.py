"""The tables of all shards of a dataset together: what is in them, and how they are asked and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.datasets.dataset import Dataset, Marker
from purport.datasets.duck import TableFile, files
from purport.datasets.tables import FOLDER, TABLES, table_path

LINKED: dict[str, dict[str, str]] = {
    "document": {
        "shard": "BIGINT", "line": "INTEGER", "position": "BIGINT", "size": "BIGINT", "id": "VARCHAR",
        "outlet": "VARCHAR", "author": "VARCHAR", "title": "VARCHAR", "published": "VARCHAR", "url": "VARCHAR",
        "language": "VARCHAR", "format": "VARCHAR", "sha256": "VARCHAR", "characters": "BIGINT",
        "analysed": "BOOLEAN", "notes": "VARCHAR", "attributions": "INTEGER", "claims": "INTEGER",
        "paths": "VARCHAR", "outlets": "VARCHAR[]", "seen_at": "VARCHAR[]", "voice": "VARCHAR",
        "sightings": "VARCHAR", "own": "VARCHAR", "extra": "VARCHAR",
    },
    "copy": {"shard": "BIGINT", "line": "INTEGER"},
    "problem": {"path": "VARCHAR", "part": "VARCHAR", "reason": "VARCHAR"},
    "reprint": {"id": "VARCHAR", "first": "VARCHAR"},
    "sentence": {"said": "BIGINT", "first": "VARCHAR"},
    "actor": {
        "place": "BIGINT", "id": "VARCHAR", "name": "VARCHAR", "type": "VARCHAR", "known": "VARCHAR",
        "mentions": "BIGINT", "documents": "BIGINT", "statements": "BIGINT", "hostile": "BIGINT",
        "laudatory": "BIGINT", "names": "VARCHAR", "named": "BOOLEAN", "folded": "VARCHAR",
    },
    "actor_entity": {"entity": "UBIGINT", "place": "BIGINT", "reason": "VARCHAR", "confidence": "DOUBLE"},
    "actor_form": {"form": "VARCHAR", "place": "BIGINT"},
}  # fmt: skip
"""The columns of each table. A `copy` is a document that another shard, or line, has too; a `reprint` is one that says
in other bytes what the document `first` says (`purport.network.copies`); a `sentence` is one on which a stance rests
and that several have, with the document that had it first. Of a document, `outlets` are all outlets it
was seen at and `seen_at` the same as names are compared, as `voice` is, its author or else its outlet; `sightings` are
where it was met, `extra` the further fields that tables have of it. Those of actors are the ones that a store keeps
(`purport.store.schema`), with the reason for which an entity is held to be of its actor."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The tables of a dataset as they are to be asked: its `dataset`, the `shards` that are in, in the order in which
    they were finished, and the `state` that they make."""

    dataset: Dataset
    shards: tuple[Marker, ...]
    state: str
    documents: int
    actors: int

    def path(self, table: str) -> Path:
        """Where one of `LINKED` is."""
        return self.dataset.folder / FOLDER / f"linked.{self.state}.{table}.parquet"

    def rows(self, table: str) -> str:
        """One of `TABLES`, of all shards, as what a query can be made from."""
        if not self.shards:
            told = ", ".join(f"NULL::{type_} AS {name}" for name, type_ in TABLES[table].items())
            return f"(SELECT {told} WHERE false)"
        return files(table_path(self.dataset, marker, table) for marker in self.shards)


def write_rows(connection: Any, path: Path, columns: dict[str, str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows as the table at `path`; how many there are. Raises `StoreError`."""
    number = 0
    # Rows may be read from the connection while they are written: the table is made by another one.
    file, own = TableFile(path.parent, path.name, columns), connection.cursor()
    try:
        for row in rows:
            file.add(row)
            number += 1
        file.finish(own)
    finally:
        file.discard()
    return number
