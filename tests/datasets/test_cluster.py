from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from purport.corpus.limits import WorkerLimits
from purport.corpus.reading import Job, Summary
from purport.datasets import beside, cluster, open_dataset, read_dataset
from purport.datasets.cluster import PATIENCE, ROUNDS, Cluster, NoWorkerError, Refused, ShardTask
from purport.datasets.plan import Input
from purport.datasets.summed import Reading
from purport.errors import StoreError, UsageError
from purport.model.document import Metadata
from purport.read.options import Options
from tests.datasets.conftest import files_of, free_port, listening, small_dataset

GERMAN = Metadata(language="de")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, all started by the engine's own commands."""
    scratch = tmp_path_factory.mktemp("cluster")
    port = str(free_port())
    address = f"tcp://127.0.0.1:{port}"
    dask = str(Path(sys.executable).with_name("dask"))
    own = ["--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(scratch)]
    with (scratch / "log").open("wb") as log:
        programs = [
            subprocess.Popen([dask, *command], stdout=log, stderr=log, cwd=scratch)
            for command in (["scheduler", *own], worker, worker)
        ]
        yield listening(address)
        for one in programs:
            one.kill()
            one.wait()


def test_workers_of_a_scheduler_make_the_same_dataset(scheduler: str, texts: Path, tmp_path: Path) -> None:
    one, other = small_dataset(tmp_path / "one"), small_dataset(tmp_path / "other")
    told = read_dataset(one, [texts], told=GERMAN, workers=2)
    seen: list[int] = []
    done = read_dataset(
        other, [texts], told=GERMAN, scheduler=scheduler, progress=lambda now: seen.append(now.documents)
    )
    assert {name: data for name, (data, _) in files_of(one).items()} == {
        name: data for name, (data, _) in files_of(other).items()
    }
    assert done.finished == done.mine == done.planned == told.finished > 2
    assert done.summary == told.summary
    assert seen == sorted(seen)
    assert seen[-1] == 31
    before = files_of(other)
    again = read_dataset(other, [texts], told=GERMAN, scheduler=scheduler)
    assert (again.finished, again.there) == (0, done.planned)
    assert files_of(other) == before
    # A worker of another build, or with another table of actors, is told from one that can go on.
    task = ShardTask(str(tmp_path), other, "0" * 16, (), Options(), WorkerLimits())
    joining = Cluster(scheduler)
    try:
        assert joining.workers() == 2
        [(number, found)] = joining.run([task])
        assert number == 0
        assert isinstance(found, Refused)
        assert "install the same purport" in found.told
        [(_, found)] = joining.run([replace(task, place=str(tmp_path / "nowhere"))])
        assert isinstance(found, Refused)
        assert "must have the same files" in found.told
        assert list(joining.run([task], lambda: True)) == []
    finally:
        joining.close()


@pytest.mark.parametrize(
    "address", ["", "here", "127.0.0.1:8786", "tcp://", "tcp://host", "tcp://host:port", "tcp://127.0.0.1:999999", "X"]
)
def test_what_is_no_address_is_one_line(address: str) -> None:
    with pytest.raises(UsageError, match=r"no scheduler answers at .* start one with `dask scheduler`") as told:
        Cluster(address)
    assert "\n" not in str(told.value)


def test_a_scheduler_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UsageError, match="refused"):
        Cluster(f"tcp://127.0.0.1:{free_port()}")


# -- workers that vanish, with an engine that is made up ---------------------------------------------------------------


class KilledError(Exception):
    """Every worker that took the task vanished."""


class GoneError(Exception):
    """The scheduler went away."""


@dataclass(eq=False)
class Future:
    job: Callable[[], Any]

    def done(self) -> bool:
        return True

    def exception(self) -> BaseException | None:
        try:
            self.job()
        except Exception as error:
            return error
        return None

    def result(self) -> Any:
        return self.job()


@dataclass
class Engine:
    """An engine whose workers are killed by documents of some names, and `lost` times by something else."""

    kills: frozenset[str] = frozenset()
    lost: int = 0
    workers: int = 2
    given: list[ShardTask] = field(default_factory=list)
    error: Exception | None = None
    scheduler = SimpleNamespace(KilledWorker=KilledError)
    client = SimpleNamespace(FutureCancelledError=GoneError)
    TimeoutError = TimeoutError

    def submit(self, _function: object, task: ShardTask, *, pure: bool) -> Future:
        assert not pure
        self.given.append(pickle.loads(pickle.dumps(task)))
        names = {one.name for at, one in enumerate(task.inputs) if at not in task.aside}
        error = KilledError() if names & self.kills or self.lost > 0 else self.error
        self.lost -= 1

        def job() -> Reading:
            if error is not None:
                raise error
            return Reading(Summary(new=len(names)), finished=int(not task.trial))

        return Future(job)

    def cancel(self, _futures: object, *, force: bool) -> None:
        assert force

    def as_current(self) -> Any:
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def wait(self, *_: object, **__: object) -> None: ...

    def run(self, tasks: list[ShardTask]) -> list[tuple[int, Any]]:
        own = cluster._Run(self, self, lambda: self.workers, tasks)
        return list(own.results(lambda: False))


