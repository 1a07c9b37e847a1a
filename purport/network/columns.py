"""Ties as columns of numbers: what is asked of hundreds of thousands of them is then asked of arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from purport.model.networks import Tie

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One text of each of many ties: the different texts in order, and for each tie the number of its own."""

    texts: tuple[str, ...]
    number: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Column:
        """The column of these texts."""
        place = {text: i for i, text in enumerate(sorted(set(texts)))}
        return cls(tuple(place), np.array([place[text] for text in texts], dtype=np.int64))

    @classmethod
    def at(cls, texts: Sequence[str], places: Ints) -> Column:
        """The column of those of the texts, which need not differ, that stand at the places."""
        used = np.flatnonzero(np.bincount(places, minlength=len(texts)))
        own = tuple(sorted({texts[at] for at in used.tolist()}))
        place = {text: i for i, text in enumerate(own)}
        number = np.zeros(len(texts), np.int64)
        number[used] = [place[texts[at]] for at in used.tolist()]
        return cls(own, number[places])

    def __getitem__(self, tie: int) -> str:
        """The text of the tie at that place."""
        return self.texts[int(self.number[tie])]

    def fitting(self, fits: Callable[[str], bool]) -> Bools:
        """For each number whether its text fits; each text is asked about once, however many ties have it."""
        return np.fromiter(map(fits, self.texts), np.bool_, len(self.texts))


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All there is of ties, a place a tie. `actors` are holders and targets together, `copies` says which documents
    are copies of each other."""

    ids: Sequence[str]
    actors: tuple[str, ...]
    holder: Ints
    target: Ints
    sign: Ints
    documents: Column
    copies: Column
    days: Column
    outlets: Column
    vouchers: Column
    kinds: Column
    certainties: Column
    confidence: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[Tie]) -> Columns:
        """The columns of ties."""
        both = Column.of([*(tie.holder for tie in rows), *(tie.target for tie in rows)])
        return cls(
            [tie.id for tie in rows],
            both.texts,
            both.number[: len(rows)],
            both.number[len(rows) :],
            np.sign(np.fromiter((tie.sign for tie in rows), np.int64, len(rows))),
            Column.of([tie.document for tie in rows]),
            Column.of([tie.copies or tie.document for tie in rows]),
            Column.of([tie.published for tie in rows]),
            Column.of([tie.outlet for tie in rows]),
            Column.of([tie.voucher for tie in rows]),
            Column.of([tie.kind for tie in rows]),
            Column.of([tie.certainty for tie in rows]),
            np.fromiter((tie.confidence for tie in rows), np.float64, len(rows)),
        )

    def tie(self, at: int) -> Tie:
        """The tie at that place."""
        return Tie(
            self.ids[at], self.actors[self.holder[at]], self.actors[self.target[at]], int(self.sign[at]),
            self.kinds[at], self.vouchers[at], self.documents[at], self.copies[at], self.outlets[at], self.days[at],
            self.certainties[at], float(self.confidence[at]),
        )  # fmt: skip


class Ties(Sequence[Tie]):
    """Ties in their order, as columns; or some of them, whose columns are those of all."""

    def __init__(self, columns: Columns, places: Ints | None = None) -> None:
        """`places` are those of the ties that are meant, if not all are."""
        self.columns = columns
        self.places = np.arange(len(columns.ids), dtype=np.int64) if places is None else places

    @classmethod
    def of(cls, ties: Iterable[Tie]) -> Ties:
        """These ties; those that have columns already as they are."""
        return ties if isinstance(ties, Ties) else cls(Columns.of(list(ties)))

    def where(self, kept: Bools) -> Ties:
        """Those for which it holds, a value a tie."""
        return Ties(self.columns, self.places[kept])

    def between(self, holder: str, target: str) -> Ties:
        """Those of one actor to another, by their ids."""
        columns, ends = self.columns, (self._number(holder), self._number(target))
        return self.where((columns.holder[self.places] == ends[0]) & (columns.target[self.places] == ends[1]))

    def touching(self, actor: str) -> Ties:
        """Those that an actor, by its id, holds or that are to it."""
        columns, own = self.columns, self._number(actor)
        return self.where((columns.holder[self.places] == own) | (columns.target[self.places] == own))

    def _number(self, actor: str) -> int:
        """The number of an actor, -1 for one without ties."""
        at = bisect_left(self.columns.actors, actor)
        return at if at < len(self.columns.actors) and self.columns.actors[at] == actor else -1

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Tie: ...
    @overload
    def __getitem__(self, index: slice) -> Ties: ...
    def __getitem__(self, index: int | slice) -> Tie | Ties:
        if isinstance(index, slice):
            return Ties(self.columns, self.places[index])
        return self.columns.tie(int(self.places[index]))

    def __iter__(self) -> Iterator[Tie]:
        return map(self.columns.tie, self.places.tolist())
