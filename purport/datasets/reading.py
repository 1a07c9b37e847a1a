"""Many files -> a dataset: jobs for worker processes, a writer for each shard, and what came of it."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from purport.corpus.documents import with_iso_date
from purport.corpus.limits import WorkerLimits
from purport.corpus.reading import Found, Job, Progress, Summary, jobs, shown, work, worker_count
from purport.datasets.cluster import Cluster, Refused, ShardTask
from purport.datasets.dataset import Dataset, Marker, make_dataset, open_dataset
from purport.datasets.files import remove_dead_parts, sha256_of
from purport.datasets.lines import found_out, lines_of, problem_in, squeezed
from purport.datasets.places import far, located
from purport.datasets.plan import (
    Input,
    InputDigest,
    inputs_digest,
    options_out,
    plan,
    shard_name,
)
from purport.datasets.summed import Reading
from purport.datasets.writing import Line, ShardWriter, counts_of
from purport.errors import ReadError, StoreError
from purport.lexicons import lexicon_with
from purport.lexicons.user_table import read_user_table
from purport.model.document import Metadata
from purport.model.lexicon import Lexicon
from purport.read.fields import UNDATED
from purport.read.options import Options
from purport.read.tables.metadata import metadata_table
from purport.runtime.pool import Alive, Crash, Done, Pool
from purport.store import Problem


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and where what comes of it belongs: the shard's place in this share, and the job's in the shard."""

    job: Job
    shard: int
    number: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A shard that is being read: its inputs, and their digest and states before they were."""

    inputs: tuple[Input, ...]
    digest: str
    states: tuple[InputDigest, ...]
    writer: ShardWriter


_KILLS = "every worker that read it vanished; too little memory is the usual cause"


def line_work(task: Task, lexicon: Lexicon | None = None) -> Iterator[Line | Problem | Alive]:
    """What comes of one job, ready to be written; the work of a worker process. Errors come as problems."""
    for item in work(task.job, None, lexicon):
        if isinstance(item, Found):
            yield _line(item)
        elif isinstance(item, Problem | Alive):
            yield item


def _line(found: Found) -> Line:
    record = found.record
    own, told = record.document.metadata, found.sighting.told
    dates = map(UNDATED.match, record.document.notes) if told.published is None else ()
    undated = tuple(date["date"] for date in dates if date)
    return Line(
        squeezed(found_out(found)), record.document.id, counts_of(record), found.sighting.path, own.outlet, undated
    )


def read_dataset(
    folder: str | Path,
    paths: Sequence[str | Path],
    *,
    told: Metadata = Metadata(),
    options: Options = Options(),
    metadata: str | Path | None = None,
    actors: str | Path | None = None,
    workers: int | None = None,
    share: tuple[int, int] = (1, 1),
    limits: WorkerLimits = WorkerLimits(),
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    data: Mapping[str, bytes] | None = None,
    scheduler: str | None = None,
) -> Reading:
    """Read files and folders into the dataset in `folder`, which is made where there is none; shards that are
    complete are passed over.

    Of all shards only those of `share` (k, n) are read: each n-th from the k-th on. Any number of processes, on any
    machines, may do so at the same time, also of the same share. The other arguments are those of `Corpus.add`. A
    complete shard with problems is read again only where `limits` or the limits in `options` were raised since.
    With `scheduler`, the address of one of Dask's, its workers read: see `purport.datasets.cluster`.

    Raises `ReadError` for a path that is not there, `UsageError` for a malformed table or where no scheduler answers,
    `StoreError` where the folder cannot be written or holds something else or shards of another run.
    """
    from purport.pipeline import current_run  # here, since who only gathers need not load it

    folder = located(folder)
    table = metadata_table(Path(metadata)) if metadata is not None else None
    count = worker_count(workers)
    try:
        found, summary = jobs(
            [Path(path) for path in paths],
            with_iso_date(told),
            options,
            table.rows if table is not None else None,
            Path(metadata).parent if metadata is not None else None,
            own=[Path(one) for one in (metadata, actors) if one is not None],
            data=data,
        )
    except OSError as error:
        raise ReadError(f"{error.filename}: changed while the files were listed; run the same again") from None
    if metadata is not None and table is not None:
        summary.table, summary.undated, summary.extra_columns = Path(metadata).name, list(table.undated), table.extra
    own = read_user_table(Path(actors)) if actors is not None else None
    lexicon = lexicon_with(own)
    summary.passed_over = own.passed_over if own is not None else ()
    # It is joined before anything is made: an address that is wrong leaves nothing behind.
    with closing(Cluster(scheduler)) if scheduler is not None else nullcontext() as cluster:
        dataset = make_dataset(folder, current_run(lexicon))
        remove_dead_parts(folder)
        # Other than pathlib's resolve, realpath does not raise where links go in a circle.
        inside = None if far(folder) else Path(os.path.realpath(folder))
        todo = [
            job
            for job in found
            if job.data is not None or inside is None or not Path(os.path.realpath(job.path)).is_relative_to(inside)
        ]
        shards = plan(todo, [Path(path) for path in paths], dataset.shard_size)
        mine = shards[share[0] - 1 :: share[1]]
        if cluster is None:
            reader = _Reader(dataset, mine, options, _limits(options, limits), summary, progress)
            reader.run(count, limits, lexicon, stop)
            reading = reader.reading
        else:
            here = os.getcwd()  # noqa: PTH109 - as the paths are told, which count from there
            tasks = [
                ShardTask(here, folder, dataset.run.id, inputs, options, limits, str(actors) if actors else None)
                for inputs in mine
            ]
            reading = _on_cluster(cluster, tasks, summary, progress, stop)
    reading.planned = len(shards)
    return reading


def _limits(options: Options, limits: WorkerLimits) -> dict[str, float]:
    return {**asdict(options.limits), **asdict(limits)}


def read_shard(task: ShardTask) -> Reading:
    """Read one shard, in a worker process of its own. Raises `StoreError` where this build is another than the one
    that gave the task, and as `read_dataset`."""
    from purport.pipeline import current_run

    own = read_user_table(Path(task.actors)) if task.actors is not None else None
    lexicon = lexicon_with(own)
    run = current_run(lexicon)
    if run.id != task.run:
        raise StoreError(
            f"run {run.id} would be made here, and the dataset is of run {task.run}: install the same purport, and put "
            "the same table of actors, on all machines"
        )
    if task.trial:
        return _tried(task, lexicon)
    dataset = open_dataset(located(task.folder))
    reader = _Reader(dataset, [task.inputs], task.options, _limits(task.options, task.limits), Summary(), None)
    reader.aside = frozenset(task.aside)
    reader.run(1, task.limits, lexicon, lambda: False)
    return reader.reading


def _tried(task: ShardTask, lexicon: Lexicon | None) -> Reading:
    """Read the inputs and keep nothing: to see whether whoever does so lives on."""
    pool: Pool[Task, Line | Problem] = Pool(
        1, partial(line_work, lexicon=lexicon), task.limits.seconds, task.limits.memory
    )
    try:
        for _ in pool.run(Task(one.job, 0, number) for number, one in enumerate(task.inputs)):
            pass
    finally:
        pool.close()
    return Reading(Summary())


def _on_cluster(
    cluster: Cluster,
    tasks: Sequence[ShardTask],
    summary: Summary,
    progress: Callable[[Progress], None] | None,
    stop: Callable[[], bool],
) -> Reading:
    """Have the workers of a scheduler read the shards, and put together what came of them."""
    reading = Reading(summary, mine=len(tasks))
    left = Counter(one.job.path for task in tasks for one in task.inputs)
    of_files, of_size = len(left), sum(one.job.size for task in tasks for one in task.inputs)
    size, refused = 0, ""
    for number, found in cluster.run(tasks, stop):
        for one in tasks[number].inputs:
            size += one.job.size
            left[one.job.path] -= 1
        left = +left  # without those of which nothing is left
        if isinstance(found, Refused):
            refused = refused or found.told
            continue
        reading.add(found)
        if progress is not None:
            done = of_files - len(left)
            progress(Progress(done, of_files, size, of_size, summary.new + summary.seen, summary.words))
    if refused:
        raise StoreError(f"{refused}; what is finished is kept")
    summary.stopped = stop()
    summary.in_order()
    return reading


@dataclass(slots=True)
class _Reader:
    """The writing process: hands out jobs shard by shard, and puts what comes back into its shard."""

    dataset: Dataset
    shards: Sequence[tuple[Input, ...]]
    options: Options
    limits: dict[str, float]
    summary: Summary
    progress: Callable[[Progress], None] | None
    reading: Reading = field(init=False)
    aside: frozenset[int] = frozenset()
    """Inputs of the one shard, by number, that kill whoever reads them."""
    _open: dict[int, _Open] = field(default_factory=dict)
    _digests: dict[str, InputDigest] = field(default_factory=dict)
    _left: Counter[str] = field(default_factory=Counter)
    _files: int = 0
    _size: int = 0
    _of_size: int = 0
    _documents: int = 0

    def __post_init__(self) -> None:
        self.reading = Reading(self.summary, mine=len(self.shards))
        for inputs in self.shards:
            self._left.update(one.job.path for one in inputs)
            self._of_size += sum(one.job.size for one in inputs)
        self._files = len(self._left)

    def run(self, count: int, limits: WorkerLimits, lexicon: Lexicon | None, stop: Callable[[], bool]) -> None:
        """Read all shards that are not complete. Raises `StoreError`."""
        jobs_in_all = sum(map(len, self.shards))
        pool: Pool[Task, Line | Problem] = Pool(
            max(1, min(count, jobs_in_all)), partial(line_work, lexicon=lexicon), limits.seconds, limits.memory
        )
        try:
            for task, item in pool.run(self._tasks(), stop):
                self._take(task, item)
            self.summary.stopped = stop()
        finally:
            pool.close()
            for one in self._open.values():
                one.writer.discard()
        self.summary.in_order()

    def _tasks(self) -> Iterator[Task]:
        """The jobs of all shards that are not complete, each begun when its first job is asked for."""
        for place, inputs in enumerate(self.shards):
            states = tuple(map(self._digest, inputs))
            digest = inputs_digest(inputs, states)
            name = shard_name(self.dataset.run.id, options_out(self.options), digest)
            marker = self.dataset.finished(name)
            if marker is not None and not self._worth_another_try(marker) and self._pass_over(marker, inputs):
                continue
            self._open[place] = _Open(inputs, digest, states, ShardWriter(self.dataset, name, len(inputs)))
            for number, one in enumerate(inputs):
                task = Task(one.job, place, number)
                if number in self.aside:
                    self._take(task, Crash(_KILLS))
                else:
                    yield task

    def _digest(self, one: Input) -> InputDigest:
        """The digest of an input's bytes; of a file that several shards share it is made once."""
        job = one.job
        if job.data is not None:
            return InputDigest(hashlib.sha256(job.data).hexdigest(), (0, 0))
        known = self._digests.get(job.path)
        if known is not None:
            return known
        state = _state(job)
        try:
            made = InputDigest(sha256_of(Path(job.path)), state)
        except OSError:
            made = InputDigest("", state)  # whoever reads it says why it cannot be read
        if job.share[1] > 1:
            self._digests[job.path] = made
        return made

    def _worth_another_try(self, marker: Marker) -> bool:
        """Whether something could not be read, and limits are higher now, none lower."""
        if marker.problems is None:
            return False
        pairs = [(now, marker.limits.get(name, now)) for name, now in self.limits.items()]
        return all(now >= before for now, before in pairs) and any(now > before for now, before in pairs)

    def _pass_over(self, marker: Marker, inputs: Sequence[Input]) -> bool:
        """Count a shard that is complete; False, and nothing counted, where its problems cannot be read any more."""
        if marker.problems is not None:
            try:
                problems = list(map(problem_in, lines_of(self.dataset.folder / marker.problems.name)))
            except StoreError:
                return False
            for problem in problems:
                self._fail(problem)
        self.reading.there += 1
        self.summary.seen += marker.counts.documents
        self._documents += marker.counts.documents
        for one in inputs:
            self._done(one.job)
        self._tell()
        return True

    def _take(self, task: Task, item: Line | Problem | Done | Crash) -> None:
        shard = self._open[task.shard]
        if isinstance(item, Done | Crash):
            if isinstance(item, Crash):
                problem = Problem(shown(task.job.path), "", item.reason)
                shard.writer.add(task.number, problem)
                self._fail(problem)
            self._done(task.job)
            if shard.writer.end(task.number):
                self._finish(task.shard)
        elif isinstance(item, Problem):
            shard.writer.add(task.number, item)
            self._fail(item)
        else:
            self._documents += 1
            self._count(item, new=shard.writer.add(task.number, item))
            if not task.job.listed and not item.outlet:
                self.summary.unlisted.append(item.path)
        self._tell()

    def _count(self, line: Line, *, new: bool) -> None:
        summary = self.summary
        summary.undated += [(date, line.path) for date in line.undated]
        if not new:
            summary.seen += 1
            return
        summary.new += 1
        summary.foreign += line.counts.foreign
        summary.words += line.counts.words
        summary.attributions += line.counts.attributions
        summary.propositions += line.counts.propositions

    def _finish(self, place: int) -> None:
        shard = self._open[place]
        changed = [
            one.job
            for one, before in zip(shard.inputs, shard.states, strict=True)
            if one.job.data is None and _state(one.job) != before.state
        ]
        if changed:
            # Its name is made of bytes that may not be the ones that were read.
            for job in changed:
                self._fail(Problem(shown(job.path), "", "changed while it was read; run the same again"))
            self.reading.changed += 1
            shard.writer.discard()
        else:
            shard.writer.finish(shard.digest, options_out(self.options), self.limits)
            self.reading.finished += 1
        del self._open[place]

    def _fail(self, problem: Problem) -> None:
        if problem not in self.summary.failed[-32:]:  # shares of a file each meet what is wrong with all of it
            self.summary.failed.append(problem)

    def _done(self, job: Job) -> None:
        self._size += job.size
        self._left[job.path] -= 1
        if not self._left[job.path]:
            del self._left[job.path]

    def _tell(self) -> None:
        if self.progress is not None:
            done = self._files - len(self._left)
            self.progress(Progress(done, self._files, self._size, self._of_size, self._documents, self.summary.words))


def _state(job: Job) -> tuple[int, int]:
    try:
        found = Path(job.path).stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
