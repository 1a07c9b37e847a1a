"""The store that is served: connections, actors, the stance graph, judgements, and answers kept for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.cache import Cached, DerivedAnswers, Job, TimedAnswers, in_thread
from purport.corpus.likeness import Likeness
from purport.corpus.review import State, states
from purport.corpus.sharing import Sharing
from purport.corpus.standing import Standing
from purport.corpus.who import WhoOfCast
from purport.model.rows import Judgement, Review, StoryJudgement
from purport.network.copies import Sketches
from purport.runtime.gc_pause import uncollected
from purport.store import browse
from purport.store.browse import Layout, Wanted
from purport.store.tally import Cards, Tally
from purport.store.ties import judge_stories

_MAX_AGE = 20.0
"""Seconds for which counts and lists are served as they are, while somebody else writes to the store."""
_MAX_STALE = 60.0
"""Seconds after which one waits for them; before, the earlier ones are served while they are made again."""
_REST = 20.0
"""The actors and the stance graph of a large store take seconds to make. After t seconds of that, they are not made
again for 20 t, so that it takes a small part of a core at most."""
_WARMED = 240
"""Actors that are counted ahead: those named most, of which each has thousands of entities in a large store."""
_LAYOUTS = 16
"""Documents whose layout is kept."""

Made = TypeVar("Made")


class _StanceVersion(NamedTuple):
    """What the stance graph is made of: the state of the stances, and the actors."""

    stances: tuple[int, int]
    cast: Cast


class Session:
    """The store at a path, asked by many threads.

    What documents say that are being read in comes in after a while, in which earlier answers are served; what people
    judge comes in at once. Everything here raises `StoreError` where the store cannot be read.
    """

    def __init__(self, path: Path) -> None:
        """Raises `StoreError` where there is no store that can be read."""
        self.path = path
        self._own = threading.local()
        self._watching = threading.Lock()
        self._watch = stores.Store(path)
        self._sketches = Sketches()
        self._layouts = lru_cache(_LAYOUTS)(self._read_layout)
        self._reviewed = Cached(lambda: stores.last_review(self.store), self._read_reviews)
        self._linked = Cached(
            lambda: browse.state_of_entities(self.store), self._link, usable=lambda _kept, _current: True,
            rest=_REST, background=self._in_background,
        )  # fmt: skip
        self._cast = Cached(lambda: (self._linked.get(), tuple(stores.judgements(self.store))), _judged)
        self._standing = Cached(
            lambda: _StanceVersion(stores.state_of_stances(self.store), self.cast()), self._build_standing,
            usable=lambda kept, current: kept.cast.judgements == current.cast.judgements,
            rest=_REST, background=self._in_background,
        )  # fmt: skip
        self._cards = Cached(
            self.data_version, lambda _version: Cards.of(self.store), usable=lambda _kept, _current: True,
            rest=_REST, background=self._in_background,
        )  # fmt: skip
        self._answers = TimedAnswers(
            self.data_version, max_age=_MAX_AGE, max_stale=_MAX_STALE, background=self._in_background
        )
        self._likeness = Cached(
            self.data_version, self._find_likeness, usable=lambda _kept, _current: True,
            rest=_REST, background=self._in_background,
        )  # fmt: skip
        self._sharing = Cached(
            self.data_version, self._find_sharing, usable=lambda _kept, _current: True,
            rest=_REST, background=self._in_background,
        )  # fmt: skip
        self._of_likeness = DerivedAnswers(self._likeness, background=self._in_background)
        self._of_cast = DerivedAnswers(self._cast, background=self._in_background)
        self._of_standing = DerivedAnswers(self._standing, background=self._in_background)
        self._of_cards = DerivedAnswers(self._cards, background=self._in_background)

    # -- connections ----------------------------------------------------------------------------------------------

    @property
    def store(self) -> stores.Store:
        """The store, for reading in this thread."""
        store: stores.Store | None = getattr(self._own, "store", None)
        if store is None:
            store = self._own.store = stores.Store(self.path)
        return store

    def data_version(self) -> int:
        """A number that changes once anybody has written to the store; the same in all threads."""
        with self._watching:
            return stores.data_version(self._watch)

    def close(self) -> None:
        """Close the connections of this thread, and that by which changes are noticed."""
        self._close_own()
        self._watch.close()

    def _close_own(self) -> None:
        store: stores.Store | None = getattr(self._own, "store", None)
        if store is not None:
            store.close()
            self._own.store = None

    def _in_background(self, job: Job) -> None:
        def run() -> None:
            try:
                job()
            finally:
                self._close_own()

        in_thread(run)

    # -- answers that are kept ------------------------------------------------------------------------------------

    def cached(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made again once the store changes, though at most every 20 seconds (`TimedAnswers`)."""
        return self._answers.get(key, make)

    def from_cast(self, key: Hashable, make: Callable[[Cast], Made]) -> Made:
        """What `make` gives of the actors, made once for as long as they are the same."""
        cast = self.cast()
        return self._of_cast.get(cast, key, lambda: make(cast))

    def from_likeness(self, key: Hashable, make: Callable[[Likeness], Made]) -> Made:
        """What `make` gives of the documents' likeness, made once for as long as it is the same."""
        likeness = self.likeness()
        return self._of_likeness.get(likeness, key, lambda: make(likeness))

    def from_standing(self, standing: Standing, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for as long as that is the stance graph. Where documents have been read in
        since, the earlier answer, which is made again in the background; but none from before a judgement."""
        return self._of_standing.get(standing, key, make)

    def bearing(self, name: str) -> list[str]:
        """The ids of the entities of actors that bear a name."""
        return self.from_cast(("bearing", name), lambda cast: cast.bearing(name))

    def tally(self, key: Hashable, wanted: Wanted) -> Tally:
        """How many statements fit, made once a key for as long as the store is the same. What others write meanwhile
        is counted after a while."""
        cards = self._cards.get()
        return self._of_cards.get(cards, key, lambda: cards.tally(self.store, wanted, self.bearing))

    def prepare(self) -> None:
        """Make in the background what all lists are counted by, so that nobody waits for it."""
        self._in_background(self._cards.get)

    def layout(self, key: int, document: str) -> Layout:
        """The layout of a document, by its row and id; texts never change."""
        return self._layouts(key, document)

    def _read_layout(self, key: int, _document: str) -> Layout:
        return browse.layout(self.store, key)

    # -- actors and the stance graph ------------------------------------------------------------------------------

    def cast(self) -> Cast:
        """The actors, by all judgements of people; of documents that are being read in, after a while."""
        return self._cast.get()

    def _link(self, _entities: tuple[int, int]) -> Cast:
        with uncollected(kept=True), self.store.snapshot():
            cast = Cast.of(self.store)
        # What is worked out when first asked for is worked out now, and not while somebody waits.
        cast.bearing("nobody")
        for _ in cast.actors(limit=_WARMED):
            pass
        return cast

    def likeness(self) -> Likeness:
        """How like the documents are to one another; of documents that are being read in, after a while."""
        return self._likeness.get()

    def _find_likeness(self, _version: int) -> Likeness:
        with uncollected(kept=True), self.store.snapshot():
            return Likeness(self.store)

    def sharing(self) -> Sharing:
        """What the documents share with one another; of documents that are being read in, after a while."""
        return self._sharing.get()

    def _find_sharing(self, _version: int) -> Sharing:
        with uncollected(kept=True), self.store.snapshot():
            return Sharing(self.store)

    def standing(self) -> Standing:
        """Who stands how to whom, by all judgements of actors; of documents that are being read in, after a while."""
        return self._standing.get()

    def _build_standing(self, version: _StanceVersion) -> Standing:
        with uncollected(kept=True), self.store.snapshot():
            return Standing.of(self.store, WhoOfCast(version.cast), self._sketches)

    # -- judgements -----------------------------------------------------------------------------------------------

    def reviews(self) -> tuple[Review, ...]:
        """All judgements of items, in order."""
        return self._reviewed.get()[0]

    def states(self) -> dict[str, State]:
        """The state of every item that was ever judged, by its id."""
        return self._reviewed.get()[1]

    def _read_reviews(self, _last: int) -> tuple[tuple[Review, ...], dict[str, State]]:
        known = self._reviewed.kept.value[0] if self._reviewed.kept is not None else ()
        reviews = (*known, *stores.reviews(self.store, len(known)))
        return reviews, states(reviews)

    def review(self, made: Sequence[Review], after: int | None = None) -> int | stores.Overtaken:
        """Keep judgements of items; see `purport.store.review`."""
        with stores.Store(self.path, write=True, alone=False) as store:
            return stores.review(store, made, after)

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Keep judgements of actors, all or none; the number of the last."""
        with stores.Store(self.path, write=True, alone=False) as store:
            return stores.judge(store, judgements)

    def judge_stories(self, judgements: Sequence[StoryJudgement]) -> int:
        """Keep judgements of stories, all or none; the number of the last."""
        with stores.Store(self.path, write=True, alone=False) as store:
            return judge_stories(store, judgements)


def _judged(version: tuple[Cast, tuple[Judgement, ...]]) -> Cast:
    """The actors by these judgements. Those found across documents stay as they are, since finding them takes long."""
    cast, judgements = version
    return cast if cast.judgements == judgements else Cast(cast.rows.values(), judgements, cast.found)
