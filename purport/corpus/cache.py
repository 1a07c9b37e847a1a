"""Values that are made of a store and kept while many threads ask for them.

Three caches differ in what keeps an answer: `Cached` keeps one value for a version of the store, `TimedAnswers` keeps
answers by key for so many seconds, `DerivedAnswers` keeps answers by key for as long as a `Cached` value is kept. All
can serve an earlier answer while the next one is made in the background (stale-while-revalidate, RFC 5861).

What is made must not ask for itself. Times are in seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar, cast

Version = TypeVar("Version")
Value = TypeVar("Value")
Made = TypeVar("Made")
Job = Callable[[], object]
Clock = Callable[[], float]
_LOG = logging.getLogger("purport.corpus")


def in_thread(job: Job) -> None:
    """Run a job in a thread of its own, which does not keep the process from ending."""
    threading.Thread(target=job, daemon=True).start()


def never(_kept: object, _current: object) -> bool:
    """No value is served for another version than its own."""
    return False


class Kept(NamedTuple, Generic[Version, Value]):
    """A value, and the version of the store of which it was made."""

    version: Version
    value: Value


class Cached(Generic[Version, Value]):
    """One value, kept for as long as the store has the same version.

    `version` tells the current version, and is compared by `==`; `make` makes the value of a version. Where
    `usable(kept, current)` says so of two versions, the kept value is served while the next one is made in the
    background; else, and by default, whoever asks waits for the value of the current version. After a making that
    took t seconds, none begins in the background for `rest` times t seconds.

    At most one thread makes the value at a time, and who waits for it makes it only if what came of that cannot be
    served. An error of `make` is raised to whoever waits, each of whom then tries again; of a making in the
    background it is logged, and the kept value stays.
    """

    def __init__(
        self,
        version: Callable[[], Version],
        make: Callable[[Version], Value],
        usable: Callable[[Version, Version], bool] = never,
        *,
        rest: float = 0.0,
        background: Callable[[Job], None] = in_thread,
        clock: Clock = time.monotonic,
    ) -> None:
        self.kept: Kept[Version, Value] | None = None
        self.usable = usable
        self._version, self._make = version, make
        self._rest, self._background, self._clock = rest, background, clock
        self._resting_until = clock()
        self._making = threading.Lock()

    def get(self) -> Value:
        """The value of the current version, or an earlier one that is usable. Raises what `version` and `make` do."""
        kept, version = self.kept, self._version()
        if kept is not None and kept.version == version:
            return kept.value
        if kept is not None and self.usable(kept.version, version):
            self._refresh()
            return kept.value
        with self._making:
            kept, version = self.kept, self._version()
            if kept is None or not (kept.version == version or self.usable(kept.version, version)):
                kept = self._renew(version)
            return kept.value

    def clear(self) -> None:
        """Let go of the value: it is made again when it is next asked for."""
        with self._making:
            self.kept = None

    def _renew(self, version: Version) -> Kept[Version, Value]:
        start = self._clock()
        try:
            self.kept = kept = Kept(version, self._make(version))
        finally:
            self._resting_until = self._clock() + self._rest * (self._clock() - start)
        return kept

    def _refresh(self) -> None:
        """Begin to make the value in the background, unless it is being made or was just now."""
        if self._clock() < self._resting_until or not self._making.acquire(blocking=False):
            return

        def job() -> None:
            try:
                self._renew(self._version())
            except Exception:
                _LOG.exception("a value could not be made again; the earlier one is served")
            finally:
                self._making.release()

        try:
            self._background(job)
        except BaseException:
            self._making.release()
            raise


class TimedAnswers:
    """Answers by key, served by their age: stale-while-revalidate.

    An answer is served for as long as `version` gives what it gave before the answer was made; and, while others
    change the store, for `max_age` seconds. Older, it is served and made again in the background; from `max_stale`
    seconds on, whoever asks waits. `size` is how many answers are kept: those made longest ago go first.

    Each answer is made by one thread at a time; others who must wait get what it makes, or its error. An error in the
    background is logged, and the earlier answer stays.
    """

    def __init__(
        self,
        version: Callable[[], object],
        *,
        max_age: float,
        max_stale: float,
        size: int = 256,
        background: Callable[[Job], None] = in_thread,
        clock: Clock = time.monotonic,
    ) -> None:
        self._version, self._background, self._clock = version, background, clock
        self._max_age, self._max_stale, self._size = max_age, max_stale, size
        self._kept: dict[Hashable, tuple[object, float, Any]] = {}
        self._lock = threading.Lock()
        self._calls = SingleFlight()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives for the key, or gave before. Raises what `version` and `make` do."""
        kept = self._kept.get(key)
        if kept is None:
            return self._calls.call(key, partial(self._renew, key, make, kept))
        version, made_at, value = kept
        age = self._clock() - made_at
        if age >= self._max_age and version != self._version():
            renew = partial(self._renew, key, make, kept)
            if age >= self._max_stale:
                return self._calls.call(key, renew)
            self._calls.start(key, renew, self._background)
        return cast(Made, value)

    def _renew(self, key: Hashable, make: Callable[[], Made], seen: object) -> Made:
        """Make the answer, unless another thread has done so since this one has `seen` what was kept."""
        newer = self._kept.get(key)
        if newer is not None and newer is not seen:
            return cast(Made, newer[2])
        version = self._version()
        made = make()
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = version, self._clock(), made
            _trim(self._kept, self._size)
        return made


