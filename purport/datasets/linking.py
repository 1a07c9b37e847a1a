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

from purport.corpus.kept import MADE_BY
from purport.corpus.reading import worker_count
from purport.datasets.actors import find_actors
from purport.datasets.dataset import Dataset, Marker, open_dataset
from purport.datasets.duck import connected, fetched, files, written
from purport.datasets.files import FOLDER_MODE, explained, remove_dead_parts, write_whole
from purport.datasets.linked import LINKED, Linked, write_rows
from purport.datasets.places import far, located
from purport.datasets.reprints import reprints
from purport.datasets.tables import (
    FOLDER,
    FORM,
    DamagedShardError,
    made,
    make_tables,
    shard_key,
    stem_of,
)
from purport.errors import StoreError
from purport.model import codec
from purport.model.document import Metadata
from purport.runtime.pool import Alive, Crash, Done, Pool

_STATE = "linked.json"
_SENTENCES = """
SELECT s.said, split_part(min(coalesce(nullif(left(d.published, 10), ''), '~') || ' ' || d.id), ' ', 2) AS first
FROM {} s JOIN {} d ON d.shard = s.shard AND d.line = s.line WHERE s.said != 0
GROUP BY s.said HAVING count(DISTINCT d.id) > 1 ORDER BY s.said
"""
_COPIES = "SELECT s.shard, s.line FROM {} s ANTI JOIN {} d ON d.shard = s.shard AND d.line = s.line"
"""Documents of shards that are in another shard too, of which the rows are taken."""


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
    dataset, faults = open_dataset(located(folder)), list[str]()
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
        now = _link(Linked(dataset, shards, state, 0, 0), worker_count(workers))
        _remove_others(tables, shards, state)
    return Linking(len(todo) - len(left_out), len(markers) - len(todo), now["documents"], now["actors"], tuple(faults))


def linked(folder: str | Path, *, refresh: bool = True) -> Linked:
    """The tables of a dataset, to be asked; with `refresh` they are brought up to date first. Raises as `link`."""
    if refresh:
        link(folder)
    dataset = open_dataset(located(folder))
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
    if far(dataset.folder):
        # A connection to another machine is not for several processes.
        return left_out, _one_by_one(dataset, todo, left_out, progress, stop)
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


def _one_by_one(
    dataset: Dataset,
    todo: Sequence[Marker],
    left_out: dict[str, str],
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool],
) -> bool:
    """Make the tables of shards in this process: whether somebody wanted to stop."""
    for done, marker in enumerate(todo, 1):
        if stop():
            return True
        for told in _work(marker, dataset):
            if isinstance(told, StoreError):
                raise told
            if isinstance(told, str):
                left_out[marker.name] = told
        if progress is not None:
            progress(done, len(todo))
    return False


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


def _link(tables: Linked, workers: int) -> dict[str, Any]:
    """Write what all shards together tell, and what says so."""
    folder, connection = tables.dataset.folder / FOLDER, connected()
    try:
        ranks = [(shard_key(marker.name), at) for at, marker in enumerate(tables.shards)]
        connection.execute("CREATE TABLE ranked (shard BIGINT, rank INTEGER)")
        if ranks:
            connection.executemany("INSERT INTO ranked VALUES (?, ?)", ranks)
        documents = write_rows(connection, tables.path("document"), LINKED["document"], _documents(tables, connection))
        written(connection, _COPIES.format(tables.rows("documents"), files([tables.path("document")])),
                tables.path("copy"))  # fmt: skip
        write_rows(connection, tables.path("problem"), LINKED["problem"], _problems(tables, connection))
        write_rows(connection, tables.path("reprint"), LINKED["reprint"], reprints(tables, connection))
        sentences = files([tables.path("document")])
        written(connection, _SENTENCES.format(tables.rows("stances"), sentences), tables.path("sentence"))
        actors = find_actors(tables, connection, workers)
    finally:
        connection.close()
    told = {
        "form": FORM, "made_by": MADE_BY, "state": tables.state, "shards": list(map(stem_of, tables.shards)),
        "documents": documents, "actors": actors,
    }  # fmt: skip
    write_whole(folder / _STATE, f"{codec.dumps(told)}\n".encode())
    return told


def _documents(tables: Linked, connection: Any) -> Iterator[Sequence[object]]:
    """Each document once, with what all places where it was met tell of it: as `Store.effective` has it."""
    query = (
        "SELECT id, list({'rank': rank, 'line': d.line, 'path': path, 'part': part, 'told': told} "
        "ORDER BY rank, d.line), first((d.shard, d.line, position, size, format, sha256, characters, analysed, notes, "
        "attributions, claims, own) ORDER BY analysed DESC, rank, d.line) "
        f"FROM {tables.rows('documents')} d JOIN ranked USING (shard) GROUP BY id ORDER BY id"
    )
    for id_, met, told in fetched(connection, query, tables.path("document")):
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
    yield from fetched(connection, query, tables.path("problem"))


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
