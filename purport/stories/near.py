"""Which documents are like one another: what stories are made of, worked out a day at a time, and kept.

Each text borrows words from the two that are most like it (local document expansion; Singhal and Pereira 1999), so that
two reports in other words meet by a third. How rare a word is, is counted over the texts of the days before (as in
topic detection and tracking; Yang, Pierce and Carbonell 1998). A document looks at those of its own day and the two
weeks before it only, so that a new day changes nothing about the days that went before: what was worked out for them
can be kept. Documents without a date look at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from purport.stories.index import Index, Products, likest
from purport.stories.texts import UNDATED, StoryText
from purport.stories.vectors import Counter, Rarity, Row, added, unit

FORM = 1
"""A number that is another whenever the same documents would come out otherwise."""
APART = 14
"""Days over which a story goes at most: what goes on longer is a chain of stories."""
EDGES = 30
"""Others that are kept for a document, at most."""
FAINT = 0.144
"""The least likeness (0..1) that is kept."""
SKETCHED = 256
_LENDERS = 2
_LENT = 1.2
"""A neighbour's words count by its likeness times this."""
_BORROWED = 800
"""Terms of a text with those of its neighbours, at most."""
_LONG, _MORE, _MOST_MORE = 100, 0.13, 1.25
"""A text of more terms than `_LONG` is given a length above 1, by this power of how many times more it has: what long
texts share is a smaller part of them, and is more evidence (pivoted length; Singhal, Buckley and Mitra 1996)."""
_ENOUGH = 1_000
"""Texts over which it is counted how rare words are, at least, where there are so many."""
_ALL = 20_000
"""Documents up to which those without a date look at dated ones too."""
_CHUNK, _CHUNK_DAYS = 1_000, 4
"""Documents, or days, from which on a new index is begun."""


class Listed(NamedTuple):
    """A document as it is listed before its text is read: its id, title, and day (`StoryText.day`, `UNDATED`)."""

    id: str
    title: str
    day: int


@dataclass(frozen=True, slots=True)
class Ties:
    """Those that a document borrows words from and those that it is like, by id, with the likeness (0..1, in steps of
    1/10,000), and a sketch of its vector with the borrowed words (`SKETCHED` numbers), by which it is guessed how like
    it is to further ones."""

    lenders: tuple[tuple[str, float], ...]
    edges: tuple[tuple[str, float], ...]
    sketch: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Near:
    """What is kept of a document: its vector and its ties."""

    row: Row
    ties: Ties


Texts = Callable[[Sequence[str]], Iterable[StoryText]]
"""Gives the documents of some ids."""
Kept = Callable[[Collection[str]], Mapping[str, Near]]
"""Gives what is kept of some documents, for days of which what is kept still holds."""


class Rarities(Protocol):
    """How rare words are in the texts of days, by a signature of what the days hold."""

    def known(self, signature: str) -> Rarity | None:
        """What is known of them."""

    def learn(self, signature: str, found: Rarity) -> None:
        """Take in what was found."""


@dataclass(frozen=True, slots=True)
class _Day:
    """The documents of a day, by id; the days whose texts tell how rare its words are, and those that it looks at, as
    numbers of the first and behind the last."""

    day: int
    listed: tuple[Listed, ...]
    counted: tuple[tuple[int, int], ...]
    looks: tuple[int, int]


class Days:
    """All documents by day, the earliest first, those without a date last, and what each day depends on."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        by_day: dict[int, list[Listed]] = {}
        for one in sorted(listed, key=lambda one: (one.day, one.id)):
            by_day.setdefault(one.day, []).append(one)
        days = list(by_day)
        sizes = [len(by_day[day]) for day in days]
        dated = len(days) - (UNDATED in by_day)
        groups = _periods(sizes[:dated]) + [(number, number + 1) for number in range(dated, len(days))]
        self.days: list[_Day] = []
        for number, day in enumerate(days):
            first = bisect_left(days, day - APART) if day != UNDATED else 0 if sum(sizes) <= _ALL else number
            self.days.append(_Day(day, tuple(by_day[day]), _counted(number, groups, sizes), (first, number + 1)))

    def signatures(self) -> dict[int, str]:
        """By day, what is another whenever what is worked out for the day would be."""
        contents = [_content(day) for day in self.days]
        rows = [_mixed(one for part in day.counted for one in contents[slice(*part)]) for day in self.days]
        own = [_mixed([one, content]) for one, content in zip(rows, contents, strict=True)]
        borrowed = [_mixed(own[slice(*day.looks)]) for day in self.days]
        edges = [_mixed(borrowed[slice(*day.looks)]) for day in self.days]
        return {day.day: f"{edge:032x}" for day, edge in zip(self.days, edges, strict=True)}


def _content(day: _Day) -> int:
    told = repr((FORM, day.day, [one[:2] for one in day.listed])).encode("utf-8", "replace")
    return int.from_bytes(blake2b(told, digest_size=16).digest())


def _mixed(numbers: Iterable[int]) -> int:
    return int.from_bytes(blake2b(repr(list(numbers)).encode(), digest_size=16).digest())


def _periods(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Days in a row with enough texts together, by the numbers of the first and behind the last; the last may have
    fewer."""
    found: list[tuple[int, int]] = []
    begin = total = 0
    for number, size in enumerate(sizes):
        total += size
        if total >= _ENOUGH or number == len(sizes) - 1:
            found.append((begin, number + 1))
            begin, total = number + 1, 0
    return found


