"""Document -> record, which is pure; and `read_into`, which puts what many files hold into a store."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from purport import analyse, read
from purport.errors import PurportError, ReadError, UsageError
from purport.extract.attribution.find import attributions
from purport.extract.claims.propositions import propositions
from purport.extract.stance.find import stances
from purport.lexicons import Lexicon
from purport.model.document import Document, Metadata
from purport.model.record import Attribution, Mention, Proposition, Record, Run, Stance
from purport.resolve.document.entities import Whole, resolve
from purport.runtime.packed import packed
from purport.runtime.pool import Alive, Crash, Done, Pool
from purport.store import Added, Problem, Sighting, Store
from purport.syntax.timex import dated_record
from purport.version import __version__


def current_run(lexicon: Lexicon | None = None) -> Run:
    """The run that this build makes records under, marked with the user's table of actors where the `lexicon` has one.
    Nothing of the machine or the clock is in it."""
    own = lexicon.digest if lexicon is not None else ""
    return Run(__version__, _parts(), (("actors", own),) if own else ())


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    return analyse.parts()


def process(document: Document, language: str | None = None, lexicon: Lexicon | None = None) -> Record:
    """The record of a document, a function of it and of the `lexicon` of actors, by default the one that ships.

    A text that is surely not English is kept and not analysed; `language`, where the user gave it, decides instead.
    """
    for step in steps(document, language, lexicon):
        if step is not None:
            return step
    raise AssertionError("the last step is the record")


def steps(document: Document, language: str | None = None, lexicon: Lexicon | None = None) -> Iterator[Record | None]:
    """The same step by step: None after each section of a long document, and the record last."""
    run = current_run(lexicon)
    foreign = language if language is not None else read.surely_not_english(document.text)
    if foreign is not None and foreign != "en":
        note = f"not analysed: the text is in another language than English ({foreign})"
        if language is None:
            note += "; --language en analyses it all the same"
        yield Record(document, run, analysed=False, notes=(note,))
        return
    found: list[Attribution] = []
    claimed: list[Sequence[Proposition]] = []
    named: list[Sequence[Mention]] = []
    stood: list[Sequence[Stance]] = []
    whole = Whole()
    for section in analyse.sections(document, lexicon):
        own = attributions(section)
        claims = list(propositions(section, own))
        here = resolve(section, own)
        stands = stances(section, own, claims, here.mentions, here.entities, here.holders)
        claimed.append(packed(claims))
        resolved = whole.take(here)
        named.append(packed(resolved.mentions))
        now = {old.entity: new.entity for old, new in zip(here.mentions, resolved.mentions, strict=True)}
        stood.append(
            packed(
                replace(one, holder=now[one.holder] if one.holder else None, target=now[one.target]) for one in stands
            )
        )
        found.extend(replace(one, holder=resolved.holders.get(one.id)) for one in own)
        yield None
    yield dated_record(
        Record(
            document,
            run,
            tuple(found),
            packed(one for part in claimed for one in part),
            packed(one for part in named for one in part),
            whole.entities(),
            packed(one for part in stood for one in part),
        )
    )


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, or every `share[1]`-th document of it from number `share[0]` on."""

    path: str
    size: int
    told: Metadata
    options: read.Options
    share: tuple[int, int] = (0, 1)


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


