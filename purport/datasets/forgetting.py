"""Documents taken out of a dataset, with all that was found in them: their shards are written anew without them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from purport.datasets.dataset import Counts, DataFile, Dataset, Marker, marker_out, open_dataset
from purport.datasets.files import PartFile, explained, write_whole
from purport.datasets.lines import NOTHING, found_in, members_of
from purport.datasets.places import located
from purport.datasets.tables import FOLDER, PAGES, stem_of
from purport.datasets.writing import counts_of, total
from purport.errors import StoreError, UsageError


def forget(folder: Path, documents: Sequence[str], without: Collection[str] = ()) -> None:
    """Remove documents, by their ids, with all that was derived from them, from every shard that holds them; tables
    are made anew when they are next asked for. `without` are the names of shards that are known to hold none of them.

    A shard that is read again, since it was damaged or a file of it has changed, holds them again. Raises `UsageError`
    for one that is not there, and then removes none; `StoreError` where a shard is damaged or cannot be written.
    """
    dataset, wanted = open_dataset(located(folder)), set(documents)
    found: list[tuple[Marker, set[str]]] = []
    for path in dataset.marker_paths():
        marker = dataset.marker(path)
        if marker.name not in without:
            for fault in filter(None, map(dataset.fault, marker.files)):
                raise StoreError(fault)
            lines = members_of(dataset.folder / marker.records.name)
            own = wanted & {str(member.value.get("id")) for member in lines}
            if own:
                found.append((marker, own))
    missing = sorted(wanted - {id_ for _, own in found for id_ in own})
    if missing:
        raise UsageError(f"{folder}: no document {missing[0]} is in this dataset")
    for marker, own in found:
        _without(dataset, marker, own)


def _without(dataset: Dataset, marker: Marker, gone: Collection[str]) -> None:
    """Write a shard anew without some documents: what is left of it is on the disk before its marker says so, and what
    was there goes after that."""
    path = dataset.folder / marker.records.name
    counts, lines, ids = Counts(), 0, set[str]()
    with PartFile(dataset.folder, f"{marker.name}.records") as part, explained(path), path.open("rb") as data:
        for member in members_of(path):
            if member.value["id"] in gone:
                continue
            record = found_in(member.value, dataset.run).record
            data.seek(member.offset)
            part.write(data.read(member.length))
            lines += 1
            if record.document.id not in ids:
                ids.add(record.document.id)
                counts = total(counts, counts_of(record))
        if not lines:
            part.write(NOTHING)
        name = f"{marker.name}.{part.sha256[:12]}.records.jsonl.gz"
        size, sha256 = part.size, part.sha256
        part.finish(dataset.folder / name)
    after = replace(marker, counts=counts, records=DataFile(name, size, sha256, lines))
    write_whole(dataset.marker_path(marker.name), marker_out(after))
    with explained(path):
        if name != marker.records.name:
            path.unlink(missing_ok=True)
    _drop_tables(dataset, marker)


def _drop_tables(dataset: Dataset, marker: Marker) -> None:
    """Remove the tables of a shard, and those that were made of all shards together."""
    tables = dataset.folder / FOLDER
    if tables.is_dir():
        for path in sorted(tables.iterdir()):
            if path.name.startswith((f"{stem_of(marker)}.", "linked.", PAGES)):
                with explained(path):
                    path.unlink(missing_ok=True)
