"""Which documents may share a passage: those that have words in a row in common, several times along one line.

A seed is four words in a row, or five of which the third may be another; not all of them are words of every text. What
many documents have by the day of the later of two, or several of one outlet, is a fixed phrase and no seed. Documents
stand in one order, by day and id, and each is compared with those before it alone: what comes later changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.stories.places import BITS, RARE, TELLING, Codes

MOST_HOLDERS = 60
"""Places that have a seed, at most; what more have is a fixed phrase."""
OF_ONE_OUTLET = 5
"""Documents of one outlet from which on a seed is that outlet's own fixed phrase."""
_WORDS = 4
_RARE = 1
_NEAR, _DRIFT = 14, 6
"""Words within which a second seed stands, and by which the one side may be longer than the other between the two."""
_LOOK = 6
"""Seeds that follow among which the second is looked for."""
_SURE = 8
"""Seeds near one another from which on two documents are surely looked at."""
_AROUND = range(-16, 21)
_TELLING = 3
"""Telling words (`purport.stories.places`) around one of fewer seeds that both must have: a passage has as many."""
_AT_ONCE = 20_000
"""Seeds whose surroundings are looked at together."""
_HITS = 4_000
"""Seeds in common of two documents that are looked at."""
_BLOCK = 200_000
"""Words of documents that are looked up at once."""
_MOST = 1_000_000
"""Places that are compared at once, but for those of one document."""
_KINDS = (((0, 1, 2, 3), 0), ((0, 1, 3, 4), 0x27D4EB2F165667C5))
"""Which words in a row make a seed, and what tells the two kinds apart."""
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


class Hits(NamedTuple):
    """The seeds that two documents have in common: the numbers of the documents, the earlier first, the words with
    which each seed begins in both, and the seeds."""

    one: int
    other: int
    places: list[tuple[int, int]]
    seeds: list[int]