def shard(*names: str) -> ShardTask:
    inputs = tuple(Input(name, Job(name, 10, Metadata(), Options())) for name in names)
    return ShardTask("/", Path("/ds"), "run", inputs, Options(), WorkerLimits())


def test_a_document_that_kills_every_worker_is_set_aside_and_the_others_are_read() -> None:
    engine = Engine(kills=frozenset({"b", "d"}))
    found = engine.run([shard("a", "b", "c", "d"), shard("e")])
    assert sorted((number, told.summary.new) for number, told in found) == [(0, 2), (1, 1)]
    assert engine.given[-1].aside == (1, 3)
    assert [task.inputs[0].name for task in engine.given if task.trial] == ["a", "b", "c", "d"]
    assert not any(task.aside for task in engine.given if task.trial)


def test_workers_that_vanish_by_themselves_set_nothing_aside() -> None:
    engine = Engine(lost=1)
    [(_, found)] = engine.run([shard("a", "b")])
    assert found.summary.new == 2
    assert engine.given[-1].aside == ()


def test_a_shard_whose_workers_always_vanish_is_left_for_another_run() -> None:
    engine = Engine(lost=10**6)
    found = engine.run([shard("a")])
    assert all(isinstance(told, Refused) for _, told in found)
    engine = Engine(kills=frozenset({"a"}))
    [(_, told)] = engine.run([shard("a")])
    assert told.summary.new == 0  # only its problem is written
    assert ROUNDS > 1


def test_errors_of_workers_are_told_and_a_scheduler_that_goes_away_ends_it() -> None:
    [(_, told)] = Engine(error=ModuleNotFoundError("No module named 'purport'\nand more")).run([shard("a")])
    assert told == Refused("a worker of the cluster cannot read a shard: No module named 'purport'")
    with pytest.raises(GoneError):
        Engine(error=GoneError()).run([shard("a")])


def test_a_reading_without_a_worker_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10**6, int(PATIENCE)))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr(Future, "done", lambda _: False)
    with pytest.raises(NoWorkerError):
        Engine(workers=0).run([shard("a")])


# -- the process beside a worker ---------------------------------------------------------------------------------------


def test_inputs_that_are_set_aside_are_problems(texts: Path, tmp_path: Path) -> None:
    folder = small_dataset(tmp_path / "ds", 10**6)
    run = open_dataset(folder).run.id
    paths = sorted((texts / "0").iterdir())
    inputs = tuple(Input(path.name, Job(str(path), path.stat().st_size, GERMAN, Options())) for path in paths)
    task = ShardTask(str(tmp_path), folder, run, inputs, Options(), WorkerLimits(), aside=(0, 2))
    tried = beside.answer(replace(task, trial=True))
    assert isinstance(tried, Reading)
    assert tried.finished == 0
    assert [path.name for path in folder.iterdir()] == ["dataset.json"]
    done = beside.answer(task)
    assert isinstance(done, Reading)
    assert (done.finished, done.summary.new) == (1, len(paths) - 2)
    assert [problem.path for problem in done.summary.failed] == [str(paths[0]), str(paths[2])]
    assert "every worker that read it vanished" in done.summary.failed[0].reason


def test_what_a_worker_cannot_write_is_told_by_who_asked(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass
    class Refusing:
        address: str

        def run(self, tasks: list[ShardTask], stop: Callable[[], bool]) -> Iterator[tuple[int, Any]]:
            assert not stop()
            yield 0, Refused("/ds: the disk is full")
            for number in range(1, len(tasks)):
                yield number, Reading(Summary(new=1), finished=1)

        def close(self) -> None: ...

    monkeypatch.setattr("purport.datasets.reading.Cluster", Refusing)
    with pytest.raises(StoreError, match="the disk is full; what is finished is kept"):
        read_dataset(small_dataset(tmp_path / "ds"), [texts], told=GERMAN, scheduler="tcp://here:1")
