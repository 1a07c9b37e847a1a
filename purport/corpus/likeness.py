"""How like the documents of a store are to one another: as it is kept, with what is not kept yet worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from purport import store as stores
from purport.store.ties import KeptRarities, KeptTies, dated, drop_days, signatures, story_texts

if TYPE_CHECKING:
    from purport.stories import StoryText
    from purport.stories.grouping import Graph
    from purport.stories.near import Days, Near
    from purport.stories.vectors import Row


_ALWAYS, _EACH = 500, 50


class Likeness:
    """The documents' likeness as it was when it was asked for. `days` are theirs, by id."""

    def __init__(self, store: stores.Store) -> None:
        from purport.stories.grouping import Graph

        listed, kept = _days(store), KeptTies(store)
        stale = _stale(listed, signatures(store))
        self.days = {one.id: day.day for day in listed.days for one in day.listed}
        self._rows: dict[str, Row] = {}
        ties = kept.ties() if len(stale) < len(listed.days) else {}
        for found in _worked_out(store, listed, kept, stale):
            ties.update((id, one.ties) for id, one in found.items())
            self._rows.update((id, one.row) for id, one in found.items())
        self.graph: Graph = Graph(ties, self.days)
        self.groups: dict[tuple[float, int, frozenset[str]], list[Any]] = {}
        """What was made of it, by threshold, how many judgements there were, and the documents."""

    def vectors(self, store: stores.Store, ids: Sequence[str]) -> dict[str, Row]:
        """The vectors of documents, of that store."""
        known = {id: self._rows[id] for id in ids if id in self._rows}
        return {**KeptTies(store).vectors([id for id in ids if id not in known]), **known}


def worth_keeping(new: int, stale: int) -> bool:
    """Whether what was worked out is brought up to date when so many new documents came, for which `stale` documents
    are to be looked at: one that comes to thousands without a date does not hold up who reads it in, and who asks
    later works it out."""
    return stale <= _ALWAYS + _EACH * new


def keep_likeness(store: stores.Store) -> None:
    """Keep what stories are made of, where it is not kept already, in a store that can be written: of documents that
    came, and of those that they bear on, unless these are too many (`worth_keeping`). Raises `StoreError`."""
    listed, kept = _days(store), KeptTies(store)
    known, wanted = signatures(store), listed.signatures()
    stale = {day for day, told in wanted.items() if known.get(day) != told}
    if gone := known.keys() - wanted.keys():
        drop_days(store, gone)
    ids = [one.id for day in listed.days if day.day in stale for one in day.listed]
    if not worth_keeping(kept.missing(ids), len(ids)):
        return
    order = [day.day for day in listed.days if day.day in stale]
    for day, found in zip(order, _worked_out(store, listed, kept, stale, keep=True), strict=True):
        kept.keep_day(day, wanted[day], found)


def _worked_out(
    store: stores.Store, days: Days, kept: KeptTies, stale: Collection[int], *, keep: bool = False
) -> Iterator[dict[str, Near]]:
    from purport.stories.near import Near, work_out

    def near(ids: Collection[str]) -> Mapping[str, Near]:
        ties, rows = kept.ties(ids), kept.vectors(ids)
        return {id: Near(rows[id], ties[id]) for id in ids}

    return work_out(days, lambda ids: texts_of(store, ids), near, stale, KeptRarities(store, keep=keep))


def _days(store: stores.Store) -> Days:
    from purport.stories.near import Days, Listed
    from purport.stories.texts import day_of

    return Days(Listed(one.id, one.title, day_of(one.published)) for one in dated(store))


def _stale(days: Days, known: Mapping[int, str]) -> set[int]:
    return {day for day, told in days.signatures().items() if known.get(day) != told}


def texts_of(store: stores.Store, ids: Collection[str]) -> Iterator[StoryText]:
    """The documents as stories are made of them, by id."""
    from purport.stories import StoryText

    return (StoryText(*row) for row in story_texts(store, ids))
