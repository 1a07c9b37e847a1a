"""Many files -> a store: jobs for worker processes, one writer, and what came of it."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from purport.corpus.kept import keep
from purport.corpus.limits import WorkerLimits
from purport.errors import PurportError, ReadError, StoreError, UsageError
from purport.model.document import Document, Metadata
from purport.model.lexicon import Lexicon
from purport.model.record import Record
from purport.read.containers.entries import printable
from purport.read.fields import UNDATED
from purport.read.files import read_bytes, read_file
from purport.read.files import reread as read_again
from purport.read.formats import many_documents
from purport.read.options import Failure, Options
from purport.read.tables.metadata import assigned
from purport.read.walk import walk
from purport.runtime.pool import Alive, Crash, Done, Pool
from purport.store import Added, Problem, Sighting, Store


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, or every `share[1]`-th document of it from number `share[0]` on.

    `listed` says that a metadata table has a row for it, or that there is no such table. `data` are the bytes of what
    is in no file, and `path` is then only its name.
    """

    path: str
    size: int
    told: Metadata
    options: Options
    share: tuple[int, int] = (0, 1)
    listed: bool = True
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A document that the store has already."""

    id: str
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was read and, if it is English, analysed."""

    record: Record
    sighting: Sighting


Item = Seen | Found | Problem


def documents_of(job: Job) -> Iterator[Document | Failure]:
    """What the job's file holds, of the file's own knowledge alone. Raises `ReadError`."""
    path, data, options = Path(job.path), job.data, job.options
    several = read_file(path, options) if data is None else read_bytes(data, job.path, options)
    for number, found in enumerate(several):
        if number % job.share[1] == job.share[0]:
            yield found


def work(job: Job, store: Path | None = None, lexicon: Lexicon | None = None) -> Iterator[Item | Alive]:
    """What comes of one job; documents that the `store` has analysed are not analysed again, and those that were left
    out as foreign only if they are now said to be English; all are where there is no store. Errors come as problems.
    Names are looked up in the `lexicon`, by default in the one that ships.
    """
    # Only ever run in a worker. urllib3, which trafilatura imports for downloads that are never asked for, would open
    # a socket to see whether there is IPv6, and nothing here may open one.
    socket.has_ipv6 = False
    from purport.pipeline import steps

    try:
        for found in documents_of(job):
            if isinstance(found, Failure):
                yield Problem(shown(job.path), found.part, found.reason)
                continue
            sighting = Sighting(shown(job.path), found.part, job.told)
            if store is not None and _reader(store).analysed(found.id):
                yield Seen(found.id, sighting)
                continue
            for step in steps(found, job.told.language, lexicon):
                yield Alive() if step is None else Found(step, sighting)
    except PurportError as error:
        if job.share[0] == 0:
            yield Problem(shown(job.path), "", str(error).removeprefix(f"{printable(Path(job.path).name)}: "))


@cache
def _reader(path: Path) -> Store:
    return Store(path)


def shown(path: str) -> str:
    """A path as text that any program takes: bytes of a name that are no UTF-8 stand as "\\xe9"."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(slots=True)
class Summary:
    """What a reading did: counts of documents, words, attributions and propositions.

    `failed` is in the order of their paths; `again` counts documents that were analysed anew with another result;
    `stopped` says that it was told to stop; `passed_over` counts, by reason, the rows of a table of actors that were.
    `ignored` counts, by kind (".jpg"), the files that folders hold and that were not read, those that are hidden left
    out. `undated` are the dates that were not understood, each with its file. Of the metadata table called `table`,
    `unused` are the rows that fit no file, `extra_columns` the columns that are kept as fields of its own, and
    `unlisted` the files of documents for which it has no row, a file once for each of its documents.
    """

    new: int = 0
    seen: int = 0
    filled: int = 0
    foreign: int = 0
    words: int = 0
    attributions: int = 0
    propositions: int = 0
    again: int = 0
    failed: list[Problem] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    stopped: bool = False
    passed_over: tuple[tuple[str, int], ...] = ()
    ignored: tuple[tuple[str, int], ...] = ()
    undated: list[tuple[str, str]] = field(default_factory=list)
    table: str = ""
    extra_columns: tuple[str, ...] = ()
    unlisted: list[str] = field(default_factory=list)

    def add(self, other: Summary) -> None:
        """Count what another reading did, of other files."""
        for name in ("new", "seen", "filled", "foreign", "words", "attributions", "propositions", "again"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed += (problem for problem in other.failed if problem not in self.failed[-32:])
        self.undated += other.undated
        self.unlisted += other.unlisted

    def in_order(self) -> None:
        """Sort what came in the order in which workers were done."""
        self.failed.sort(key=lambda problem: (problem.path, problem.part))
        self.unlisted.sort()
        self.undated.sort(key=lambda date: date[1])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: files (none twice) and bytes done and in all, documents and words so far."""

    files: int
    of_files: int
    size: int
    of_size: int
    documents: int
    words: int