def documents_of(job: Job) -> Iterator[Document | read.Failure]:
    """What the job's file holds, of the file's own knowledge alone. Raises `ReadError`."""
    for number, found in enumerate(read.read_file(Path(job.path), job.options)):
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
    try:
        for found in documents_of(job):
            if isinstance(found, read.Failure):
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
            yield Problem(shown(job.path), "", str(error).removeprefix(f"{read.printable(Path(job.path).name)}: "))


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
    `stopped` says that it was told to stop.
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: files and bytes done and in all, documents and words so far."""

    files: int
    of_files: int
    size: int
    of_size: int
    documents: int
    words: int


def jobs(
    paths: Sequence[Path],
    told: Metadata = Metadata(),
    options: read.Options = read.Options(),
    table: Mapping[str, Metadata] | None = None,
    folder: Path | None = None,
    shares: int = 1,
) -> tuple[list[Job], tuple[str, ...]]:
    """The jobs for the files in `paths`, and the rows of the metadata `table` (lying in `folder`) that fit none.

    What the table says of a file goes over `told`, which goes over what the file says. Raises `ReadError` for a path
    that is not there.
    """
    found: list[Job] = []
    used: set[str] = set()
    for path in read.walk(paths):
        metadata = told
        if table is not None:
            row = read.lookup(table, path, (folder or Path(), *paths))
            if row is not None:
                used.add(row[0])
                metadata = row[1].over(told)
        size = path.stat().st_size
        several = shares if read.many_documents(path.name) else 1
        for number in range(several):
            found.append(Job(str(path), size // several, metadata, options, (number, several)))
    unused = tuple(name for name in (table or {}) if name not in used)
    return found, unused


_UNITS = {"": 1, "KB": 2**10, "MB": 2**20, "GB": 2**30}


@dataclass(frozen=True, slots=True)
class Care:
    """How far one document may go before it is given up, so that it cannot take the others with it.

    `seconds` are those in which nothing came of it (a long text that goes on may take longer), `memory` the bytes of
    address space that one worker may use.
    """

    seconds: float = 300.0
    memory: int = 4 * 2**30

    @classmethod
    def told(cls, limits: Mapping[str, str]) -> Care:
        """From "seconds" and "memory" ("600", "2GB"). Raises `UsageError` for what is no number, or too little."""
        care = cls()
        if "seconds" in limits:
            care = replace(care, seconds=_number(limits["seconds"], "seconds", 1))
        if "memory" in limits:
            care = replace(care, memory=int(_number(limits["memory"], "memory", 2**30)))
        return care


def _number(told: str, name: str, least: float) -> float:
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([KMG]B)?", told.strip(), re.IGNORECASE)
    value = float(match[1]) * _UNITS[(match[2] or "").upper()] if match else 0.0
    if value < least:
        raise UsageError(f"--limit {name}={told} is no number of {least:g} or more; write 600 or 2GB")
    return value


def worker_count(asked: int | None = None) -> int:
    """How many processes to use: as many as asked, else one for each core this process may run on."""
    if asked is not None:
        if asked < 1:
            raise UsageError(f"--workers must be 1 or more, not {asked}")
        return asked
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_into(
    path: Path,
    todo: Sequence[Job],
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    again: bool = False,
    care: Care = Care(),
    stop: Callable[[], bool] = lambda: False,
    lexicon: Lexicon | None = None,
) -> Summary:
    """Read all jobs into the store at `path`, which is made where there is none.

    `workers` processes (as many as there are cores, by default) read and analyse; this one writes, a document a
    transaction, so that it can be stopped at any instant and begun again. With `again` documents that are there are
    analysed anew. Once `stop` says so, the documents in hand are finished and no more are begun. Raises `StoreError`
    where the store cannot be written. Names are looked up in the `lexicon`, by default in the one that ships.
    """
    count = max(1, min(worker_count(workers), len(todo)))
    with Store(path, write=True):
        pass  # so that workers find a store that is whole and of this version
    pool: Pool[Job, Item] = Pool(
        count, partial(work, store=None if again else path, lexicon=lexicon), care.seconds, care.memory
    )
    try:
        with Store(path, write=True) as store:
            summary = _collect(store, pool.run(todo, stop), todo, progress, again=again)
            summary.stopped = stop()
    finally:
        pool.close()
    with Store(path):
        pass  # workers had it open and are gone: who lets go of it last folds what was written beside it into the file
    return summary


def _collect(
    store: Store,
    results: Iterable[tuple[Job, Item | Done | Crash]],
    todo: Sequence[Job],
    progress: Callable[[Progress], None] | None,
    *,
    again: bool,
) -> Summary:
    summary = Summary()
    files = size = documents = 0
    of_size = sum(job.size for job in todo)
    for job, item in results:
        if isinstance(item, Done):
            files, size = files + 1, size + job.size
        elif isinstance(item, Crash):
            files, size = files + 1, size + job.size
            _fail(store, summary, Problem(shown(job.path), "", item.reason))
        elif isinstance(item, Problem):
            _fail(store, summary, item)
        else:
            documents += 1
            _keep(store, summary, item, again=again)
        if progress is not None:
            progress(Progress(files, len(todo), size, of_size, documents, summary.words))
    summary.failed.sort(key=lambda p: (p.path, p.part))
    return summary


def _fail(store: Store, summary: Summary, problem: Problem) -> None:
    store.fail(problem)
    if problem not in summary.failed[-32:]:  # workers that share a file each meet what is wrong with all of it
        summary.failed.append(problem)


def _keep(store: Store, summary: Summary, item: Found | Seen, *, again: bool) -> None:
    if isinstance(item, Seen):
        added = store.see(item.id, item.sighting)
    else:
        added = (store.replace if again else store.add)(item.record, item.sighting)
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
    again = read.reread(document.source, document.format, document.selector, document.part)
    return replace(again, metadata=document.metadata)


def process_texts(texts: Sequence[str], workers: int | None = None) -> list[Record]:
    """The records of texts that are at hand, in their order. Raises `ReadError` where one cannot be analysed."""
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
    for found in read.read_bytes(task[1].encode(), "text.txt", read.Options(encoding="utf-8")):
        if isinstance(found, Document):
            yield process(found, "en")