class Seeded:
    """Documents in their order, as their words, with what is asked of their seeds.

    `codes` are the words of all, one document after another, each of which begins at one of `starts`; `outlets` are
    numbers of outlets, -1 for none; `days` rise.
    """

    def __init__(self, codes: Sequence[Codes], outlets: Sequence[int], days: Sequence[int]) -> None:
        self.codes = np.concatenate(codes) if codes else np.zeros(0, np.uint32)
        self.starts = np.concatenate([[0], np.cumsum([len(one) for one in codes])]).astype(np.int64)
        self._outlets = np.asarray(outlets, dtype=np.int64)
        self._days = np.asarray(days, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, document: int) -> Codes:
        """The words of a document."""
        return self.codes[self.starts[document] : self.starts[document + 1]]

    def keys(self, first: int, last: int) -> Keys:
        """The seeds of documents from one to before another, each above the place at which it begins."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        codes = self.codes[begin:end]
        if len(codes) < _WORDS:
            return np.zeros(0, np.uint64)
        hashes = (codes >> np.uint32(BITS)).astype(np.uint64)
        rare = ((codes & RARE) > 0).astype(np.int8)
        edges = self.starts[first + 1 : last] - begin
        found: list[Keys] = []
        for offsets, salt in _KINDS:
            size = len(codes) - offsets[-1]
            if size <= 0:
                continue
            mixed = np.full(size, salt, dtype=np.uint64)
            number = np.zeros(size, dtype=np.int8)
            for offset, factor in zip(offsets, _FACTORS, strict=True):
                mixed += hashes[offset : offset + size] * factor
                number += rare[offset : offset + size]
            usable = number >= _RARE
            for step in range(1, offsets[-1] + 1):
                over = edges - step
                usable[over[(over >= 0) & (over < size)]] = False
            at = np.nonzero(usable)[0]
            found.append((mixed[at] >> _SHIFT << _SHIFT) | (at + begin).astype(np.uint64))
        keys: Keys = np.concatenate(found)
        return keys

    def documents(self, keys: Keys) -> Ints:
        """The documents in which seeds stand."""
        return np.searchsorted(self.starts, (keys & _LOW).astype(np.int64), side="right") - 1

    def _blocks(self, first: int) -> Iterator[Keys]:
        """The seeds of documents from number `first` on, some documents at a time: as many as have so many words."""
        while first < len(self):
            full = int(np.searchsorted(self.starts, self.starts[first] + _BLOCK, side="right")) - 1
            last = min(len(self), max(first + 1, full))
            yield self.keys(first, last)
            first = last

    def index(self, asked: Iterable[Keys]) -> Keys:
        """All seeds that are among those asked for, and a few more, in order."""
        wanted = np.zeros(1 << 24, dtype=bool)
        for keys in asked:
            wanted[keys >> np.uint64(40)] = True
        # Twice over, so that there is room for all of them once only.
        sizes = [int(np.count_nonzero(wanted[keys >> np.uint64(40)])) for keys in self._blocks(0)]
        every = np.empty(sum(sizes), dtype=np.uint64)
        at = 0
        for size, keys in zip(sizes, self._blocks(0), strict=True):
            every[at : at + size] = keys[wanted[keys >> np.uint64(40)]]
            at += size
        every.sort()
        return every

    def fixed_now(self, seeds: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Those of the seeds that are fixed phrases by what all documents have, each once, in order."""
        different = np.unique(seeds).astype(np.uint64) << _SHIFT
        until = np.full(len(different), len(self.codes), dtype=np.int64)
        fixed = different[self.fixed(self.index([different]), different, until)]
        return (fixed >> _SHIFT).astype(np.uint32)

    def fixed(self, index: Keys, seeds: Keys, until: Ints) -> NDArray[np.bool_]:
        """Whether seeds, given as their keys with any place, are fixed phrases by what the documents before place
        `until` have."""
        low = np.searchsorted(index, seeds >> _SHIFT << _SHIFT)
        high = np.searchsorted(index, (seeds >> _SHIFT << _SHIFT) | until.astype(np.uint64))
        counts = high - low
        found: NDArray[np.bool_] = counts > MOST_HOLDERS
        several = np.nonzero((counts >= OF_ONE_OUTLET) & ~found)[0]
        if not len(several) or not len(self._outlets) or self._outlets.max() < 0:
            return found
        for part in _slices(counts[several]):
            own = several[part]
            found[own[self._of_one_outlet(index, low[own], counts[own])]] = True
        return found

    def _of_one_outlet(self, index: Keys, low: Ints, counts: Ints) -> Ints:
        """Which of the seeds, given by where they begin in the index and how often they are there, one outlet has in
        several documents."""
        holders = self.documents(index[_ranges(low, counts)])
        which = np.repeat(np.arange(len(low)), counts)
        outlets = self._outlets[holders]
        rows = np.stack([which, outlets, holders], axis=1)[outlets >= 0]
        if not len(rows):
            return np.zeros(0, np.int64)
        rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
        rows = rows[np.concatenate([[True], (rows[1:] != rows[:-1]).any(axis=1)])]
        begins = np.nonzero(np.concatenate([[True], (rows[1:, :2] != rows[:-1, :2]).any(axis=1)]))[0]
        sizes = np.diff(np.append(begins, len(rows)))
        found: Ints = rows[begins[sizes >= OF_ONE_OUTLET], 0]
        return found

    def hits(self, first: int) -> Iterator[Iterator[Hits]]:
        """The seeds that documents from number `first` on have in common with those before each, pair by pair, some
        hundred documents at a time: of pairs that have two of them near each other along one line."""
        index = self.index(self._blocks(first))
        ends = self._ends()
        for keys in self._blocks(first):
            keys.sort()
            yield self._pairs(index, keys, ends)

    def _telling(self, one: Ints, x: Ints, other: Ints, y: Ints) -> Ints:
        """How many telling words around a seed two documents have in common, at about the same distance from it."""
        found = np.zeros(len(x), dtype=np.int64)
        for begin in range(0, len(x), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            own = self._around(one[part], x[part], _AROUND)
            mine = np.where(own & TELLING, own >> np.uint32(BITS), 0)
            theirs = self._around(other[part], y[part], range(_AROUND[0] - _DRIFT, _AROUND[-1] + _DRIFT + 1))
            theirs >>= np.uint32(BITS)
            same = np.zeros(mine.shape, dtype=bool)
            for drift in range(2 * _DRIFT + 1):
                same |= mine == theirs[:, drift : drift + mine.shape[1]]
            found[part] = (same & (mine > 0)).sum(axis=1)
        return found

    def _around(self, documents: Ints, words: Ints, offsets: range) -> Codes:
        """The words of documents around some, 0 where there are none."""
        places = (self.starts[documents] + words)[:, None] + np.array(offsets)[None, :]
        inside = (places >= self.starts[documents][:, None]) & (places < self.starts[documents + 1][:, None])
        found: Codes = np.where(inside, self.codes[np.where(inside, places, 0)], 0).astype(np.uint32)
        return found

    def _ends(self) -> Ints:
        """For each document the place behind the last document of its day."""
        last = np.searchsorted(self._days, self._days, side="right")
        return self.starts[last]

    def _pairs(self, index: Keys, keys: Keys, ends: Ints) -> Iterator[Hits]:
        low = np.searchsorted(index, keys >> _SHIFT << _SHIFT)
        counts = np.searchsorted(index, keys) - low
        shared = counts > 0
        keys, low, counts = keys[shared], low[shared], counts[shared]
        mine = self.documents(keys)
        kept = ~self.fixed(index, keys, ends[mine]) & (counts <= MOST_HOLDERS)
        order = np.nonzero(kept)[0]
        order = order[np.argsort(mine[order], kind="stable")]
        keys, low, counts, mine = keys[order], low[order], counts[order], mine[order]
        for part in _slices(counts, mine):
            yield from self._near(index, keys[part], low[part], counts[part], mine[part])

    def _near(self, index: Keys, keys: Keys, low: Ints, counts: Ints, mine: Ints) -> Iterator[Hits]:
        flat = index[_ranges(low, counts)]
        theirs = self.documents(flat)
        owners = np.repeat(mine, counts)
        other = theirs != owners
        flat, theirs, owners = flat[other], theirs[other], owners[other]
        x = (flat & _LOW).astype(np.int64) - self.starts[theirs]
        y = np.repeat((keys & _LOW).astype(np.int64) - self.starts[mine], counts)[other]
        order = np.lexsort((y, x, theirs, owners))
        x, y, theirs, owners, seeds = x[order], y[order], theirs[order], owners[order], (flat >> _SHIFT)[order]
        pair = owners * len(self) + theirs
        near = np.zeros(len(pair), dtype=bool)
        for step in range(1, min(_LOOK, len(pair) - 1) + 1):
            dx, dy = x[step:] - x[:-step], y[step:] - y[:-step]
            near[step:] |= (pair[step:] == pair[:-step]) & (dx >= 1) & (dx <= _NEAR) & (abs(dy - dx) <= _DRIFT)
        if not near.any():
            return
        begins = np.nonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))[0]
        sizes = np.diff(np.append(begins, len(pair)))
        several = np.add.reduceat(near, begins) > _SURE
        at_hand = np.nonzero(near & ~np.repeat(several, sizes))[0]
        near[at_hand] = self._telling(theirs[at_hand], x[at_hand], owners[at_hand], y[at_hand]) >= _TELLING
        for at in np.nonzero(np.logical_or.reduceat(near, begins))[0].tolist():
            part = slice(int(begins[at]), int(begins[at] + min(sizes[at], _HITS)))
            places = list(zip(x[part].tolist(), y[part].tolist(), strict=True))
            yield Hits(int(theirs[part.start]), int(owners[part.start]), places, seeds[part].tolist())


def _slices(counts: Ints, groups: Ints | None = None) -> Iterator[slice]:
    """Stretches of entries that come to about `_MOST` together, none of which parts a group of those in a row."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    begin = 0
    while begin < len(counts):
        end = max(begin + 1, int(np.searchsorted(sums, sums[begin] + _MOST, side="right")) - 1)
        if groups is not None and end < len(counts):
            low = int(np.searchsorted(groups, groups[end], side="left"))
            end = low if low > begin else int(np.searchsorted(groups, groups[begin], side="right"))
        yield slice(begin, end)
        begin = end


def _ranges(low: Ints, counts: Ints) -> Ints:
    """The numbers from each of `low` on, so many as `counts` says."""
    total = int(counts.sum())
    found: Ints = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(total)
    return found