def jobs(
    paths: Sequence[Path],
    told: Metadata = Metadata(),
    options: Options = Options(),
    table: Mapping[str, Metadata] | None = None,
    folder: Path | None = None,
    shares: int = 1,
    own: Collection[Path] = (),
    data: Mapping[str, bytes] | None = None,
) -> tuple[list[Job], Summary]:
    """The jobs for the files in `paths` and the bytes of `data`, by name; and what can be said before they are done:
    the rows of the metadata `table` (lying in `folder`) that fit none, and what was passed over.

    What the table says of a file goes over `told`, which goes over what the file says. A walk leaves out `own`, files
    of purport itself. Raises `ReadError` for a path that is not there.
    """
    found: list[Job] = []
    passed_over = Counter[str]()
    left_out = {os.path.realpath(f"{path}{end}") for path in own for end in ("", "-wal", "-shm", "-journal")}
    files = list(walk(paths, passed_over, left_out))
    at_hand = {Path(name): content for name, content in (data or {}).items()}
    rows = assigned(table, [*files, *at_hand], (folder or Path(), *paths)) if table is not None else {}
    for path in (*files, *at_hand):
        listed = table is None or path in rows
        metadata = rows[path][1].over(told) if path in rows else told
        content = at_hand.get(path)
        size = path.stat().st_size if content is None else len(content)
        several = shares if content is None and many_documents(path.name) else 1
        for number in range(several):
            found.append(Job(str(path), size // several, metadata, options, (number, several), listed, content))
    used = {key for key, _ in rows.values()}
    unused = tuple(name for name in (table or {}) if name not in used)
    ignored = tuple(sorted(passed_over.items(), key=lambda kind: (-kind[1], kind[0])))
    return found, Summary(unused=unused, ignored=ignored)


def worker_count(asked: int | None = None) -> int:
    """How many processes to use: as many as asked, else one for each core this process may run on."""
    if asked is not None:
        if asked < 1:
            raise UsageError(f"there must be 1 process or more, not {asked}", "workers")
        return asked
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_into(
    path: Path,
    todo: Sequence[Job],
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    again: bool = False,
    limits: WorkerLimits = WorkerLimits(),
    stop: Callable[[], bool] = lambda: False,
    lexicon: Lexicon | None = None,
    begun: Summary | None = None,
) -> Summary:
    """Read all jobs into the store at `path`, which is made where there is none; what comes of it is put in `begun`.

    `workers` processes (as many as there are cores, by default) read and analyse; this one writes, a document a
    transaction, so that it can be stopped at any instant and begun again. With `again` documents that are there are
    analysed anew. Once `stop` says so, the documents in hand are finished and no more are begun. Raises `StoreError`
    where the store cannot be written. Names are looked up in the `lexicon`, by default in the one that ships.
    """
    import purport.pipeline  # noqa: F401 - here and not in each worker; who only asks a store need not load it

    folder = path.absolute().parent
    if folder.is_dir() and not os.access(folder, os.W_OK):
        raise StoreError(f"{path}: the folder {folder} is read-only; name another place for the store", "store")
    count = max(1, min(worker_count(workers), len(todo)))
    with Store(path, write=True):
        pass  # so that workers find a store that is whole and of this version
    pool: Pool[Job, Item] = Pool(
        count, partial(work, store=None if again else path, lexicon=lexicon), limits.seconds, limits.memory
    )
    try:
        with Store(path, write=True) as store:
            summary = begun or Summary()
            collect(store, pool.run(todo, stop), todo, progress, summary, again=again)
            summary.stopped = stop()
    finally:
        pool.close()
    # Workers had it open and are gone: who lets go of it last folds what was written beside it into the file.
    with Store(path, write=True) as store:
        if not summary.stopped:
            keep(store)
    return summary


def collect(
    store: Store,
    results: Iterable[tuple[Job, Item | Done | Crash]],
    todo: Sequence[Job],
    progress: Callable[[Progress], None] | None,
    summary: Summary,
    *,
    again: bool,
) -> None:
    """Write what comes of the jobs into the store, as it comes, and count it in `summary`."""
    size = documents = 0
    left = Counter(job.path for job in todo)
    of_files = len(left)
    of_size = sum(job.size for job in todo)
    for job, item in results:
        if isinstance(item, Done | Crash):
            size += job.size
            left[job.path] -= 1
            if not left[job.path]:
                del left[job.path]
        if isinstance(item, Done):
            pass
        elif isinstance(item, Crash):
            _fail(store, summary, Problem(shown(job.path), "", item.reason))
        elif isinstance(item, Problem):
            _fail(store, summary, item)
        else:
            documents += 1
            _keep(store, summary, item, again=again)
            known = item.record.document.metadata if isinstance(item, Found) else item.sighting.told
            if not job.listed and not known.outlet:
                summary.unlisted.append(item.sighting.path)
        if progress is not None:
            progress(Progress(of_files - len(left), of_files, size, of_size, documents, summary.words))
    summary.in_order()


def _fail(store: Store, summary: Summary, problem: Problem) -> None:
    store.fail(problem)
    if problem not in summary.failed[-32:]:  # workers that share a file each meet what is wrong with all of it
        summary.failed.append(problem)


def _keep(store: Store, summary: Summary, item: Found | Seen, *, again: bool) -> None:
    if isinstance(item, Seen):
        added = store.see(item.id, item.sighting)
    else:
        added = (store.replace if again else store.add)(item.record, item.sighting)
        if item.sighting.told.published is None:
            notes = map(UNDATED.match, item.record.document.notes)
            summary.undated += [(found["date"], item.sighting.path) for found in notes if found]
    if added is Added.NEW and isinstance(item, Found):
        summary.new += 1
        summary.foreign += not item.record.analysed
        summary.words += len(item.record.document.text.split())
        summary.attributions += len(item.record.attributions)
        summary.propositions += len(item.record.propositions)
    elif added is Added.FILLED:
        summary.filled += 1
    elif added is Added.AGAIN:
        summary.again += 1
    else:
        summary.seen += 1


def reread(document: Document) -> Document:
    """The document read again from its kept bytes; what the user told is not in it."""
    again = read_again(document.source, document.format, document.selector, document.part)
    return replace(again, metadata=document.metadata)


def process_texts(texts: Sequence[str], workers: int | None = None) -> list[Record]:
    """The records of texts that are at hand, in their order. Raises `ReadError` where one cannot be analysed."""
    import purport.pipeline  # noqa: F401 - as above

    pool: Pool[tuple[int, str], Record] = Pool(max(1, min(worker_count(workers), len(texts))), _process_text)
    records: dict[int, Record] = {}
    try:
        for (number, _), result in pool.run(enumerate(texts)):
            if isinstance(result, Crash):
                raise ReadError(f"text {number + 1}: {result.reason}")
            if not isinstance(result, Done):
                records[number] = result
    finally:
        pool.close()
    return [records[number] for number in range(len(texts))]


def _process_text(task: tuple[int, str]) -> Iterator[Record]:
    from purport.pipeline import process

    for found in read_bytes(task[1].encode(), "text.txt", Options(encoding="utf-8")):
        if isinstance(found, Document):
            yield process(found, "en")
