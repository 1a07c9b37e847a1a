"""A dataset -> a store, by the same code that reading into a store writes with; again, only the shards that are new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from purport.corpus import reading
from purport.corpus.kept import keep
from purport.corpus.reading import Found, Job, Progress, Summary
from purport.datasets.dataset import Dataset, Marker, open_dataset
from purport.datasets.files import explained
from purport.datasets.lines import found_in, lines_of, problem_in
from purport.errors import StoreError
from purport.model.document import Metadata
from purport.read import Options
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
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Gathering:
    """Write the dataset in `folder` into the store, which is made where there is none; shards that it has are passed
    over, and so are documents.

    The export of the store is to the byte what it would be had all been read into it, whatever the order in which
    shards came. A shard that is damaged is left out whole. Once `stop` says so, the document in hand is the last; what
    is left is gathered the next time. Raises `StoreError` where there is no dataset, or the store cannot be written.
    """
    dataset, path = open_dataset(Path(folder)), Path(store)
    faults: list[str] = []
    markers = list(_markers(dataset, faults))
    with Store(path, write=True) as opened:
        known = {str(name): str(digest) for name, digest in opened.query("SELECT name, digest FROM gathered_shard")}
        todo = [marker for marker in markers if known.get(marker.name) != marker.digest]
        source = _Source(dataset, opened, faults, stop)
        jobs = {marker.name: Job(marker.records.name, marker.records.size, Metadata(), Options()) for marker in todo}
        summary = Summary()
        results = source.results([(marker, jobs[marker.name]) for marker in todo])
        # The one way in which what was read gets into a store.
        reading.collect(opened, results, list(jobs.values()), progress, summary, again=False)
        summary.stopped = source.stopped
        if not summary.stopped:
            keep(opened)
    return Gathering(summary, source.came, len(markers) - len(todo), tuple(faults))


def _markers(dataset: Dataset, faults: list[str]) -> Iterator[Marker]:
    """The markers in the order in which they were finished: where two shards hold the same file before and after it
    changed, the later one has the last word, as in a store."""
    found: list[tuple[int, str, Path]] = []
    for path in dataset.marker_paths():
        with explained(path):
            found.append((path.stat().st_mtime_ns, path.name, path))
    for _, _, path in sorted(found):
        try:
            yield dataset.marker(path)
        except StoreError as error:
            faults.append(str(error))


@dataclass(slots=True)
class _Source:
    """What shards hold, as it came from the workers that read it."""

    dataset: Dataset
    store: Store
    faults: list[str]
    stop: Callable[[], bool]
    came: int = 0
    stopped: bool = False

    def results(self, todo: list[tuple[Marker, Job]]) -> Iterator[tuple[Job, Found | Problem | Done]]:
        """All that the shards hold, each shard with a last `Done`, after which it counts as gathered."""
        for marker, job in todo:
            try:
                for item in _items(self.dataset, marker):
                    if self.stop():
                        self.stopped = True
                        return
                    yield job, item
            except StoreError as error:
                self.faults.append(str(error))
                yield job, Done()
                continue
            yield job, Done()
            self._remember(marker)  # who asks on has put to use what came before
            self.came += 1

    def _remember(self, marker: Marker) -> None:
        with Transaction(self.store.path, self.store.connection):
            self.store.connection.execute(
                "INSERT OR REPLACE INTO gathered_shard VALUES (?, ?)", (marker.name, marker.digest)
            )


def _items(dataset: Dataset, marker: Marker) -> Iterator[Found | Problem]:
    """What a shard holds. Raises `StoreError`, before anything is given, where a file is not as it was written."""
    for fault in filter(None, map(dataset.fault, marker.files)):
        raise StoreError(fault)
    for told in lines_of(dataset.folder / marker.records.name):
        yield found_in(told, dataset.run)
    if marker.problems is not None:
        yield from map(problem_in, lines_of(dataset.folder / marker.problems.name))
