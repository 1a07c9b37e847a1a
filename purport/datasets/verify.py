"""Proving a dataset: that its files are the ones written, and that they hold what their markers say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from purport.corpus.reading import reread
from purport.datasets.dataset import Counts, Dataset, Marker, open_dataset
from purport.datasets.lines import found_in, lines_of, problem_in
from purport.datasets.places import located
from purport.datasets.writing import counts_of, total
from purport.errors import StoreError
from purport.model.record import Record
from purport.store.verify import faults_of_record, faults_read_again


@dataclass(slots=True)
class Proof:
    """What proving a dataset showed: every fault, one line each; shards and documents that were looked through, copies
    in a shard counted once; and files of shards that are not finished, which are no fault."""

    faults: list[str] = field(default_factory=list)
    shards: int = 0
    documents: int = 0
    unfinished: list[str] = field(default_factory=list)


def verify_dataset(folder: str | Path, *, read_again: bool = True) -> Proof:
    """Prove the dataset in `folder`. Checked are each marker, its run and its name; the size and the digest of each
    file; for each document its digest, the ids and places of all that was found, and, with `read_again`, that its kept
    bytes give the same text; and how many documents, words, attributions and propositions there are.

    Raises `StoreError` where there is no dataset at all.
    """
    dataset = open_dataset(located(folder))
    proof = Proof()
    markers: list[Marker] = []
    for path in dataset.marker_paths():
        try:
            markers.append(dataset.marker(path))
        except StoreError as error:
            proof.faults.append(str(error))
    for marker in markers:
        proof.shards += 1
        faults = list(filter(None, map(dataset.fault, marker.files)))
        if not faults:
            proof.documents += marker.counts.documents
            faults += _shard(dataset, marker, read_again=read_again)
        proof.faults += faults
    proof.unfinished = dataset.unmarked(iter(markers))
    return proof


def _shard(dataset: Dataset, marker: Marker, *, read_again: bool) -> Iterator[str]:
    path = dataset.folder / marker.records.name
    counts, lines, ids = Counts(), 0, set[str]()
    try:
        for told in lines_of(path):
            lines += 1
            found = found_in(told, dataset.run)
            yield from (
                f"{path}: document {told['id']}: {fault}" for fault in _document(told, found.record, read_again)
            )
            if found.record.document.id not in ids:
                ids.add(found.record.document.id)
                counts = total(counts, counts_of(found.record))
        yield from _counted(path, "documents", lines, marker.records.lines)
        for name in Counts.__dataclass_fields__:
            yield from _counted(path, name, getattr(counts, name), getattr(marker.counts, name))
        if marker.problems is not None:
            path = dataset.folder / marker.problems.name
            yield from _counted(
                path, "problems", sum(1 for _ in map(problem_in, lines_of(path))), marker.problems.lines
            )
    except StoreError as error:
        told_where = str(error)
        yield told_where if told_where.startswith(str(path)) else f"{path}: {told_where}"


def _counted(path: Path, what: str, there: int, told: int) -> Iterator[str]:
    if there != told:
        yield f"{path}: holds {there:,} {what}, and its marker says {told:,}"


def _document(told: dict[str, Any], record: Record, read_again: bool) -> Iterator[str]:
    # The same checks as those of a store, on what is kept in a line.
    faults = list(faults_of_record(record, told["id"], told["digest"], told["document"]["sha256"]))
    if not faults and read_again:
        faults += faults_read_again(record.document, reread)
    yield from faults
