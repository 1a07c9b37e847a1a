"""Who is who in a dataset, a part of it at a time: what all entities together tell is found by DuckDB, and no two of
different parts are ever compared (`purport.resolve.corpus.parts`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from purport.corpus.actors import Cast
from purport.corpus.casting import kept_rows
from purport.datasets.duck import connected, fetched, files, quoted, run, written
from purport.datasets.files import FOLDER_MODE, explained, part_path
from purport.datasets.linked import LINKED, Linked, write_rows
from purport.datasets.places import far, private_folder
from purport.datasets.tables import FOLDER, id_of, key_of
from purport.errors import StoreError
from purport.model.rows import EntityRow
from purport.resolve.corpus.entities import CLASSES
from purport.resolve.corpus.parts import parts
from purport.resolve.corpus.words import Told
from purport.runtime.pool import Alive, Crash, Done, Pool
from purport.store.kept_actors import IN_ORDER, kept_row

AT_ONCE = 100_000
"""Entities that a part has at most, where those of one surname, or of one known actor, are not more: a worker holds a
part, and takes 0.6 GB with all that it begins with (`python -m bench.linking`)."""
_ENTITY = "e.id, d.id, e.name, e.type, e.names, e.known, e.mentions, e.statements, e.hostile, e.laudatory, d.published"
_BINS = {"known": "BOOLEAN", "name": "VARCHAR", "bin": "INTEGER"}
_CLASS = " ".join(f"WHEN '{type_}' THEN '{class_}'" for type_, class_ in CLASSES.items() if class_ != "other")


def entities(tables: Linked) -> Iterator[EntityRow]:
    """Whom the documents name, by document and in the order of the text."""
    connection = connected()
    try:
        yield from _made(fetched(connection, f"{_joined(tables)} ORDER BY d.id, e.n", tables.path("actor")))
    finally:
        connection.close()


def _joined(tables: Linked) -> str:
    return f"SELECT {_ENTITY} FROM {_of(tables)}"


def _of(tables: Linked) -> str:
    """The entities `e` of all shards, joined with the documents `d` that name them; a copy has none."""
    documents = files([tables.path("document")])
    return f"{tables.rows('entities')} e JOIN {documents} d ON d.shard = e.shard AND d.line = e.line"


def _made(rows: Iterable[tuple[Any, ...]]) -> Iterator[EntityRow]:
    """Rows of DuckDB as entities."""
    seen: dict[str, str] = {}

    def once(words: str) -> str:
        """The words, as they are in memory already: the same documents, names and types come again and again."""
        return seen.setdefault(words, words)

    for id_, document, name, type_, names, known, mentions, statements, hostile, laudatory, published in rows:
        yield EntityRow(
            id_of(id_) or "", once(document), once(name), once(type_), tuple(map(once, json.loads(names))),
            once(known), mentions, statements, hostile, laudatory, once((published or "")[:10]),
        )  # fmt: skip


class TableEntities:
    """The entities of a dataset; `purport.resolve.corpus.entities.Entities` without having them in memory."""

    def __init__(self, tables: Linked, connection: Any) -> None:
        """Those that the tables hold."""
        self._tables, self._connection = tables, connection

    def _asked(self, condition: str, *values: object) -> Iterator[EntityRow]:
        query = f"{_joined(self._tables)} WHERE {condition} ORDER BY e.id"
        return _made(fetched(self._connection, query, self._tables.path("actor"), values))

    def kinds(self) -> Iterator[EntityRow]:
        """As `Entities.kinds`."""
        query = f"SELECT DISTINCT e.name, e.type, e.names, e.known FROM {_of(self._tables)}"
        for name, type_, names, known in fetched(self._connection, query, self._tables.path("actor")):
            yield EntityRow("", "", name, type_, tuple(json.loads(names)), known)

    def of_several_classes(self) -> Iterator[EntityRow]:
        """As `Entities.of_several_classes`."""
        several = (
            f"SELECT e.folded FROM {_of(self._tables)} WHERE e.folded != '' AND e.known = '' "
            f"GROUP BY e.folded HAVING count(DISTINCT CASE e.type {_CLASS} END) > 1"
        )
        return self._asked(f"e.known = '' AND e.folded IN ({several})")

    def named(self, names: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.named`."""
        return self._asked("e.folded IN (SELECT unnest(?::VARCHAR[]))", sorted(names))

    def of(self, documents: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.of`."""
        return self._asked("d.id IN (SELECT unnest(?::VARCHAR[]))", sorted(documents))

    def sizes(self) -> Iterator[tuple[bool, str, int]]:
        """How many have each name: that by which a lexicon knows them, else the folded one."""
        query = (
            "SELECT e.known != '', CASE WHEN e.known != '' THEN e.known ELSE e.folded END, count(*) "
            f"FROM {_of(self._tables)} GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return fetched(self._connection, query, self._tables.path("actor"))


def find_actors(tables: Linked, connection: Any, workers: int) -> int:
    """Find who is who, and write the tables of actors; how many there are. Raises `StoreError`."""
    home = tables.dataset.folder
    folder = part_path(private_folder() if far(home) else home / FOLDER, "actors")
    shutil.rmtree(folder, ignore_errors=True)  # of a process with the same number that was killed
    with explained(folder):
        folder.mkdir(FOLDER_MODE)
    try:
        told, bins = _divided(tables, connection, folder)
        _by_workers(bins, partial(_work, folder=folder, told=told), max(1, min(workers, bins)), folder)
        return _put_together(tables, connection, folder, bins)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _divided(tables: Linked, connection: Any, folder: Path) -> tuple[Told | None, int]:
    """Write the entities in parts into the folder; what is told of all of them, None where one part has all, and how
    many parts there are."""
    every = TableEntities(tables, connection)
    sizes = list(every.sizes())
    columns = f"{_ENTITY.replace('d.id', 'd.id AS document')}, e.n, 0 AS bin"
    told, bins, rows = None, 1, _of(tables)
    if sum(size for _, _, size in sizes) > AT_ONCE:
        told = Told.by(every)
        bin_of, bins = _packed(sizes, parts(every, told))
        path = folder / "bins.parquet"
        write_rows(connection, path, _BINS, ((known, name, at) for (known, name), at in bin_of.items()))
        columns = f"{columns.removesuffix('0 AS bin')} coalesce(b.bin, e.id % {bins})::INTEGER AS bin"
        rows += (
            f" LEFT JOIN {files([path])} b ON b.known = (e.known != '') "
            "AND b.name = CASE WHEN e.known != '' THEN e.known ELSE e.folded END"
        )
    run(
        connection,
        f"COPY (SELECT {columns} FROM {rows}) TO '{quoted(folder / 'parts')}' (FORMAT parquet, PARTITION_BY (bin))",
        (),
        folder,
    )
    return told, bins


def _packed(sizes: Sequence[tuple[bool, str, int]], part_of: dict[str, int]) -> tuple[dict[tuple[bool, str], int], int]:
    """In which of how many bins each name is: whole parts, and no more than `AT_ONCE` where one has not more itself.
    What has no name may be in any, and takes up an even share of each."""
    every, unnamed = sum(size for _, _, size in sizes), sum(size for known, name, size in sizes if not (known or name))
    room = AT_ONCE * (every - unnamed) // every
    members: dict[int | str, list[tuple[bool, str]]] = {}
    number: dict[int | str, int] = {}
    for known, name, size in sizes:
        if known or name:
            part = name if known else part_of.get(name, name)
            members.setdefault(part, []).append((known, name))
            number[part] = number.get(part, 0) + size
    bin_of: dict[tuple[bool, str], int] = {}
    bins, filled = 0, 0
    for part, own in members.items():
        if filled and filled + number[part] > room:
            bins, filled = bins + 1, 0
        filled += number[part]
        bin_of.update(dict.fromkeys(own, bins))
    return bin_of, max(bins + 1, -(-unnamed // AT_ONCE))


def _by_workers(bins: int, work: Callable[[int], Iterator[StoreError | Alive]], workers: int, folder: Path) -> None:
    """Have each part gone through, in processes of their own where there are several. Raises `StoreError`."""
    if bins == 1:
        for told in work(0):
            if isinstance(told, StoreError):
                raise told
        return
    pool: Pool[int, StoreError] = Pool(workers, work)
    try:
        for _, result in pool.run(range(bins)):
            if isinstance(result, Crash):
                raise StoreError(f"{folder}: who is who could not be found ({result.reason}); run the same again")
            if not isinstance(result, Done):
                raise result
    finally:
        pool.close()


def _work(bin_: int, folder: Path, told: Told | None) -> Iterator[StoreError | Alive]:
    """Find the actors of a part, and write them into the folder."""
    connection = connected(threads=1)
    try:
        own = sorted((folder / "parts" / f"bin={bin_}").glob("*.parquet"))
        query = f"SELECT * EXCLUDE (n, bin) FROM {files(own)} ORDER BY document, n" if own else "SELECT 1 WHERE false"
        cast = Cast(_made(fetched(connection, query, folder)), [], told=told)
        kept = list(kept_rows(cast))
        rows: dict[str, Iterable[tuple[object, ...]]] = {
            "actor": (kept_row(at, one) for at, one in enumerate(kept)),
            "actor_entity": (
                (key_of(link.entity), at, link.reason, link.confidence)
                for at, (one, _) in enumerate(cast.by_mentions)
                for link in one.links
            ),
            "actor_form": ((form, at) for at, one in enumerate(kept) for form in one.forms),
        }
        for table, made in rows.items():
            write_rows(connection, _part(folder, table, bin_), LINKED[table], made)
    except StoreError as error:
        yield error
    finally:
        connection.close()


def _part(folder: Path, table: str, bin_: int) -> Path:
    return folder / f"{table}.{bin_}.parquet"


def _put_together(tables: Linked, connection: Any, folder: Path, bins: int) -> int:
    """Write the tables of actors from those of the parts, in the order of lists (`Cast.by_mentions`)."""

    def every(table: str) -> str:
        numbered = (f"SELECT {at} AS bin, * FROM {files([_part(folder, table, at)])}" for at in range(bins))
        return " UNION ALL ".join(numbered)

    run(
        connection,
        f"CREATE TEMP TABLE placed AS SELECT bin, place, row_number() OVER (ORDER BY {IN_ORDER}) - 1 AS later "
        f"FROM ({every('actor')})",
        (),
        folder,
    )
    for table, last in (("actor", ""), ("actor_entity", ", entity"), ("actor_form", ", form")):
        columns = ", ".join("later AS place" if name == "place" else name for name in LINKED[table])
        query = f"SELECT {columns} FROM ({every(table)}) t JOIN placed USING (bin, place) ORDER BY later{last}"
        written(connection, query, tables.path(table))
    ((number,),) = connection.execute("SELECT count(*) FROM placed").fetchall()
    return int(number)