class DerivedAnswers(Generic[Value]):
    """Answers by key that are derived from a `Cached` value, and kept until that is another.

    Once it is, an earlier answer is served while it is made again in the background, one answer at a time; but none
    whose value would itself not be usable any more. `size` is how many answers are kept, of the current value and of
    earlier ones: those made longest ago go first.

    Each answer is made by one thread at a time; others who ask for it meanwhile get what it makes, or its error. An
    error in the background is logged, and the earlier answer stays.
    """

    def __init__(
        self, source: Cached[Any, Value], *, size: int = 256, background: Callable[[Job], None] = in_thread
    ) -> None:
        self._source, self._size, self._background = source, size, background
        self._seen: Kept[Any, Value] | None = None
        self._current: dict[Hashable, Any] = {}
        self._earlier: dict[Hashable, Any] = {}
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._calls, self._refreshing = SingleFlight(), SingleFlight()

    def get(self, value: Value, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make`, which uses `value`, gives for the key, or gave before. What is made of a value that is not kept
        any more is given, but not kept; and where there is an answer of a newer value, that is given."""
        renew = partial(self._renew, value, key, make)
        with self._lock:
            self._follow()
            if key in self._current:
                return cast(Made, self._current[key])
            missing = key not in self._earlier
            earlier = self._earlier.get(key)
        if missing:
            return self._calls.call((id(value), key), renew)
        self._refreshing.start(key, partial(self._in_turn, renew), self._background)
        return cast(Made, earlier)

    def _follow(self) -> None:
        """Sort the answers anew where the value is another. The caller holds the lock."""
        seen, kept = self._seen, self._source.kept
        if kept is seen:
            return
        usable = seen is not None and kept is not None and self._source.usable(seen.version, kept.version)
        self._earlier = {**self._earlier, **self._current} if usable else {}
        _trim(self._earlier, self._size)
        self._current, self._seen = {}, kept

    def _in_turn(self, renew: Job) -> None:
        with self._one_at_a_time:  # else who waits for an answer would wait for all that are made again
            renew()

    def _renew(self, value: Value, key: Hashable, make: Callable[[], Made]) -> Made:
        with self._lock:
            self._follow()
            if key in self._current:  # another thread was faster
                return cast(Made, self._current[key])
        made = make()
        with self._lock:
            self._follow()
            if self._seen is not None and self._seen.value is value:
                self._earlier.pop(key, None)
                self._current[key] = made
                _trim(self._current, self._size)
        return made


class SingleFlight:
    """Calls by key of which no two run at the same time: who calls what is running waits, and shares what comes of it.

    Known by this name from Go's golang.org/x/sync/singleflight.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[Hashable, Future[Any]] = {}

    def call(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, or the call of the key that is running. Raises what that raises."""
        future, own = self._enter(key)
        if own:
            self._run(key, future, make)
        return cast(Made, future.result())

    def start(self, key: Hashable, make: Job, background: Callable[[Job], None]) -> None:
        """Run `make` in the background, where no call of the key is running. Its error is logged."""
        future, own = self._enter(key)
        if not own:
            return
        try:
            background(partial(self._run, key, future, make, log=True))
        except BaseException as error:
            self._leave(key)
            future.set_exception(error)
            raise

    def _enter(self, key: Hashable) -> tuple[Future[Any], bool]:
        """The running call of a key, and whether it is the caller's own, to be run now."""
        with self._lock:
            running = self._running.get(key)
            if running is not None:
                return running, False
            own: Future[Any] = Future()
            self._running[key] = own
            return own, True

    def _leave(self, key: Hashable) -> None:
        with self._lock:
            del self._running[key]

    def _run(self, key: Hashable, future: Future[Any], make: Job, log: bool = False) -> None:
        try:
            made = make()
        except BaseException as error:
            if log:
                _LOG.exception("an answer could not be made again; the earlier one is served")
            self._leave(key)
            future.set_exception(error)
        else:
            self._leave(key)
            future.set_result(made)


def _trim(kept: dict[Hashable, Any], size: int) -> None:
    """Let go of what was put in first, until no more than `size` are left."""
    while len(kept) > size:
        del kept[next(iter(kept))]
