"""What the documents of a store share: as it is kept, with what is not kept yet worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from purport import store as stores
from purport.corpus.likeness import texts_of, worth_keeping
from purport.store.shared import KeptShared, days_shared

if TYPE_CHECKING:
    from purport.stories.passages import Listed, Passage, Shared
    from purport.stories.places import Codes
    from purport.stories.seeds import Seeded

MOST = 200_000
"""Documents of a store of which it is kept what they share: their words are all looked at for each that comes."""
_LOOKED = 20
"""As many documents take about as long to be looked through as one to be compared with them."""
_READ = 200
"""Documents whose texts are read at once."""


class Sharing:
    """What the documents share as it was when it was asked for."""

    def __init__(self, store: stores.Store) -> None:
        from purport.stories.passages import Shared, shared, unfixed

        work = _Work(store)
        seeded = work.seeded(work.words()[0])
        found = [work.kept.shared(work.first), *shared(seeded, work.first)]
        self.order = work.order
        self._found = unfixed(seeded, Shared.joined(found))

    def rows(self, documents: Collection[str] | None = None, least: float = 0.0) -> Shared:
        """What they share, or what these share with one another, where at least so large a part of the words (0..1) is
        in common; by the ids of the two and places."""
        import numpy as np

        from purport.stories.passages import STEP

        kept = self._found.rows[:, -1] >= round(least * STEP)
        if documents is not None:
            wanted = set(documents)
            own = np.array([one.id in wanted for one in self.order] or [False], dtype=bool)
            kept &= own[self._found.rows[:, 0]] & own[self._found.rows[:, 1]]
        return self._found.where(kept)


def told_of(store: stores.Store, order: Sequence[Listed], rows: Sequence[Sequence[int]]) -> list[Passage]:
    """Rows of what is shared as they are told, in their order."""
    from purport.stories.passages import told
    from purport.stories.places import places_of

    texts = {one.id: one for one in texts_of(store, {order[number].id for row in rows for number in row[:2]})}
    known: dict[str, int] = {}
    places = lru_cache(_READ * 10)(lambda number: places_of(texts[order[number].id].text, known))
    return [told(row, order, places, texts) for row in rows]


def in_order(order: Sequence[Listed], rows: Iterable[Sequence[int]]) -> list[Sequence[int]]:
    """Rows by the ids of the two documents, the smaller first, and the places in it."""

    def key(row: Sequence[int]) -> tuple[str, str, int, int]:
        (a, a_from), (b, b_from) = sorted([(order[row[0]].id, row[2]), (order[row[1]].id, row[4])])
        return a, b, a_from, b_from

    return sorted(rows, key=key)


def keep_sharing(store: stores.Store) -> None:
    """Keep what documents share, where it is not kept already, in a store that can be written and is not too large,
    unless too few came for what is to be looked at (`worth_keeping`). Raises `StoreError`."""
    from purport.stories.passages import shared

    work = _Work(store)
    stale, total = len(work.order) - work.first, len(work.order)
    if not stale or total > MOST or not worth_keeping(work.kept.missing(), max(stale, total // _LOOKED)):
        return
    every, new = work.words()
    work.kept.keep_words(new)
    work.kept.begin(work.first, work.stale)
    for found in shared(work.seeded(every), work.first):
        work.kept.keep(found)
    work.kept.close({day: work.signatures[day] for day in work.stale if day in work.signatures})


class _Work:
    """What is to be worked out of a store: documents from number `first` on, of the `stale` days."""

    def __init__(self, store: stores.Store) -> None:
        from purport.stories.passages import Listed, signatures
        from purport.stories.texts import day_of

        rows = store.query("SELECT id, coalesce(published, ''), coalesce(outlet, '') FROM document")
        self.order = sorted(Listed(day_of(published), id, outlet) for id, published, outlet in rows)
        self.signatures = signatures(self.order)
        known = days_shared(store)
        wrong = [day for day, told in self.signatures.items() if known.get(day) != told]
        begin = min(wrong, default=None)
        self.first = next((at for at, one in enumerate(self.order) if one.day == begin), len(self.order))
        self.stale = {day for day in (*known, *self.signatures) if begin is not None and day >= begin}
        self.stale |= known.keys() - self.signatures.keys()
        self.kept = KeptShared(store, [one.id for one in self.order])
        self._store = store

    def words(self) -> tuple[dict[int, Codes], dict[int, Codes]]:
        """The words of all documents, and of those of which they are not kept."""
        kept = self.kept.words()
        new = dict(_read(self._store, self.order, [at for at in range(len(self.order)) if at not in kept]))
        return {**kept, **new}, new

    def seeded(self, words: Mapping[int, Codes]) -> Seeded:
        """The documents with their words."""
        from purport.stories.passages import seeded_of

        return seeded_of(self.order, [words[number] for number in range(len(self.order))])


def _read(store: stores.Store, order: Sequence[Listed], numbers: Sequence[int]) -> Iterator[tuple[int, Codes]]:
    from purport.stories.places import places_of

    known: dict[str, int] = {}
    for at in range(0, len(numbers), _READ):
        some = {order[number].id: number for number in numbers[at : at + _READ]}
        for text in texts_of(store, some):
            yield some[text.id], places_of(text.text, known).codes
