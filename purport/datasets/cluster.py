"""Shards read by the workers of a Dask scheduler that is there already, on any number of machines.

Each shard is one task: a worker reads its files and writes them into the dataset's folder itself, so that only a few
numbers come back over the network. All machines must see the same files under the same names.

The reading is done in a process of its own beside the worker (`purport.datasets.beside`): a document that kills it is
noticed there, tried again and set aside, and the worker lives on. A worker that vanishes is no error: the scheduler
gives its shard to another, and what it left unfinished has no marker. Where a shard kills every worker that takes it,
its inputs are tried one by one, and those that do are listed as problems.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from purport.corpus.limits import WorkerLimits
from purport.datasets.plan import Input
from purport.datasets.summed import Reading
from purport.errors import StoreError, UsageError
from purport.read.options import Options
from purport.runtime.extras import cluster_engine

WAIT = 30.0
"""Seconds in which a scheduler must answer."""
PATIENCE = 120.0
"""Seconds for which a reading waits until the first worker has joined: some clusters start them when they are asked."""
_HEARD, _LEAVING = 5.0, 5.0
"""Seconds in which somebody must listen at an address, and in which a scheduler is left."""
_POLL = 0.5
"""Seconds between two looks whether somebody wants to stop."""
_AHEAD = 4
"""Shards that wait at the scheduler for each of its threads, so that none is ever without one."""
ROUNDS = 5
"""How often a shard is given out anew though every worker that took it vanished: then it is left for another run."""


@dataclass(frozen=True, slots=True)
class ShardTask:
    """All that a worker needs to read one shard: the dataset's `folder`, the id of its `run`, the `inputs`, how they
    are read, and the user's table of `actors`, by the names that files have where the reading was begun (`place`, a
    folder). Of the inputs whose number is in `aside` only the problem is written that they killed whoever read them.
    With `trial` nothing is written at all."""

    place: str
    folder: Path
    run: str
    inputs: tuple[Input, ...]
    options: Options
    limits: WorkerLimits
    actors: str | None = None
    aside: tuple[int, ...] = ()
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """That a shard could not be written; `told` is one line for a person."""

    told: str


Outcome = Reading | Refused
"""What comes of a task."""


def read_beside(task: ShardTask) -> Outcome:
    """Read a shard in a process of its own; what a worker of the cluster runs. Gives a `Reading` or `Refused`."""
    command = [sys.executable, "-P", "-m", "purport.datasets.beside"]
    try:
        done = subprocess.run(command, input=pickle.dumps(task), stdout=subprocess.PIPE, check=False, cwd=task.place)
    except OSError as error:
        return Refused(
            f"{task.place}: is not there on the machine {os.uname().nodename} ({error.strerror}); all machines of the "
            "cluster must have the same files under the same names"
        )
    try:
        found: Outcome = pickle.loads(done.stdout)
    except (pickle.UnpicklingError, EOFError):
        raise RuntimeError(f"the process that read a shard ended with {done.returncode}") from None
    return found


class Cluster:
    """The workers of a scheduler, who read shards."""

    def __init__(self, address: str) -> None:
        """Join the scheduler at that address (tcp://HOST:PORT). Raises `UsageError` where none answers."""
        self._engine = cluster_engine()
        self._address = address
        for name in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what concerns the user is told in one line
        reason = _unheard(address)
        if reason is None:
            try:
                self._client = self._engine.Client(address, timeout=WAIT, set_as_default=False)
            except (OSError, ValueError, TypeError) as error:
                reason = _first_line(error)
        if reason is not None:
            raise UsageError(
                f"no scheduler answers at {address!r} ({reason}); start one with `dask scheduler` and name the address "
                "that it tells, such as tcp://127.0.0.1:8786",
                "scheduler",
            )

    def close(self) -> None:
        """Leave the scheduler; it goes on for others."""
        with suppress(Exception):  # where it is gone there is nothing to leave
            self._client.close(timeout=_LEAVING)

    def workers(self) -> int:
        """How many shards can be read at the same time now."""
        told = self._client.scheduler_info(n_workers=-1)
        return sum(int(worker["nthreads"]) for worker in told["workers"].values())

    def run(
        self, tasks: Sequence[ShardTask], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, Outcome]]:
        """What comes of the tasks as they are done, each with its number. Once `stop` says so no more are given out,
        and those that were are called back.

        Raises `UsageError` where no worker joins the scheduler for long, `StoreError` where the scheduler goes away.
        """
        run = _Run(self._client, self._engine, self.workers, tasks)
        try:
            yield from run.results(stop)
        except NoWorkerError:
            raise UsageError(
                f"no worker has joined the scheduler at {self._address} in {PATIENCE:g} seconds; start some on any "
                f"machine with `dask worker {self._address}`",
                "scheduler",
            ) from None
        except (OSError, self._engine.client.FutureCancelledError) as error:
            raise StoreError(
                f"the scheduler at {self._address} went away ({type(error).__name__}); start it and run the same again:"
                " what is finished is kept"
            ) from None


