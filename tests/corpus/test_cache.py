from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from purport.corpus.cache import Cached, DerivedAnswers, Job, SingleFlight, TimedAnswers

THREADS = 8


class Source:
    """A store with a version, a clock, and jobs that run in the background when the test says so."""

    def __init__(self) -> None:
        self.version = 1
        self.now = 100.0
        self.jobs: list[Job] = []
        self.made: list[str] = []
        self.broken = False

    def clock(self) -> float:
        return self.now

    def run_jobs(self) -> None:
        jobs = self.jobs.copy()
        self.jobs.clear()
        for job in jobs:
            job()

    def make(self, name: str, *, took: float = 0.0) -> str:
        if self.broken:
            raise OSError(f"{name} cannot be read")
        self.now += took
        self.made.append(name)
        return name

    def maker(self, name: str) -> Callable[[], str]:
        return lambda: self.make(name)

    def cached(self, **options: Any) -> Cached[int, str]:
        return Cached(
            lambda: self.version, lambda version: self.make(f"value {version}", took=1.0),
            background=self.jobs.append, clock=self.clock, **options,
        )  # fmt: skip

    def timed(self, size: int = 256) -> TimedAnswers:
        return TimedAnswers(
            lambda: self.version, max_age=20, max_stale=60, size=size, background=self.jobs.append, clock=self.clock
        )


@pytest.fixture
def source() -> Source:
    return Source()


def always(_kept: object, _current: object) -> bool:
    return True


def in_threads(ask: Callable[[], str]) -> list[str]:
    """What so many threads are told that ask at the same time."""
    start = threading.Barrier(THREADS)

    def one(_number: int) -> str:
        start.wait(10)
        return ask()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


