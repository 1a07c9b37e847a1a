from __future__ import annotations

import mmap
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from purport.runtime.pool import Crash, Done, Pool

Task = tuple[str, int, str]
"""What to do, how many results to yield, and a folder in which one try can tell the next."""


def work(task: Task) -> Iterator[int]:
    what, number, folder = task
    for one in range(number):
        if one == number // 2:
            misbehave(what, Path(folder))
        yield one


def misbehave(what: str, folder: Path) -> None:
    if what == "raise":
        raise KeyError("of purport itself")
    if what == "memory":
        raise MemoryError
    if what == "exit":
        sys.exit(3)
    if what == "hang":
        time.sleep(600)
    if what == "kill" or (what == "kill once" and not (folder / "once").exists()):
        (folder / "once").touch()
        time.sleep(0.1)  # what was yielded before has gone through
        os.kill(os.getpid(), signal.SIGKILL)


def results(pool: Pool[Task, int], tasks: list[Task]) -> dict[str, list[int | Done | Crash]]:
    found: dict[str, list[int | Done | Crash]] = {what: [] for what, _, _ in tasks}
    for task, result in pool.run(iter(tasks)):
        found[task[0]].append(result)
    return found


@pytest.fixture
def pool() -> Iterator[Callable[..., Pool[Task, int]]]:
    made: list[Pool[Task, int]] = []

    def make(count: int, patience: float | None = None) -> Pool[Task, int]:
        made.append(Pool(count, work, patience))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_result_comes_once_and_in_order(pool: Callable[..., Pool[Task, int]], count: int) -> None:
    tasks = [(f"task {n}", n % 7, "") for n in range(60)]
    found = results(pool(count), tasks)
    assert found == {f"task {n}": [*range(n % 7), Done()] for n in range(60)}


def test_no_tasks_give_no_results_and_a_pool_can_run_again(pool: Callable[..., Pool[Task, int]]) -> None:
    one = pool(2)
    assert results(one, []) == {}
    for _ in range(2):
        assert results(one, [("a", 2, "")]) == {"a": [0, 1, Done()]}


@pytest.mark.parametrize("count", [1, 2])
def test_a_worker_that_is_killed_once_costs_nothing(
    pool: Callable[..., Pool[Task, int]], tmp_path: Path, count: int
) -> None:
    tasks = [("a", 5, ""), ("kill once", 10, str(tmp_path)), ("b", 5, "")]
    found = results(pool(count), tasks)
    assert (tmp_path / "once").exists()
    assert found == {what: [*range(number), Done()] for what, number, _ in tasks}


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    "what,reason",
    [
        ("kill", "died 3 times (by signal SIGKILL; too little memory is the usual cause)"),
        ("exit", "died 3 times (exit status 3)"),
        ("raise", "an error of purport itself: KeyError: 'of purport itself'"),
        ("memory", "the limit `memory` allows more"),
    ],
)
def test_a_task_that_cannot_be_done_costs_only_itself(
    pool: Callable[..., Pool[Task, int]], tmp_path: Path, what: str, reason: str, count: int
) -> None:
    found = results(pool(count), [("a", 3, ""), (what, 4, str(tmp_path)), ("b", 3, "")])
    assert found["a"] == found["b"] == [0, 1, 2, Done()]
    *some, last = found[what]
    assert some == [0, 1]
    assert isinstance(last, Crash)
    assert last.reason.endswith(reason)


def test_one_that_hangs_is_given_up_while_others_go_on(pool: Callable[..., Pool[Task, int]]) -> None:
    tasks = [("hang", 2, ""), *((f"task {n}", 3, "") for n in range(20))]
    began = time.monotonic()
    found = results(pool(2, 1.0), tasks)
    assert time.monotonic() - began < 10
    hung = found.pop("hang")
    assert hung == [0, Crash("nothing came of it for 1 seconds; the limit `seconds` allows more")]
    assert all(one == [0, 1, 2, Done()] for one in found.values())


def test_one_that_hangs_is_given_up_while_others_are_never_silent(pool: Callable[..., Pool[Task, int]]) -> None:
    order: list[str] = []
    for task, _ in pool(2, 0.5).run([("hang", 2, ""), ("busy", 3000, "")]):
        order.append(task[0])
        time.sleep(0.001)  # so that an answer of "busy" is ready at any time
    assert order.count("hang") == 2
    assert len(order) - max(n for n, what in enumerate(order) if what == "hang") > 500


def test_a_slow_consumer_is_no_reason_to_give_a_worker_up(pool: Callable[..., Pool[Task, int]]) -> None:
    found = []
    for _, result in pool(2, 0.3).run([("a", 4, ""), ("b", 4, "")]):
        found.append(result)
        time.sleep(0.35)
    assert Counter(map(type, found)) == {int: 8, Done: 2}


def heavy(task: Path) -> Iterator[bytes]:
    for number in range(50):
        with task.open("a") as told:
            told.write(f"{number}\n")
        yield bytes(1_000_000)


def test_workers_wait_while_results_are_not_taken(tmp_path: Path) -> None:
    pool: Pool[Path, bytes] = Pool(2, heavy)
    tasks = [tmp_path / "one", tmp_path / "two"]
    try:
        run = pool.run(tasks)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        next(run)
        time.sleep(0.5)
        made = sum(len(path.read_text().split()) for path in tasks)
        assert made <= 6
        assert sum(1 for _, result in run if isinstance(result, bytes)) == 99
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
    finally:
        pool.close()


def lazily(taken: list[int]) -> Iterator[Task]:
    for number in range(100):
        taken.append(number)
        yield (f"{number}", 1, "")


def test_tasks_are_taken_as_they_are_needed(pool: Callable[..., Pool[Task, int]]) -> None:
    taken: list[int] = []
    run = pool(2).run(lazily(taken))
    next(run)
    assert len(taken) <= 3


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def gone(processes: list[int]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end and any(map(alive, processes)):
        time.sleep(0.02)
    return not any(map(alive, processes))


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def pid(task: str) -> Iterator[int]:
    yield os.getpid()
    if task == "hang":
        time.sleep(600)


@linux
def test_no_process_is_left_after_close() -> None:
    pool: Pool[str, int] = Pool(3, pid)
    processes = [result for _, result in pool.run(["", "", ""]) if isinstance(result, int)]
    run = pool.run(["hang", "hang"])
    processes += [result for result in (next(run)[1], next(run)[1]) if isinstance(result, int)]
    assert len(processes) == 5
    pool.close()
    assert gone(processes)


PARENT = """
import os, signal
from purport.runtime.pool import Pool
from tests.runtime.test_pool import pid
pool = Pool(3, pid)
run = pool.run(["hang"] * 3)
print(*(next(run)[1] for _ in range(3)), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@linux
def test_no_process_is_left_after_the_parent_was_killed() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", PARENT]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    processes = [int(one) for one in done.stdout.split()]
    assert len(processes) == 3
    assert gone(processes)


def fill(task: int) -> Iterator[int]:
    yield len(bytes(task))


def test_what_the_forking_process_has_mapped_does_not_count() -> None:
    mapped = mmap.mmap(-1, 3 * 2**30)
    own: Pool[int, int] = Pool(1, fill, memory=2**30)
    try:
        found = [result for _, result in own.run([200 * 2**20, 2 * 2**30])]
    finally:
        own.close()
        mapped.close()
    assert found[:2] == [200 * 2**20, Done()]
    assert isinstance(found[2], Crash)
    assert "the limit `memory` allows more" in found[2].reason