class NoWorkerError(Exception):
    """Nobody is there to read."""


def _unheard(address: str) -> str | None:
    """Why nobody can be listening at the address; None where somebody is, or that cannot be told."""
    scheme, separator, rest = address.partition("://")
    host, colon, port = rest.rpartition(":")
    if not (separator and colon and host and port.isascii() and port.isdecimal() and len(port) < 6):
        return "that is no address"
    if scheme not in ("tcp", "tls"):
        return None
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_HEARD).close()
    except (OSError, OverflowError) as error:
        return getattr(error, "strerror", None) or _first_line(error)
    return None


@dataclass(frozen=True, slots=True)
class _Given:
    """A task that is given out: for the shard with that `number`, or, of several `trial`s of it, for one input."""

    number: int
    task: ShardTask
    trial: int | None = None


@dataclass(slots=True)
class _Suspect:
    """A shard every worker of which vanished: how many of its inputs are still being tried, and which kill."""

    left: int
    kill: list[int]


class _Run:
    """One reading: what waits, what is given out, and which shards kill whoever reads them."""

    def __init__(self, client: Any, engine: Any, threads: Callable[[], int], tasks: Sequence[ShardTask]) -> None:
        self._client, self._engine, self._threads, self._tasks = client, engine, threads, tasks
        self._waiting = deque(_Given(number, task) for number, task in enumerate(tasks))
        self._out: dict[Any, _Given] = {}
        self._suspects: dict[int, _Suspect] = {}
        self._rounds: dict[int, int] = {}
        self._alone_since: float | None = time.monotonic()

    def results(self, stop: Callable[[], bool]) -> Iterator[tuple[int, Outcome]]:
        """As `Cluster.run`. Raises `NoWorkerError` besides."""
        while self._waiting or self._out:
            if stop():
                self._client.cancel(list(self._out), force=True)
                return
            self._give()
            for future in self._done():
                given = self._out.pop(future)
                yield from self._taken(given, future)

    def _give(self) -> None:
        threads = self._threads()
        if threads:
            self._alone_since = None  # those who go later may be replaced at any time
        elif self._alone_since is not None and time.monotonic() - self._alone_since > PATIENCE:
            self._client.cancel(list(self._out), force=True)
            raise NoWorkerError
        most = _AHEAD * max(1, threads)
        while self._waiting and len(self._out) < most:
            given = self._waiting.popleft()
            # Not "pure": the same shard may be read again, and what it gives is not the same then.
            self._out[self._client.submit(read_beside, given.task, pure=False)] = given

    def _done(self) -> Sequence[Any]:
        try:
            with self._client.as_current():
                self._engine.wait(list(self._out), timeout=_POLL, return_when="FIRST_COMPLETED")
        except (TimeoutError, self._engine.TimeoutError):
            return ()
        return [future for future in self._out if future.done()]

    def _taken(self, given: _Given, future: Any) -> Iterator[tuple[int, Outcome]]:
        error = future.exception()
        killed = isinstance(error, self._engine.scheduler.KilledWorker)
        if error is not None and not killed:
            if isinstance(error, self._engine.client.FutureCancelledError):
                raise error
            yield given.number, Refused(f"a worker of the cluster cannot read a shard: {_first_line(error)}")
        elif given.trial is not None:
            self._tried(given, killed=killed)
        elif killed:
            self._try_each(given)
            if self._rounds[given.number] > ROUNDS:
                yield (
                    given.number,
                    Refused(f"{ROUNDS} times all workers that read one shard vanished; run the same again"),
                )
        else:
            yield given.number, future.result()

    def _try_each(self, given: _Given) -> None:
        """Every worker that took a shard vanished: see which of its inputs does that, if any."""
        number, inputs = given.number, given.task.inputs
        self._rounds[number] = self._rounds.get(number, 0) + 1
        if self._rounds[number] > ROUNDS:
            return
        tried = [at for at in range(len(inputs)) if at not in given.task.aside]
        self._suspects[number] = _Suspect(len(tried), list(given.task.aside))
        for at in tried:
            one = replace(given.task, inputs=(inputs[at],), aside=(), trial=True)
            self._waiting.append(_Given(number, one, at))

    def _tried(self, given: _Given, *, killed: bool) -> None:
        suspect = self._suspects[given.number]
        suspect.left -= 1
        if killed and given.trial is not None:
            suspect.kill.append(given.trial)
        if not suspect.left:
            again = replace(self._tasks[given.number], aside=tuple(sorted(suspect.kill)))
            self._waiting.append(_Given(given.number, again))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0] or type(error).__name__
