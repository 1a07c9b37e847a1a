"""The global step of a dataset: tables of the shards that have none yet, and what only all of them together tell: each
document once, with all that is known of it; what could not be read; and who is who across documents.

    tables/linked.STATE.TABLE.parquet     one of `LINKED`, of the shards that `STATE` stands for
    tables/linked.json                    which state is the one to be asked; written last
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from purport.corpus.actors import Cast
from purport.corpus.kept import MADE_BY, kept_rows
from purport.corpus.reading import worker_count
from purport.datasets.dataset import Dataset, Marker, open_dataset
from purport.datasets.duck import TableFile, connected, files, run, written
from purport.datasets.files import FOLDER_MODE, explained, remove_dead_parts, write_whole
from purport.datasets.tables import (
    FOLDER,
    FORM,
    TABLES,
    DamagedShardError,
    id_of,
    key_of,
    made,
    make_tables,
    shard_key,
    stem_of,
    table_path,
)
from purport.errors import StoreError
from purport.model import codec
from purport.model.document import Metadata
from purport.model.rows import EntityRow
from purport.runtime.pool import Alive, Crash, Done, Pool
from purport.store.kept_actors import kept_row

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
    "actor": {
        "place": "BIGINT", "id": "VARCHAR", "name": "VARCHAR", "type": "VARCHAR", "known": "VARCHAR",
        "mentions": "BIGINT", "documents": "BIGINT", "statements": "BIGINT", "hostile": "BIGINT",
        "laudatory": "BIGINT", "names": "VARCHAR", "named": "BOOLEAN", "folded": "VARCHAR",
    },
    "actor_entity": {"entity": "UBIGINT", "place": "BIGINT"},
    "actor_form": {"form": "VARCHAR", "place": "BIGINT"},
}  # fmt: skip
"""The columns of each table. A `copy` is a document that another shard, or line, has too. Of a document, `outlets` are
all outlets it was seen at and `seen_at` the same as names are compared, as `voice` is, its author or else its outlet;
`sightings` are where it was met, `extra` the further fields that tables have of it. Those of actors are the ones that a
store keeps (`purport.store.schema`)."""
_STATE = "linked.json"
_COPIES = "SELECT s.shard, s.line FROM {} s ANTI JOIN {} d ON d.shard = s.shard AND d.line = s.line"
"""Documents of shards that are in another shard too, of which the rows are taken."""
_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking did: shards whose tables were made now and those that had them, documents and actors in all, and a
    line for each shard that was left out."""

    tables: int
    there: int
    documents: int
    actors: int
    faults: tuple[str, ...]
    stopped: bool = False


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


def link(
    folder: str | Path,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Linking:
    """Bring the tables of the dataset in `folder` up to date; what is there already is left as it is.

    `workers` processes make tables of shards, and `progress` is told how many shards are done and how many there are.
    A shard that is damaged is left out. Once `stop` says so, no shard is begun; what is left is done the next time.
    Raises `StoreError` where there is no dataset, or its tables cannot be written; `UsageError` without DuckDB.
    """
    dataset, faults = open_dataset(Path(folder)), list[str]()
    tables = dataset.folder / FOLDER
    with explained(tables):
        tables.mkdir(FOLDER_MODE, exist_ok=True)
    remove_dead_parts(tables)
    markers: list[Marker] = []
    for marker in dataset.in_order(faults):
        wrong = [fault for file in marker.files if (fault := dataset.fault(file, whole=False)) is not None]
        faults += wrong[:1]
        markers += [marker] * (not wrong)
    todo = [marker for marker in markers if not made(dataset, marker)]
    left_out, stopped = _made_by_workers(dataset, todo, worker_count(workers), progress, stop)
    faults += left_out.values()
    if stopped:
        return Linking(len(todo) - len(left_out), len(markers) - len(todo), 0, 0, tuple(faults), stopped=True)
    shards = tuple(marker for marker in markers if marker.name not in left_out)
    now = _read(dataset)
    state = state_of(dataset, shards)
    if now is None or now["state"] != state:
        now = _link(Linked(dataset, shards, state, 0, 0))
        _remove_others(tables, shards, state)
    return Linking(len(todo) - len(left_out), len(markers) - len(todo), now["documents"], now["actors"], tuple(faults))


def linked(folder: Path, *, refresh: bool = True) -> Linked:
    """The tables of a dataset, to be asked; with `refresh` they are brought up to date first. Raises as `link`."""
    if refresh:
        link(folder)
    dataset = open_dataset(folder)
    now = _read(dataset)
    if now is None:
        raise StoreError(f"{folder}: this dataset has no tables yet; `purport link {folder}` makes them")
    markers = {stem_of(marker): marker for marker in dataset.in_order([])}
    missing = [stem for stem in now["shards"] if stem not in markers]
    if missing:
        raise StoreError(f"{folder}: the tables are of shards that are gone ({missing[0]}); run `purport link` again")
    return Linked(
        dataset, tuple(markers[stem] for stem in now["shards"]), now["state"], now["documents"], now["actors"]
    )


def _read(dataset: Dataset) -> dict[str, Any] | None:
    """What `linked.json` says; None where there is none that this build wrote."""
    path = dataset.folder / FOLDER / _STATE
    with explained(path):
        try:
            told = json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):
            return None
    if not isinstance(told, dict) or told.get("form") != FORM or told.get("made_by") != MADE_BY:
        return None
    there = all((dataset.folder / FOLDER / f"linked.{told['state']}.{table}.parquet").is_file() for table in LINKED)
    return told if there else None


