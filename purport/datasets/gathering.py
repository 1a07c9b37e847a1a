"""A dataset -> a store, by the same code that reading into a store writes with; again, only the shards that are new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from purport.corpus import reading
from purport.corpus.asked import Period
from purport.corpus.kept import keep
from purport.corpus.reading import Found, Job, Progress, Summary
from purport.datasets.corpus import DatasetCorpus
from purport.datasets.dataset import Dataset, Marker, open_dataset
from purport.datasets.lines import found_in, lines_of, member_at, problem_in
from purport.datasets.places import located
from purport.datasets.questions import Place
from purport.errors import StoreError
from purport.model import codec
from purport.model.document import Metadata
from purport.read.options import Options
from purport.runtime.pool import Done
from purport.store import Problem, Store
from purport.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Gathering:
    """What gathering did: the `summary` of documents; shards that came, that were in the store already, and that were
    left out, with a line for each of those that says what is wrong with it."""

    summary: Summary
    came: int
    there: int
    faults: tuple[str, ...]


def gather(
    folder: str | Path,
    store: str | Path,
    *,
    outlet: str | None = None,
    since: Period | None = None,
    until: Period | None = None,
    about: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Gathering:
    """Write the dataset in `folder` into the store, which is made where there is none; shards that it has are passed
    over, and so are documents.

    With `outlet`, `since`, `until` or `about` only the documents come that were published there and then, and in which
    the actor of that name is named, or, where nobody is called so, these words stand in what somebody says; of what
    could not be read nothing is known then, and none of it comes.

    The export of the store is to the byte what it would be had all been read into it, whatever the order in which
    shards came. A shard that is damaged is left out whole. Once `stop` says so, the document in hand is the last; what
    is left is gathered the next time. Raises `StoreError` where there is no dataset, or the store cannot be written;
    `UsageError` for an outlet or actor that is not there.
    """
    dataset, path = open_dataset(located(folder)), Path(store)
    faults: list[str] = []
    shards = [_Shard(marker) for marker in dataset.in_order(faults)]
    if not (outlet is since is until is about is None):
        with DatasetCorpus(folder) as corpus:
            chosen = corpus.documents_of(outlet=outlet, since=since, until=until, about=about)
        shards = [_Shard(one.marker, tuple(chosen[one.marker.name])) for one in shards if one.marker.name in chosen]
    with Store(path, write=True) as opened:
        known = {str(name): str(digest) for name, digest in opened.query("SELECT name, digest FROM gathered_shard")}
        todo = [one for one in shards if one.marker.digest not in (known.get(one.name), known.get(one.marker.name))]
        source = _Source(dataset, opened, faults, stop)
        jobs = [Job(one.marker.records.name, one.marker.records.size, Metadata(), Options()) for one in todo]
        summary = Summary()
        results = source.results(list(zip(todo, jobs, strict=True)))
        # The one way in which what was read gets into a store.
        reading.collect(opened, results, jobs, progress, summary, again=False)
        summary.stopped = source.stopped
        if not summary.stopped:
            keep(opened)
    return Gathering(summary, source.came, len(shards) - len(todo), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Shard:
    """A shard to be gathered, or only some documents of it."""

    marker: Marker
    only: tuple[Place, ...] | None = None

    @property
    def name(self) -> str:
        """What the store remembers it by."""
        if self.only is None:
            return self.marker.name
        ids = sorted({one.id for one in self.only})
        return f"{self.marker.name} {hashlib.sha256(codec.dumps(ids).encode()).hexdigest()[:32]}"


@dataclass(slots=True)
class _Source:
    """What shards hold, as it came from the workers that read it."""

    dataset: Dataset
    store: Store
    faults: list[str]
    stop: Callable[[], bool]
    came: int = 0
    stopped: bool = False

    def results(self, todo: list[tuple[_Shard, Job]]) -> Iterator[tuple[Job, Found | Problem | Done]]:
        """All that the shards hold, each shard with a last `Done`, after which it counts as gathered."""
        for shard, job in todo:
            try:
                for item in _items(self.dataset, shard):
                    if self.stop():
                        self.stopped = True
                        return
                    yield job, item
            except StoreError as error:
                self.faults.append(str(error))
                yield job, Done()
                continue
            yield job, Done()
            self._remember(shard)  # who asks on has put to use what came before
            self.came += 1

    def _remember(self, shard: _Shard) -> None:
        with Transaction(self.store.path, self.store.connection):
            self.store.connection.execute(
                "INSERT OR REPLACE INTO gathered_shard VALUES (?, ?)", (shard.name, shard.marker.digest)
            )


def _items(dataset: Dataset, shard: _Shard) -> Iterator[Found | Problem]:
    """What a shard holds. Raises `StoreError`, before anything is given, where a file is not as it was written."""
    marker, only = shard.marker, shard.only
    for fault in filter(None, map(dataset.fault, marker.files)):
        raise StoreError(fault)
    path = dataset.folder / marker.records.name
    for told in lines_of(path) if only is None else (member_at(path, one.position, one.size) for one in only):
        yield found_in(told, dataset.run)
    if marker.problems is not None and only is None:
        yield from map(problem_in, lines_of(dataset.folder / marker.problems.name))
