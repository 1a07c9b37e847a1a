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
        own = sorted(set(texts))
        place = {text: i for i, text in enumerate(own)}
        return cls(tuple(own), np.fromiter(map(place.__getitem__, texts), np.int64, len(texts)))

    def fitting(self, fits: Callable[[str], bool]) -> Bools:
        """For each number whether its text fits; each text is asked about once, however many ties have it."""
        return np.fromiter(map(fits, self.texts), np.bool_, len(self.texts))


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All that is reckoned with of ties, a number a tie. `actors` are holders and targets together, `rank` the place
    of a tie among all by its id, `groups` says which documents are copies of each other."""

    actors: tuple[str, ...]
    holder: Ints
    target: Ints
    sign: Ints
    certain: Bools
    rank: Ints
    groups: Ints
    days: Column
    outlets: Column
    vouchers: Column
    kinds: Column

    @classmethod
    def of(cls, rows: Sequence[Tie]) -> Columns:
        """The columns of ties."""
        both = Column.of([*(tie.holder for tie in rows), *(tie.target for tie in rows)])
        return cls(
            both.texts,
            both.number[: len(rows)],
            both.number[len(rows) :],
            np.sign(np.fromiter((tie.sign for tie in rows), np.int64, len(rows))),
            np.fromiter((tie.certainty == "CT+" for tie in rows), np.bool_, len(rows)),
            Column.of([tie.id for tie in rows]).number,
            Column.of([tie.copies or tie.document for tie in rows]).number,
            Column.of([tie.published for tie in rows]),
            Column.of([tie.outlet for tie in rows]),
            Column.of([tie.voucher for tie in rows]),
            Column.of([tie.kind for tie in rows]),
        )


class Ties(Sequence[Tie]):
    """Ties in their order, with their columns; or some of them, whose columns are those of all."""

    def __init__(self, rows: Sequence[Tie], columns: Columns, places: Ints) -> None:
        """`places` are those of the ties that are meant among all `rows`."""
        self._rows = rows
        self.columns = columns
        self.places = places

    @classmethod
    def of(cls, ties: Iterable[Tie]) -> Ties:
        """These ties; those that have columns already as they are."""
        if isinstance(ties, Ties):
            return ties
        rows = list(ties)
        return cls(rows, Columns.of(rows), np.arange(len(rows), dtype=np.int64))

    def where(self, kept: Bools) -> Ties:
        """Those for which it holds, a value a tie."""
        return Ties(self._rows, self.columns, self.places[kept])

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

    def at(self, places: Ints) -> list[Tie]:
        """The ties at places among all rows, in that order."""
        return [self._rows[place] for place in places.tolist()]

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Tie: ...
    @overload
    def __getitem__(self, index: slice) -> Ties: ...
    def __getitem__(self, index: int | slice) -> Tie | Ties:
        if isinstance(index, slice):
            return Ties(self._rows, self.columns, self.places[index])
        return self._rows[int(self.places[index])]

    def __iter__(self) -> Iterator[Tie]:
        return map(self._rows.__getitem__, self.places.tolist())
