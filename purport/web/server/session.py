"""What the pages of one store share: connections, who is who, what was judged; and what is kept of it for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.review import State, states
from purport.corpus.standing import Standing
from purport.model.rows import Judgement, Review
from purport.network.copies import Sketches
from purport.runtime.gc_pause import uncollected
from purport.store import browse
from purport.store.browse import Layout

FRESH = 20.0
"""Seconds for which counts and lists may be of an earlier moment, while somebody else writes to the store."""
_STALE = 60.0
"""Seconds after which one waits for them to be made anew; before, the earlier ones are told while they are."""
_KEPT = 256
"""Answers that are kept."""
_FIRST = 240
"""Actors that are told at once: those named most, of which each has thousands of entities in a large store."""
_LAYOUTS = 16
"""Texts that are kept."""

Made = TypeVar("Made")


class Desk:
    """The store at a path, asked by many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._watch = stores.Store(path)
        self._lock = threading.Lock()
        self._making: dict[object, threading.Lock] = {}
        self._kept: OrderedDict[object, tuple[int, float, object]] = OrderedDict()
        self._cast: tuple[tuple[int, int], Cast] | None = None
        self._casting = threading.Lock()
        self._cast_after = 0.0
        self._of_cast: dict[object, tuple[Cast, object]] = {}
        self._standing: tuple[tuple[int, int], Standing] | None = None
        self._setting = threading.Lock()
        self._standing_after = 0.0
        self._sketches = Sketches()
        self._of_standing: dict[object, object] = {}
        self._of_earlier: dict[object, object] = {}
        self._remaking: set[object] = set()
        self._again = threading.Lock()
        self._reviews: tuple[Review, ...] = ()
        self._states: dict[str, State] = {}
        self._layouts: OrderedDict[int, Layout] = OrderedDict()

    @property
    def store(self) -> stores.Store:
        """The store, for reading in this thread."""
        found = getattr(self._own, "store", None)
        if found is None:
            found = self._own.store = stores.Store(self.path)
        return cast(stores.Store, found)

    def moment(self) -> int:
        """A number that is another once anybody has written to the store."""
        with self._lock:
            return stores.moment(self._watch)

    def remembered(self, key: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for each moment of the store, or each `FRESH` seconds while others write.

        Who asks a little later than that gets the earlier answer too, and it is made anew for the next."""
        with self._lock:
            kept, remaking = self._kept.get(key), ("remembered", key)
            age = time.monotonic() - kept[1] if kept is not None else 0.0
            if kept is not None and FRESH <= age < _STALE and kept[0] != stores.moment(self._watch):
                if remaking not in self._remaking:
                    self._remaking.add(remaking)
                    threading.Thread(target=self._remember_again, args=(key, make), daemon=True).start()
                return cast(Made, kept[2])
        return self._remember(key, make)

    def _remember_again(self, key: object, make: Callable[[], object]) -> None:
        try:
            self._remember(key, make)
        finally:
            with self._lock:
                self._remaking.discard(("remembered", key))
            self._let_go()

    def _let_go(self) -> None:
        """Close the store of a thread that ends."""
        if getattr(self._own, "store", None) is not None:
            self._own.store.close()
            self._own.store = None

    def _remember(self, key: object, make: Callable[[], Made]) -> Made:
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            moment = self.moment()
            kept = self._kept.get(key)
            if kept is not None and (kept[0] == moment or time.monotonic() - kept[1] < FRESH):
                return cast(Made, kept[2])
            made = make()
            with self._lock:
                self._kept[key] = (moment, time.monotonic(), made)
                self._kept.move_to_end(key)
                while len(self._kept) > _KEPT:
                    gone, _ = self._kept.popitem(last=False)
                    self._making.pop(gone, None)
            return made

    def layout(self, key: int, document: str) -> Layout:
        """How a document is laid out; texts never change."""
        with self._lock:
            found = self._layouts.get(hash((key, document)))
        if found is None:
            found = browse.layout(self.store, key)
            with self._lock:
                self._layouts[hash((key, document))] = found
                while len(self._layouts) > _LAYOUTS:
                    self._layouts.popitem(last=False)
        return found

    # -- who is who -----------------------------------------------------------------------------------------------

    def cast(self) -> Cast:
        """The actors, as people's judgements have them by now. Those of documents that are being read in come in after
        a while: finding who is who in a large store takes seconds, in which an earlier answer is given."""
        entities = browse.state_of_entities(self.store)
        if self._cast is None:
            with self._casting:
                if self._cast is None:
                    self._recast(entities)
        elif (
            self._cast[0] != entities and time.monotonic() > self._cast_after and self._casting.acquire(blocking=False)
        ):
            threading.Thread(target=self._recast_later, args=(entities,), daemon=True).start()
        assert self._cast is not None
        known, found = self._cast
        judged = stores.judgements(self.store)
        if tuple(judged) != found.judgements:
            found = Cast(found.rows.values(), judged, found.found)
            self._cast = known, found
        return found

    def _recast(self, entities: tuple[int, int]) -> None:
        before = time.monotonic()
        with uncollected(kept=True), self.store.snapshot():
            found = Cast.of(self.store)
        # Its names are folded, its actors sorted and the first of them counted now, and not when somebody waits.
        found.bearing("nobody")
        for _ in found.actors(limit=_FIRST):
            pass
        self._cast = entities, found
        took = time.monotonic() - before
        self._cast_after = time.monotonic() + 20 * took  # so that it takes a small part of a core at most

    def _recast_later(self, entities: tuple[int, int]) -> None:
        try:
            self._recast(entities)
        finally:
            self._casting.release()
            self._let_go()

    def of_cast(self, key: object, make: Callable[[Cast], Made]) -> Made:
        """What `make` gives of the actors, made once for as long as they are the same."""
        found = self.cast()
        kept = self._of_cast.get(key)
        if kept is None or kept[0] is not found:
            kept = found, make(found)
            with self._lock:
                if len(self._of_cast) > _KEPT:
                    self._of_cast.clear()
                self._of_cast[key] = kept
        return cast(Made, kept[1])

    def standing(self) -> Standing:
        """Who stands how to whom, by the actors of `cast`. As there, what documents say that are being read in comes
        in after a while; what people judge of actors comes in at once."""
        cast, stances = self.cast(), stores.state_of_stances(self.store)
        with self._lock:
            known = self._standing
        if known is None or known[1].cast.judgements != cast.judgements:
            with self._setting:
                if self._standing is None or self._standing[1].cast.judgements != cast.judgements:
                    self._stand(stances, cast)
        elif (
            (known[0] != stances or known[1].cast is not cast)
            and time.monotonic() > self._standing_after
            and self._setting.acquire(blocking=False)
        ):
            threading.Thread(target=self._stand_later, args=(stances, cast), daemon=True).start()
        assert self._standing is not None
        return self._standing[1]

    def _stand(self, stances: tuple[int, int], cast: Cast) -> None:
        before = time.monotonic()
        with uncollected(kept=True), self.store.snapshot():
            found = Standing.of(self.store, cast, self._sketches)
        with self._lock:
            # What was made of an earlier moment is shown until it is made anew, but never against a judgement.
            same = self._standing is not None and self._standing[1].cast.judgements == cast.judgements
            self._of_earlier = {**self._of_earlier, **self._of_standing} if same else {}
            if len(self._of_earlier) > _KEPT:
                self._of_earlier = dict(self._of_standing)
            self._standing = stances, found
            self._of_standing = {}
        self._standing_after = time.monotonic() + 20 * (time.monotonic() - before)

    def _stand_later(self, stances: tuple[int, int], cast: Cast) -> None:
        try:
            self._stand(stances, cast)
        finally:
            self._setting.release()
            self._let_go()

    def of_standing(self, found: Standing, key: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for as long as that is who stands how to whom. Where documents have come in
        since, what was made before them, which is made anew meanwhile."""
        with self._lock:
            if key in self._of_standing:
                return cast(Made, self._of_standing[key])
            if key in self._of_earlier:
                if key not in self._remaking:
                    self._remaking.add(key)
                    threading.Thread(target=self._made_again, args=(found, key, make), daemon=True).start()
                return cast(Made, self._of_earlier[key])
            making = self._making.setdefault((found, key), threading.Lock())
        try:
            with making:  # who asks for the same waits for it, and does not make it too
                if key in self._of_standing and self._standing is not None and self._standing[1] is found:
                    return cast(Made, self._of_standing[key])
                made = make()
                self._keep(found, key, made)
                return made
        finally:
            with self._lock:
                self._making.pop((found, key), None)

    def _made_again(self, found: Standing, key: object, make: Callable[[], object]) -> None:
        try:
            with self._again:  # one after the other, or who waits for an answer waits for all of them
                self._keep(found, key, make())
        finally:
            with self._lock:
                self._remaking.discard(key)

    def _keep(self, found: Standing, key: object, made: object) -> None:
        with self._lock:
            if self._standing is not None and self._standing[1] is found:
                if len(self._of_standing) > _KEPT:
                    self._of_standing = {}
                self._of_standing[key] = made
                self._of_earlier.pop(key, None)

    def bearing(self, name: str) -> list[str]:
        """The ids of the entities of actors that bear a name."""
        return self.of_cast(("bearing", name), lambda found: found.bearing(name))

    # -- judging --------------------------------------------------------------------------------------------------

    def reviews(self) -> tuple[Review, ...]:
        """All judgements of items, in order."""
        self._look()
        return self._reviews

    def states(self) -> dict[str, State]:
        """The state of every item that was ever judged."""
        self._look()
        return self._states

    def _look(self) -> None:
        last = stores.last_review(self.store)
        if last == len(self._reviews):
            return
        with self._lock:
            newer = stores.reviews(self.store, len(self._reviews))
            if newer:
                self._reviews = (*self._reviews, *newer)
                self._states = states(self._reviews)

    def review(self, made: Sequence[Review], after: int | None = None) -> int | stores.Overtaken:
        """Keep judgements of items; see `purport.store.review`."""
        with stores.Store(self.path, write=True, alone=False) as store:
            return stores.review(store, made, after)

    def judge(self, judgement: Judgement) -> int:
        """Keep a judgement of an actor; its number."""
        with stores.Store(self.path, write=True, alone=False) as store:
            return stores.judge(store, judgement)

    def close(self) -> None:
        """Let go of the store in this thread."""
        self._watch.close()