def state_of(dataset: Dataset, shards: Iterable[Marker]) -> str:
    """What stands for the shards in their order, the run, and the code that finds actors: 12 hexadecimal digits."""
    told = [FORM, MADE_BY, dataset.run.id, *map(stem_of, shards)]
    return hashlib.sha256(codec.dumps(told).encode()).hexdigest()[:12]


def _made_by_workers(
    dataset: Dataset,
    todo: Sequence[Marker],
    workers: int,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool],
) -> tuple[dict[str, str], bool]:
    """Have processes make the tables of shards: a line for each shard that is left out, by name, and whether somebody
    wanted to stop. Raises `StoreError` where tables cannot be written."""
    left_out: dict[str, str] = {}
    if not todo:
        return left_out, False
    connected().close()  # who has no DuckDB is told so here, and once
    pool: Pool[Marker, str | StoreError] = Pool(max(1, min(workers, len(todo))), partial(_work, dataset=dataset))
    done = 0
    try:
        for marker, told in pool.run(todo, stop):
            if isinstance(told, Done | Crash):
                done += 1
                if progress is not None:
                    progress(done, len(todo))
            if isinstance(told, Crash):
                left_out[marker.name] = f"{dataset.folder / marker.records.name}: {told.reason}"
            elif isinstance(told, StoreError):
                raise told
            elif isinstance(told, str):
                left_out[marker.name] = told
    finally:
        pool.close()
    return left_out, stop()


def _work(marker: Marker, dataset: Dataset) -> Iterator[str | StoreError | Alive]:
    """Make the tables of a shard, in a worker; gives what is wrong with it, if anything is, or why they cannot be
    written, which is no fault of the shard."""
    faults = list(filter(None, map(dataset.fault, marker.files)))
    if faults:
        yield faults[0]
        return
    try:
        make_tables(dataset, marker)
    except DamagedShardError as error:
        yield str(error)
    except StoreError as error:
        yield error


def _link(tables: Linked) -> dict[str, Any]:
    """Write what all shards together tell, and what says so."""
    folder, connection = tables.dataset.folder / FOLDER, connected()
    try:
        ranks = [(shard_key(marker.name), at) for at, marker in enumerate(tables.shards)]
        connection.execute("CREATE TABLE ranked (shard BIGINT, rank INTEGER)")
        if ranks:
            connection.executemany("INSERT INTO ranked VALUES (?, ?)", ranks)
        documents = _write(tables, connection, "document", _documents(tables, connection))
        written(connection, _COPIES.format(tables.rows("documents"), files([tables.path("document")])),
                tables.path("copy"))  # fmt: skip
        _write(tables, connection, "problem", _problems(tables, connection))
        kept = list(kept_rows(Cast(entities(tables), [])))
        _write(tables, connection, "actor", (kept_row(at, one) for at, one in enumerate(kept)))
        _write(
            tables,
            connection,
            "actor_entity",
            ((key_of(one), at) for at, own in enumerate(kept) for one in own.entities),
        )
        _write(tables, connection, "actor_form", ((one, at) for at, own in enumerate(kept) for one in own.forms))
    finally:
        connection.close()
    told = {
        "form": FORM, "made_by": MADE_BY, "state": tables.state, "shards": list(map(stem_of, tables.shards)),
        "documents": documents, "actors": len(kept),
    }  # fmt: skip
    write_whole(folder / _STATE, f"{codec.dumps(told)}\n".encode())
    return told


def _write(tables: Linked, connection: Any, table: str, rows: Iterable[Sequence[object]]) -> int:
    path, number = tables.path(table), 0
    # Rows are read from the connection while they are written: the table is made by another one.
    file, own = TableFile(path.parent, path.name, LINKED[table]), connection.cursor()
    try:
        for row in rows:
            file.add(row)
            number += 1
        file.finish(own)
    finally:
        file.discard()
    return number