class Slow:
    """A making that ends when the test says so, and says that it has begun."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.begun, self.end = threading.Event(), threading.Event()

    def __call__(self, name: str) -> str:
        self.begun.set()
        assert self.end.wait(10)
        return self.source.make(name)


# -- one value ------------------------------------------------------------------------------------------------------


def test_a_value_is_made_once_for_a_version(source: Source) -> None:
    cached = source.cached()
    assert [cached.get(), cached.get()] == ["value 1", "value 1"]
    source.version = 2
    assert [cached.get(), cached.get()] == ["value 2", "value 2"]
    assert source.made == ["value 1", "value 2"]
    assert source.jobs == []
    cached.clear()
    assert cached.kept is None
    assert cached.get() == "value 2"
    assert len(source.made) == 3


def test_a_usable_value_is_served_while_the_next_is_made(source: Source) -> None:
    cached = source.cached(usable=always)
    cached.get()
    source.version = 2
    assert [cached.get(), cached.get()] == ["value 1", "value 1"]
    assert len(source.jobs) == 1
    source.version = 3  # what is made is of the version at that time
    source.run_jobs()
    assert cached.get() == "value 3"
    assert source.made == ["value 1", "value 3"]


def test_a_value_that_is_not_usable_is_waited_for(source: Source) -> None:
    cached = source.cached(usable=lambda kept, current: kept // 10 == current // 10)
    assert cached.get() == "value 1"
    source.version = 2
    assert cached.get() == "value 1"
    source.run_jobs()
    source.version = 10
    assert cached.get() == "value 10"
    assert source.jobs == []
    assert source.made == ["value 1", "value 2", "value 10"]


def test_making_in_the_background_rests(source: Source) -> None:
    cached = source.cached(usable=always, rest=20.0)
    cached.get()  # which takes one second
    source.version = 2
    source.now += 19.9
    assert cached.get() == "value 1"
    assert not source.jobs
    source.now += 0.2
    assert cached.get() == "value 1"
    source.run_jobs()
    assert cached.get() == "value 2"


def test_threads_that_ask_at_once_make_a_value_once(source: Source) -> None:
    assert set(in_threads(source.cached().get)) == {"value 1"}
    assert source.made == ["value 1"]


def test_who_waits_for_the_background_gets_what_it_makes(source: Source) -> None:
    slow = Slow(source)
    slow.end.set()
    cached: Cached[int, str] = Cached(
        lambda: source.version, lambda version: slow(f"value {version}"), lambda _kept, current: current < 3
    )
    cached.get()
    slow.begun.clear()
    slow.end.clear()
    source.version = 2
    assert cached.get() == "value 1"
    assert slow.begun.wait(10)
    source.version = 3  # of which no earlier value may be served
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cached.get)
        slow.end.set()
        assert waiting.result(10) == "value 3"
    assert source.made[-1] == "value 3"


def test_an_error_is_raised_to_who_waits_and_tried_again(source: Source) -> None:
    cached = source.cached()
    source.broken = True
    for _ in range(2):
        with pytest.raises(OSError, match="value 1"):
            cached.get()
    source.broken = False
    assert cached.get() == "value 1"


def test_an_error_in_the_background_leaves_the_earlier_value(source: Source, caplog: pytest.LogCaptureFixture) -> None:
    cached = source.cached(usable=always)
    cached.get()
    source.version, source.broken = 2, True
    assert cached.get() == "value 1"
    with caplog.at_level(logging.ERROR):
        source.run_jobs()
    assert "value 2 cannot be read" in caplog.text
    source.broken = False
    assert cached.get() == "value 1"
    source.run_jobs()
    assert cached.get() == "value 2"


def test_where_no_thread_can_be_started_the_next_who_asks_tries_again(source: Source) -> None:
    def background(job: Job) -> None:
        if source.broken:
            raise RuntimeError("no more threads")
        job()

    cached: Cached[int, str] = Cached(
        lambda: source.version, lambda version: f"value {version}", always, background=background
    )
    cached.get()
    source.version, source.broken = 2, True
    with pytest.raises(RuntimeError, match="no more threads"):
        cached.get()
    source.broken = False
    assert [cached.get(), cached.get()] == ["value 1", "value 2"]


# -- answers by age -------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_while_the_store_is_the_same(source: Source) -> None:
    answers = source.timed()
    assert answers.get("key", source.maker("one")) == "one"
    source.now += 1_000_000
    assert answers.get("key", source.maker("two")) == "one"
    assert answers.get("other", source.maker("three")) == "three"
    assert source.made == ["one", "three"]


@pytest.mark.parametrize(
    "age, answer, made_again",
    [(0, "one", False), (19.9, "one", False), (20, "one", True), (59.9, "one", True), (60, "two", False)],
)
def test_an_answer_is_served_by_its_age_once_the_store_changes(
    source: Source, age: float, answer: str, made_again: bool
) -> None:
    answers = source.timed()
    answers.get("key", source.maker("one"))
    source.version = 2
    source.now += age
    assert answers.get("key", source.maker("two")) == answer
    assert bool(source.jobs) is made_again
    if made_again:
        assert answers.get("key", source.maker("not asked")) == "one"
        assert len(source.jobs) == 1
        source.run_jobs()
        assert answers.get("key", source.maker("not asked")) == "two"


def test_answers_made_longest_ago_go_first(source: Source) -> None:
    answers = source.timed(size=2)
    for key in "abc":
        answers.get(key, source.maker(key))
    answers.get("b", source.maker("again"))
    assert answers.get("a", source.maker("again")) == "again"
    assert source.made == ["a", "b", "c", "again"]


def test_threads_that_ask_at_once_make_an_answer_once(source: Source) -> None:
    answers = source.timed()
    assert set(in_threads(lambda: answers.get("key", source.maker("one")))) == {"one"}
    assert source.made == ["one"]


def test_an_answer_of_one_key_does_not_wait_for_another(source: Source) -> None:
    answers, slow = source.timed(), Slow(source)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(answers.get, "slow", lambda: slow("slow"))
        assert slow.begun.wait(10)
        assert answers.get("quick", source.maker("quick")) == "quick"
        slow.end.set()
        assert waiting.result(10) == "slow"


def test_an_error_is_not_kept_as_an_answer(source: Source, caplog: pytest.LogCaptureFixture) -> None:
    answers = source.timed()
    source.broken = True
    with pytest.raises(OSError, match="one"):
        answers.get("key", source.maker("one"))
    source.broken = False
    assert answers.get("key", source.maker("two")) == "two"
    source.broken, source.version, source.now = True, 2, source.now + 30
    assert answers.get("key", source.maker("three")) == "two"
    source.run_jobs()
    assert "three cannot be read" in caplog.text
    source.broken = False
    assert answers.get("key", source.maker("four")) == "two"
    source.run_jobs()
    assert answers.get("key", source.maker("not asked")) == "four"


# -- answers derived from a value -----------------------------------------------------------------------------------


def test_a_derived_answer_is_kept_until_its_value_is_another(source: Source) -> None:
    cached = source.cached()
    answers = DerivedAnswers(cached, background=source.jobs.append)
    assert answers.get(cached.get(), "key", source.maker("one")) == "one"
    assert answers.get(cached.get(), "key", source.maker("not asked")) == "one"
    source.version = 2
    assert answers.get(cached.get(), "key", source.maker("two")) == "two"
    assert source.jobs == []


def test_an_earlier_derived_answer_is_served_while_its_value_would_be_usable(source: Source) -> None:
    cached = source.cached(usable=lambda kept, current: kept // 10 == current // 10)
    answers = DerivedAnswers(cached, background=source.jobs.append)
    answers.get(cached.get(), "key", source.maker("one"))
    source.version = 2
    cached.get()
    source.run_jobs()
    value = cached.get()
    assert value == "value 2"
    for _ in range(2):
        assert answers.get(value, "key", source.maker("two")) == "one"
    assert len(source.jobs) == 1
    source.run_jobs()
    assert answers.get(value, "key", source.maker("not asked")) == "two"
    source.version = 10
    assert answers.get(cached.get(), "key", source.maker("three")) == "three"
    assert source.jobs == []


def test_an_answer_of_a_replaced_value_is_given_but_not_kept(source: Source) -> None:
    cached = source.cached()
    answers = DerivedAnswers(cached)
    before = cached.get()
    source.version = 2
    after = cached.get()
    assert answers.get(before, "key", source.maker("of value 1")) == "of value 1"
    assert answers.get(after, "key", source.maker("of value 2")) == "of value 2"
    assert answers.get(before, "key", source.maker("not asked")) == "of value 2"


def test_threads_that_ask_at_once_derive_an_answer_once(source: Source) -> None:
    cached = source.cached()
    answers = DerivedAnswers(cached)
    assert set(in_threads(lambda: answers.get(cached.get(), "key", source.maker("one")))) == {"one"}
    assert source.made == ["value 1", "one"]


def test_derived_answers_made_longest_ago_go_first(source: Source) -> None:
    cached = source.cached()
    answers = DerivedAnswers(cached, size=2)
    for key in "abc":
        answers.get(cached.get(), key, source.maker(key))
    assert answers.get(cached.get(), "b", source.maker("again")) == "b"
    assert answers.get(cached.get(), "a", source.maker("again")) == "again"


# -- calls ----------------------------------------------------------------------------------------------------------


def test_who_calls_what_is_running_shares_its_error(source: Source) -> None:
    calls, slow = SingleFlight(), Slow(source)
    source.broken = True
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(calls.call, "key", lambda: slow("one"))
        assert slow.begun.wait(10)
        second = pool.submit(calls.call, "key", source.maker("not asked"))
        slow.end.set()
        for waiting in (first, second):
            with pytest.raises(OSError, match="cannot be read"):
                waiting.result(10)
    source.broken = False
    assert calls.call("key", source.maker("two")) == "two"