def _counted(number: int, groups: Sequence[tuple[int, int]], sizes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The days over which it is counted how rare the words of a day are: its group's, and those before or, at the
    beginning, behind it, until there are enough texts."""
    own = next(place for place, (first, last) in enumerate(groups) if first <= number < last)
    found: list[tuple[int, int]] = []
    total = 0
    for place in (*range(own, -1, -1), *range(own + 1, len(groups))):
        if total >= _ENOUGH:
            break
        found.append(groups[place])
        total += sum(sizes[slice(*groups[place])])
    return tuple(sorted(found))


@dataclass(slots=True)
class _Chunk:
    """An index of the days from number `first` to before `last`, with documents in order."""

    first: int
    last: int
    index: Index | None = None


class _Room:
    """The documents of a stretch of days under running numbers, their vectors, and indexes of them."""

    def __init__(self, days: Sequence[_Day], begin: int) -> None:
        self._days = days
        self.starts = [0, *accumulate(len(one.listed) for one in days)]
        self._rows: dict[int, list[Row]] = {}
        self._chunks: list[_Chunk] = [_Chunk(begin, begin)]
        self._products = Products()

    def add(self, number: int, rows: list[Row]) -> None:
        """Take in the vectors of the next day."""
        self._rows[number] = rows
        open_ = self._chunks[-1]
        if open_.last == open_.first:
            open_.first = open_.last = number
        elif (
            number != open_.last
            or self.starts[open_.last] - self.starts[open_.first] >= _CHUNK
            or self._days[number].day - self._days[open_.first].day >= _CHUNK_DAYS
        ):
            open_ = _Chunk(number, number)
            self._chunks.append(open_)
        open_.last, open_.index = number + 1, None

    def forget(self, before: int) -> None:
        """Let go of days that nobody looks at any more."""
        while len(self._chunks) > 1 and self._chunks[0].last <= before:
            gone = self._chunks.pop(0)
            for number in range(gone.first, gone.last):
                self._rows.pop(number, None)

    def row(self, at: int) -> Row:
        """The vector under a running number."""
        day = bisect_left(self.starts, at + 1) - 1
        return self._rows[day][at - self.starts[day]]

    def nearest(self, number: int, most: int, least: float, roughly: float) -> list[list[tuple[int, float]]]:
        """For each document of a day the likest that it looks at, as running numbers, with the likeness in steps of
        1/10,000, the likest first."""
        first, last = self._days[number].looks
        rows, begin = self._rows[number], self.starts[first]
        numbers = range(self.starts[number], self.starts[number + 1])
        found = []
        for chunk in self._chunks:
            if chunk.last <= first or chunk.first >= last:
                continue
            if chunk.index is None:
                own = range(chunk.first, chunk.last)
                units = [one for one in own for _ in self._rows[one]]
                chunk.index = Index([row for one in own for row in self._rows[one]], units, self.starts[chunk.first])
            found.append(chunk.index.look_up(rows, numbers, 2 * most, roughly, begin))
        best = likest(found, 2 * most)
        near: list[list[tuple[int, float]]] = []
        for at, row in zip(numbers, rows, strict=True):
            others = [int(one) for one in best.get(at, ())]
            likes = np.minimum(np.round(self._products.of(row, [self.row(one) for one in others]), 4), 1)
            pairs = sorted((-like, one) for one, like in zip(others, likes.tolist(), strict=True) if like >= least)
            near.append([(one, -like) for like, one in pairs[:most]])
        return near


def work_out(
    days: Days,
    texts: Texts,
    kept: Kept | None = None,
    stale: Collection[int] | None = None,
    rarities: Rarities | None = None,
) -> Iterator[dict[str, Near]]:
    """What is kept of the documents of each of the `stale` days (all, by default), a day at a time, in order; of others
    that they look at `kept` gives what is kept. `rarities` has how rare words are in the texts of days beside which
    documents without a date are read, and takes in what it lacks."""
    every = days.days
    wanted = [number for number, day in enumerate(every) if stale is None or day.day in stale]
    if not wanted:
        return
    own = set(wanted)
    worker = _Worker(days, texts, kept, own, rarities)
    oldest, needed = len(every), dict[int, int]()
    for number in reversed(range(wanted[-1] + 1)):
        oldest = min(oldest, every[number].looks[0]) if number in own else oldest
        needed[number] = oldest
    for number in range(needed[0], wanted[-1] + 1):
        if number >= needed[number]:
            found = worker.day(number, needed[number])
            if number in own:
                yield found


class _Worker:
    """Works out days in their order."""

    def __init__(
        self,
        days: Days,
        texts: Texts,
        kept: Kept | None,
        stale: set[int],
        rarities: Rarities | None,
    ) -> None:
        self._days, self._rarities = days.days, rarities
        self._texts, self._kept, self._stale = texts, kept, stale
        begin = min(self._days[number].looks[0] for number in stale)
        self._plain, self._wide = _Room(self._days, begin), _Room(self._days, begin)
        self._counter = Counter()
        self._rows: dict[int, list[Row]] = {}
        self._rarity: tuple[object, Rarity] | None = None

    def day(self, number: int, oldest: int) -> dict[str, Near]:
        """A day, of which nothing is needed any more that lies before the day with number `oldest`."""
        day = self._days[number]
        ids = [one.id for one in day.listed]
        self._plain.forget(oldest)
        self._wide.forget(oldest)
        if number not in self._stale:
            assert self._kept is not None
            near = self._kept(ids)
            self._plain.add(number, [near[id].row for id in ids])
            lent = self._kept({lender for id in ids for lender, _ in near[id].ties.lenders})
            wide = [_wide(near[id].row, [(lent[one].row, like) for one, like in near[id].ties.lenders]) for id in ids]
            self._wide.add(number, wide)
            return dict(near)
        rarity = self._rare(number)
        rows = [rarity.weighted(row) for row in self._read(number)]
        self._plain.add(number, rows)
        lenders = self._plain.nearest(number, _LENDERS, 1e-4, 0)
        wide = [
            _wide(row, [(self._plain.row(one), like) for one, like in own])
            for row, own in zip(rows, lenders, strict=True)
        ]
        self._wide.add(number, wide)
        edges = self._wide.nearest(number, EDGES, FAINT, FAINT / 4)
        return {
            id: Near(row, Ties(self._named(lent), self._named(near), _sketch(broad)))
            for id, row, lent, near, broad in zip(ids, rows, lenders, edges, wide, strict=True)
        }

    def _named(self, found: Sequence[tuple[int, float]]) -> tuple[tuple[str, float], ...]:
        starts = self._plain.starts
        places = [(bisect_left(starts, at + 1) - 1, at, like) for at, like in found]
        return tuple((self._days[day].listed[at - starts[day]].id, like) for day, at, like in places)

    def _rare(self, number: int) -> Rarity:
        counted = self._days[number].counted
        if self._rarity is None or self._rarity[0] != counted:
            needed = [one for part in counted for one in range(*part)]
            for gone in self._rows.keys() - set(needed):
                del self._rows[gone]
            if self._rarities is not None and self._days[number].day == UNDATED:
                own = [self._rare_in(part, self._rarities) for part in counted if not part[0] <= number < part[1]]
                found = Rarity.together([*own, Rarity.of(self._read(number))])
            else:
                found = Rarity.of([row for one in needed for row in self._read(one)])
            self._rarity = counted, found
        return self._rarity[1]

    def _rare_in(self, part: tuple[int, int], known: Rarities) -> Rarity:
        """How rare words are in the texts of days in a row: thousands need not be read for one without a date."""
        signature = f"{_mixed(_content(day) for day in self._days[slice(*part)]):032x}"
        found = known.known(signature)
        if found is None:
            found = Rarity.of([row for one in range(*part) for row in self._read(one)])
            known.learn(signature, found)
        return found

    def _read(self, number: int) -> list[Row]:
        """What is counted of the texts of a day; it is kept while other days need it."""
        if number not in self._rows:
            ids = [one.id for one in self._days[number].listed]
            read = {one.id: self._counter.read(one) for one in self._texts(ids)}
            self._counter.words.clear()
            self._rows[number] = [read[id] for id in ids]
        return self._rows[number]


def _wide(row: Row, lenders: Sequence[tuple[Row, float]]) -> Row:
    """A vector with the words of its nearest neighbours."""
    terms, weights = unit(*added([(row, 1.0), *((one, _LENT * like) for one, like in lenders)]), _BORROWED)
    longer = min(max((len(row[0]) / _LONG) ** _MORE, 1.0), _MOST_MORE)
    return terms, (weights * longer).astype(np.float32)


def _sketch(row: Row) -> NDArray[np.int8]:
    """A vector of fewer numbers whose products are about the same (feature hashing; Weinberger et al. 2009), in steps
    of 1/127."""
    terms, weights = row
    signed = np.where(terms & np.uint32(SKETCHED * 2), weights, -weights)
    found = np.bincount((terms >> np.uint32(1)) & np.uint32(SKETCHED - 1), weights=signed, minlength=SKETCHED)
    return np.clip(np.round(found * 127), -127, 127).astype(np.int8)
