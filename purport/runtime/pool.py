"""Worker processes that do tasks side by side, one that dies or hangs costing no more than its own task."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from threadpoolctl import threadpool_limits

Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 3
"""How often a task is begun before it is given up: a kill from outside is forgiven twice."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task came to its end."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A task was given up; `reason` is one clause for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Alive:
    """A task goes on: sent by a worker that is silent for long, so that it is not taken for one that hangs."""


Work = Callable[[Task], Iterator[Result | Alive]]


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    link: Connection
    task: Task | None = None
    tries: int = 0
    got: int = 0
    skip: int = 0
    since: float = 0.0


class Pool(Generic[Task, Result]):
    """`count` processes that each turn tasks into results by `work`, a function of the module's top level.

    Results come as they are ready; those of one task in the order in which `work` yields them. A task whose worker
    dies is begun again by a new one, and what it had yielded is not yielded twice. `patience` is how many seconds
    a worker may be silent on a task before it is killed and the task given up; None for ever. `memory` is how many
    bytes of address space a worker may use beside what it begins with; None for all there are.
    """

    def __init__(
        self, count: int, work: Work[Task, Result], patience: float | None = None, memory: int | None = None
    ) -> None:
        """Start the processes at once, so that the caller need have no threads and no open files yet."""
        # A forked child needs no guarded __main__ in a user's script, and starts in milliseconds.
        fork = sys.platform == "linux"
        self._process = multiprocessing.get_context("fork").Process if fork else multiprocessing.Process
        self._work = work
        self._patience = patience
        self._memory = memory
        self._workers: list[_Worker[Task]] = []
        for _ in range(count):
            self._workers.append(self._start())

    def _start(self) -> _Worker[Task]:
        ours, theirs = multiprocessing.Pipe()
        links = [ours, *(w.link for w in self._workers)]
        process = self._process(target=_serve, args=(theirs, self._work, links, self._memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(
        self, tasks: Iterable[Task], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Task, Result | Done | Crash]]:
        """All results of all tasks, each with its task, and for each task a last `Done` or `Crash`.

        Tasks are taken from the iterable as workers become free, and workers wait while results are not taken, so
        that memory is bounded by a few results. Once `stop` says so, no task is begun, each worker ends with the
        next result of its task, and the tasks that were not done have no last word.
        """
        ahead = iter(tasks)
        again: deque[tuple[Task, int, int]] = deque()
        stopped = False
        while True:
            if not stopped and stop():
                stopped, ahead = True, iter(())
            if stopped:
                again.clear()
            for worker in self._workers:
                if worker.task is None:
                    self._give(worker, ahead, again)
            busy = {w.link: w for w in self._workers if w.task is not None}
            if not busy:
                return
            ready = wait(list(busy), self._left(busy.values()))
            for link in ready:
                assert isinstance(link, Connection)
                worker = busy[link]
                told = list(self._take(worker, again))
                if worker.task is not None and not link.closed and link.poll():
                    told += self._take(worker, again)  # mostly that this was the last
                if worker.task is None and not (stopped or stop()):
                    self._give(worker, ahead, again)  # it goes on while its results are put to use
                yield from told
                if told and stopped and worker.task is not None:
                    worker.process.kill()  # the rest of its task is for another time
                    worker.task = None
            yield from self._give_up_silent()

    def _give(self, worker: _Worker[Task], ahead: Iterator[Task], again: deque[tuple[Task, int, int]]) -> None:
        if again:
            worker.task, worker.tries, worker.skip = again.popleft()
        else:
            try:
                worker.task, worker.tries, worker.skip = next(ahead), 0, 0
            except StopIteration:
                return
        worker.tries += 1
        worker.got = 0
        worker.since = time.monotonic()
        # A worker that died while it was idle shows itself when its answer is awaited.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.link.send(worker.task)

    def _take(
        self, worker: _Worker[Task], again: deque[tuple[Task, int, int]]
    ) -> Iterator[tuple[Task, Result | Done | Crash]]:
        task = worker.task
        assert task is not None
        try:
            message: Result | Alive | Done | Crash = worker.link.recv()
        except (EOFError, ConnectionResetError, OSError):
            yield from self._died(worker, task, again)
            return
        worker.since = time.monotonic()
        if isinstance(message, Alive):
            return
        if isinstance(message, (Done, Crash)):
            worker.task = None
            yield task, message
            return
        worker.got += 1
        if worker.got > worker.skip:
            yield task, message

    def _died(
        self, worker: _Worker[Task], task: Task, again: deque[tuple[Task, int, int]]
    ) -> Iterator[tuple[Task, Crash]]:
        worker.process.join()
        code = worker.process.exitcode
        self._replace(worker)
        if worker.tries < TRIES:
            again.append((task, worker.tries, max(worker.got, worker.skip)))
        else:
            yield task, Crash(f"the process that read it died {TRIES} times ({_cause(code)})")

    def _replace(self, worker: _Worker[Task]) -> None:
        worker.link.close()
        self._workers[self._workers.index(worker)] = self._start()

    def _left(self, busy: Iterable[_Worker[Task]]) -> float | None:
        if self._patience is None:
            return None
        return max(0.0, min(w.since for w in busy) + self._patience - time.monotonic())

    def _give_up_silent(self) -> Iterator[tuple[Task, Crash]]:
        if self._patience is None:
            return
        for worker in list(self._workers):
            late = worker.task is not None and time.monotonic() - worker.since >= self._patience
            # One that has an answer ready waited for us, not we for it.
            if late and worker.task is not None and not worker.link.poll():
                worker.process.kill()
                worker.process.join()
                self._replace(worker)
                yield (
                    worker.task,
                    Crash(f"nothing came of it for {self._patience:g} seconds; the limit `seconds` allows more"),
                )

    def close(self) -> None:
        """End all processes at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.link.close()


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        return f"by signal {signal.Signals(-code).name}; too little memory is the usual cause"
    return f"exit status {code}"


def _serve(link: Connection, work: Work[Task, Result], others: list[Connection], memory: int | None) -> None:
    """A worker's life: take a task, send what it yields, say that it is done; until the other end is gone."""
    die_with_parent()
    _keep_memory()
    # A process a core: threads of one would only wait for those of the others.
    threadpool_limits(limits=1)
    _give_way()
    if memory is not None:
        # What the process has that forked it counts for nothing: a notebook may have mapped many times the limit.
        wanted, hard = memory + _address_space(), resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    for other in others:
        other.close()  # else a pipe's end would stay open here after the parent is gone
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        while True:
            task = link.recv()
            try:
                for result in work(task):
                    link.send(result)
                if not gc.get_freeze_count():
                    # What the first task loads stays; the collector need not look through it at each of the others,
                    # nor often through what reading makes, little of which is cyclic.
                    gc.freeze()
                    gc.set_threshold(*_COLLECT)
                link.send(Done())
            except MemoryError:
                link.send(Crash("it needs more memory than a worker may use; the limit `memory` allows more"))
            # Whatever a task raises is the parent's to report; the worker goes on.
            except Exception as error:
                if isinstance(error, (BrokenPipeError, ConnectionResetError)):
                    raise
                link.send(Crash(f"an error of purport itself: {type(error).__name__}: {error}"))


def _address_space() -> int:
    """Bytes of address space that this process has mapped; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


_COLLECT = (50_000, 20, 20)
"""New objects after which the collector looks through the youngest, and how often it then does through older ones."""


def _keep_memory() -> None:
    """On Linux what a worker has freed stays its own: each document needs as much again, and asking the system for it
    page by page takes a thirtieth of the time."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):  # not every C library has it
            for option, value in ((_MMAP_THRESHOLD, 2**30), (_TRIM_THRESHOLD, 2**29)):
                libc.mallopt(option, value)


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_NICE = 10
"""How far workers give way: reading takes minutes to hours, in which whoever sits at the machine, or has a page of the
same store open, should not wait for it. On a machine that does nothing else they are as fast."""


def _give_way() -> None:
    """Let all else that runs on the machine go first."""
    os.nice(_NICE)
    # Linux weighs sessions against each other, and only within each what is nice: the worker gets one of its own.
    if sys.platform == "linux":
        os.setsid()
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE), "ascii")


def die_with_parent() -> None:
    """On Linux a worker is killed with its parent, so that no orphan keeps a core busy or a file open."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
