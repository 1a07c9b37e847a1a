"""`python -m bench.tables`: how long questions to the tables of a million documents take, and how much memory.

The tables are made by DuckDB from those of real records: each document many times, as another one, on another day; so
are the actors, of which each is then named in as many more documents. What a row is made from, the records themselves,
is shared. Each question is asked by a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import purport
from bench import articles
from purport.corpus.kept import MADE_BY
from purport.datasets import link, make_dataset, read_dataset
from purport.datasets.corpus import DatasetCorpus
from purport.datasets.dataset import DataFile, Dataset, Marker, marker_out
from purport.datasets.duck import connected, files
from purport.datasets.lines import members_of, squeezed
from purport.datasets.linked import LINKED, Linked
from purport.datasets.linking import linked, state_of
from purport.datasets.plan import shard_name
from purport.datasets.tables import FOLDER, FORM, TABLES, make_tables, shard_key, stem_of, table_path
from purport.lexicons import lexicon_with
from purport.model import codec
from purport.model.document import document_id
from purport.pipeline import current_run

QUESTIONS = {
    "statements, first 50": ("statements", "--limit", "50"),
    "statements of an actor": ("statements", "--by", "{actor}", "--limit", "50"),
    "statements about an actor": ("statements", "--about", "{other}", "--limit", "50"),
    "statements with words": ("statements", "--search", "border wall", "--limit", "50"),
    "denials of one month": (
        "statements",
        "--act",
        "deny",
        "--since",
        "2031-03",
        "--until",
        "2031-03",
        "--limit",
        "50",
    ),
    "claims, first 50": ("claims", "--limit", "50"),
    "claims of an actor": ("claims", "--by", "{actor}", "--limit", "50"),
    "claims about an actor": ("claims", "--about", "{other}", "--limit", "50"),
    "acts": ("claims", "--predicate", "attack", "--limit", "50"),
    "actors": ("actors", "--limit", "50"),
    "actors of a name": ("actors", "--search", "{actor}"),
    "documents": ("documents", "--limit", "50"),
    "a network of one month": ("network", "--since", "2031-03", "--until", "2031-03"),
    "what is in it": ("info",),
}
_HASHED = "((hash({0}, r.k) >> 1)::UBIGINT)"
"""Of an id and the number of the copy."""
COPIES = 24
"""Times that a document stands in a shard."""
MONTH = "2031-03"
"""What is gathered; the shards that hold documents of it have records of their own."""
_FIRST, _DAYS = date(2025, 1, 1), 3650
_ID = re.compile(r"(?<=\")[0-9a-f]{16}(?=\")")


def made(real: Path, folder: Path, documents: int) -> int:
    """The tables of so many documents in `folder`, from those of the dataset `real`; how many there are."""
    source = linked(real)
    (marker,) = source.shards
    dataset = make_dataset(folder, source.dataset.run)
    tables = folder / FOLDER
    tables.mkdir(exist_ok=True)
    connection = connected()
    own = marker.counts.documents
    shards = -(-documents // (own * COPIES))
    inputs = [hashlib.sha256(f"copy {number}".encode()).hexdigest() for number in range(shards)]
    name_of = [shard_name(marker.run, marker.options, one) for one in inputs]
    markers: list[Marker] = []
    for number, name in enumerate(name_of):
        records = DataFile(f"{name}.{marker.records.sha256[:12]}.records.jsonl.gz", *_rest(marker.records))
        os.link(real / marker.records.name, folder / records.name)
        copy = replace(marker, name=name, inputs=inputs[number], records=records)
        whole = any(_day(k).startswith(MONTH) for k in range(number * COPIES, (number + 1) * COPIES))
        if whole:
            copy = _with_records(connection, real / marker.records.name, dataset, copy, number)
        (folder / f"{name}.json").write_bytes(marker_out(copy))
        markers.append(copy)
        if whole:
            make_tables(dataset, copy)
            continue
        for table, columns in TABLES.items():
            told = ", ".join(_column(one, type_, name) for one, type_ in columns.items())
            lines = f"range({number * COPIES}, {(number + 1) * COPIES}) r(k)"
            connection.execute(
                f"COPY (SELECT {told} FROM '{table_path(source.dataset, marker, table)}' t, {lines}) "
                f"TO '{table_path(dataset, copy, table)}' (FORMAT parquet, COMPRESSION zstd)"
            )
        (tables / f"{stem_of(copy)}.json").write_text(json.dumps({"form": FORM}))
    state = state_of(dataset, markers)
    _linked(source, connection, folder, state, name_of)
    _with_own_ids(connection, dataset, markers, folder / FOLDER / f"linked.{state}.document.parquet")
    says = {"form": FORM, "made_by": MADE_BY, "state": state, "shards": list(map(stem_of, markers)),
            "documents": own * COPIES * shards, "actors": source.actors}  # fmt: skip
    (tables / "linked.json").write_text(json.dumps(says))
    return own * COPIES * shards


def _day(k: int) -> str:
    """The day of all documents of a copy."""
    return str(_FIRST + timedelta(days=k % _DAYS))


def _with_records(connection: Any, real: Path, dataset: Dataset, marker: Marker, number: int) -> Marker:
    """A shard that has records of its own: those of the real one, each many times, as others of another day."""
    path, shard = dataset.folder / marker.records.name, hashlib.sha256()
    path.unlink()
    size = lines = 0
    with path.open("wb") as file:
        for member in members_of(real):
            plain = json.dumps(member.value)
            ids = sorted(set(_ID.findall(plain)))
            for k in range(number * COPIES, (number + 1) * COPIES):
                told = json.loads(_with_other_ids(connection, plain, ids, k))
                kept = told["document"]
                kept["selector"] = f"copy {k}"
                told["id"] = document_id(kept["sha256"], kept["format"], kept["selector"])
                told["run"] = marker.run
                told["sighting"]["path"] += f" {k}"
                known = replace(codec.metadata_in(told["sighting"]["told"]), published=_day(k))
                told["sighting"]["told"] = codec.metadata_out(known)
                data = squeezed(told)
                shard.update(data)
                size, lines = size + len(data), lines + 1
                file.write(data)
    digest = shard.hexdigest()
    records = DataFile(f"{marker.name}.{digest[:12]}.records.jsonl.gz", size, digest, lines)
    path.rename(dataset.folder / records.name)
    return replace(marker, records=records)


def _with_other_ids(connection: Any, plain: str, ids: Sequence[str], k: int) -> str:
    """A record as JSON with the ids that copy `k` has of it in the tables."""
    query = (
        f"SELECT i, printf('%016x', {_HASHED.format('i.v')}) FROM (SELECT unnest(?::VARCHAR[]) AS i) j, "
        "LATERAL (SELECT ('0x' || j.i)::UBIGINT AS v) i, (SELECT ? AS k) r"
    )
    other = dict(connection.execute(query, [ids, k]).fetchall())
    return _ID.sub(lambda found: str(other[found[0]]), plain)


def _with_own_ids(connection: Any, dataset: Dataset, markers: Sequence[Marker], path: Path) -> None:
    """Have the documents of shards with records of their own in the table of documents as those have them."""
    own = [one for one in markers if one.records.lines > markers[0].records.lines]
    rows = files(table_path(dataset, one, "documents") for one in own)
    if not own:
        return
    told = ", ".join(f"coalesce(o.{one}, t.{one}) AS {one}" for one in ("id", "position", "size"))
    both = f"'{path}' t LEFT JOIN (SELECT shard, line, id, position, size FROM {rows}) o USING (shard, line)"
    connection.execute(
        f"COPY (SELECT {', '.join(LINKED['document'])} FROM (SELECT t.* REPLACE ({told}) FROM {both})) "
        f"TO '{path}.new' (FORMAT parquet, COMPRESSION zstd)"
    )
    Path(f"{path}.new").replace(path)


def _rest(file: DataFile) -> tuple[int, str, int]:
    return file.size, file.sha256, file.lines


def _column(name: str, type_: str, shard: str) -> str:
    """A column of a copy: its ids are others than those of the real one, and of each other copy."""
    if name == "shard":
        return f"{shard_key(shard)}::BIGINT AS shard"
    if name == "line":
        return f"(t.line * {COPIES} + r.k % {COPIES})::INTEGER AS line"
    if type_ == "UBIGINT":
        return f"CASE WHEN t.{name} IS NOT NULL THEN {_HASHED.format(f't.{name}')} END AS {name}"
    if type_ == "UBIGINT[]":
        return f"list_transform(t.{name}, lambda x: {_HASHED.format('x')}) AS {name}"
    if name == "id":
        return f"printf('%016x', {_HASHED.format('t.id')}) AS id"
    return f"t.{name}"


def _linked(source: Linked, connection: Any, folder: Path, state: str, name_of: list[str]) -> None:
    """What `purport link` would write: each document on a day of its own, over ten years."""
    every = len(name_of) * COPIES
    connection.execute("CREATE TABLE shard_of (number BIGINT, shard BIGINT)")
    connection.executemany(
        "INSERT INTO shard_of VALUES (?, ?)", [(at, shard_key(one)) for at, one in enumerate(name_of)]
    )
    day = f"strftime(DATE '{_FIRST}' + (r.k % {_DAYS})::INTEGER, '%Y-%m-%d')"
    told = {
        "shard": "o.shard AS shard", "published": f"{day} AS published",
        **{name: f"(t.{name} * {every})::BIGINT AS {name}" for name in
           ("mentions", "documents", "statements", "hostile", "laudatory")},
    }  # fmt: skip
    for table, columns in LINKED.items():
        chosen = ", ".join(
            told[name] if name in told else _column(name, type_, "0" * 32) for name, type_ in columns.items()
        )
        rows = f"'{source.path(table)}' t"
        if table in ("document", "actor_entity", "copy"):
            rows += f", range({every}) r(k) JOIN shard_of o ON o.number = r.k // {COPIES}"
        elif table == "reprint":
            chosen = ", ".join(columns)  # the articles are no copies of each other
        elif table == "actor":
            chosen = chosen.replace("printf('%016x', ((hash(t.id, r.k) >> 1)::UBIGINT))", "t.id")
        path = folder / FOLDER / f"linked.{state}.{table}.parquet"
        connection.execute(f"COPY (SELECT {chosen} FROM {rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def real_records(named: Path | None, place: Path) -> Path:
    """The dataset of real records that is named, or one of the articles, of one shard, made in `place`; with tables."""
    real = named or place / "real"
    if named is None:
        _, texts = articles.found(None, examples=False)
        articles.write(texts, place / "texts")
        make_dataset(real, current_run(lexicon_with(None)), 2**40)
        read_dataset(real, [place / "texts"])
    link(real)
    return real


def timed(arguments: tuple[str, ...]) -> tuple[float, float, float]:
    """Seconds of the clock, of processor time, and GB of memory at most, that a command takes."""
    command = [sys.executable, "-m", "purport.cli", *arguments]
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=articles.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read() if process.stderr is not None else b""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"bench: {' '.join(arguments)} failed: {error.decode()[-500:]}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20


def main() -> int:
    """Exit status 0; 1 where the questions take longer than 5 s at the median, or one more than 2 GB."""
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument(
        "--dataset", type=Path, metavar="DIR", help="real records, of one shard; else the articles are read"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the tables are made, and stay")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        real, folder = real_records(told.dataset, Path(place)), told.keep or Path(place) / "made"
        if not (folder / "dataset.json").exists():
            start = time.monotonic()
            made(real, folder, told.documents)
            print(f"tables made in {time.monotonic() - start:.0f} s")
        size = sum(path.stat().st_size for path in (folder / FOLDER).iterdir()) / 2**30
        tables = linked(folder, refresh=False)
        print(f"{tables.documents:,} documents in {len(tables.shards):,} shards, tables of {size:.1f} GB")
        names = [row.name for row in DatasetCorpus(real).actors(type="person", limit=12)]
        clock: list[float] = []
        memory: list[float] = []
        for name, question in QUESTIONS.items():
            arguments = tuple(one.format(actor=names[0], other=names[10]) for one in question)
            seconds, spent, held = timed((*arguments, "--dataset", str(folder)))
            clock.append(seconds)
            memory.append(held)
            print(f"{name:28} {seconds:6.1f} s {spent:6.1f} s of processor time {held:5.2f} GB")
        print(f"median {statistics.median(clock):.1f} s, at most {max(memory):.2f} GB")
        store = Path(place) / "month.db"
        question = "gather", str(folder), "--store", str(store), "--since", MONTH, "--until", MONTH
        seconds, spent, held = timed(question)
        with purport.open(store) as corpus:
            print(
                f"a month, {corpus.info().documents:,} documents, is gathered in {seconds:.0f} s, {spent:.0f} s of "
                f"processor time, {held:.2f} GB"
            )
        return int(statistics.median(clock) > 5 or max(memory) > 2)


if __name__ == "__main__":
    raise SystemExit(main())