def _fetched(connection: Any, query: str, path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some at a time."""
    cursor = connection.cursor()
    run(cursor, query, (), path)
    while rows := cursor.fetchmany(_ROWS):
        yield from rows


def _documents(tables: Linked, connection: Any) -> Iterator[Sequence[object]]:
    """Each document once, with what all places where it was met tell of it: as `Store.effective` has it."""
    query = (
        "SELECT id, list({'rank': rank, 'line': d.line, 'path': path, 'part': part, 'told': told} "
        "ORDER BY rank, d.line), first((d.shard, d.line, position, size, format, sha256, characters, analysed, notes, "
        "attributions, claims, own) ORDER BY analysed DESC, rank, d.line) "
        f"FROM {tables.rows('documents')} d JOIN ranked USING (shard) GROUP BY id ORDER BY id"
    )
    for id_, met, told in _fetched(connection, query, tables.path("document")):
        shard, line, position, size, form, sha256, characters, analysed, notes, attributions, claims, own = (
            told if isinstance(told, tuple) else told.values()
        )
        places: dict[tuple[str, str], Metadata] = {}
        for one in met:
            where = (one["path"], one["part"])
            told_there = codec.metadata_in(one["told"])
            # What was told there before stays where less is told now.
            places[where] = told_there.over(places[where]) if where in places else told_there
        itself, known, extra = codec.metadata_in(own), Metadata(), dict[str, str]()
        for where in sorted(places):
            known = known.over(places[where])
            extra = {**dict(places[where].extra), **extra}
        extra = {**dict(itself.extra), **extra}
        known = known.over(itself)
        outlets = {one.outlet for one in (known, *places.values()) if one.outlet is not None}
        paths = [f"{path}, {part}" if part else path for path, part in sorted(places)]
        sightings = [[path, part, codec.metadata_out(places[path, part])] for path, part in sorted(places)]
        yield (
            shard, line, position, size, id_, known.outlet, known.author, known.title, known.published, known.url,
            known.language, form, sha256, characters, analysed, notes, attributions, claims, codec.dumps(paths),
            sorted(outlets), sorted(map(plain, outlets)), plain(known.author or known.outlet or ""),
            codec.dumps(sightings), own, codec.dumps(extra),
        )  # fmt: skip


def plain(name: str) -> str:
    """A name as SQLite's `lower` has it: of its capitals those of ASCII small."""
    return name.translate(_SMALL)


_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _problems(tables: Linked, connection: Any) -> Iterator[Sequence[object]]:
    """What could not be read, each place once: unless a shard that was finished later could."""
    query = (
        "SELECT path, part, last(reason ORDER BY rank) FROM "
        f"{tables.rows('problems')} p JOIN ranked USING (shard) WHERE NOT EXISTS (SELECT 1 FROM "
        f"{tables.rows('documents')} d JOIN ranked later ON later.shard = d.shard "
        "WHERE d.path = p.path AND d.part = p.part AND later.rank > ranked.rank) "
        "GROUP BY path, part ORDER BY path, part"
    )
    yield from _fetched(connection, query, tables.path("problem"))


def entities(tables: Linked) -> Iterator[EntityRow]:
    """Whom the documents name, by document and in the order of the text."""
    query = (
        "SELECT e.id, d.id, e.name, e.type, e.names, e.known, e.mentions, e.statements, e.hostile, e.laudatory, "
        f"coalesce(d.published, '') FROM {tables.rows('entities')} e JOIN {files([tables.path('document')])} d "
        "ON d.shard = e.shard AND d.line = e.line ORDER BY d.id, e.n"
    )
    connection, seen = connected(), dict[str, str]()

    def once(words: str) -> str:
        """The words, as they are in memory already: the same documents, names and types come again and again."""
        return seen.setdefault(words, words)

    try:
        for row in _fetched(connection, query, tables.path("actor")):
            id_, document, name, type_, names, known, mentions, statements, hostile, laudatory, published = row
            yield EntityRow(
                id_of(id_) or "", once(document), once(name), once(type_), tuple(map(once, json.loads(names))),
                once(known), mentions, statements, hostile, laudatory, once(published[:10]),
            )  # fmt: skip
    finally:
        connection.close()


def _remove_others(folder: Path, shards: Iterable[Marker], state: str) -> None:
    """Remove the tables of what is not in the dataset any more."""
    own = {stem_of(marker) for marker in shards}
    for path in (*folder.glob("*.parquet"), *folder.glob("*.json")):
        shard, _, rest = path.name.partition(".")
        stem = f"{shard}.{rest.partition('.')[0]}"
        old = (shard == "linked" and path.name != _STATE and rest.partition(".")[0] != state) or (
            shard not in ("linked", "") and stem not in own
        )
        if old:
            with suppress(OSError):
                path.unlink(missing_ok=True)
