"""Which of many vectors are most like one: an inverted index over a stretch of them.

A vector is looked up by its weightiest terms, in those of the others that weigh most there; of the likest by that, the
product is exact. What comes out depends on each two vectors alone, not on how vectors are put into indexes, but where
very many of one unit (a day's) have a term: then those in which it weighs most are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from purport.stories.vectors import Row

_INDEXED = 160
"""Terms of a vector at most by which it is found."""
_LOOKED_UP = 80
"""Terms of a vector at most by which others are looked up for it."""
_POSTINGS = 400
"""Vectors of one unit at most that are looked up by a term."""
_ROOM = 2_000_000
"""Products that are summed up at once."""
_SLOTS = 1 << 20
Ints = NDArray[np.int64]
Found = tuple[Ints, Ints, NDArray[np.float64]]
"""Pairs: the number of what was looked up, that of what is like it, and how like they are roughly."""


def _heaviest(row: Row, most: int) -> Row:
    terms, weights = row
    if len(terms) <= most:
        return row
    heavy = np.sort(np.argsort(-weights, kind="stable")[:most])
    return terms[heavy], weights[heavy]


class Index:
    """An inverted index of vectors under numbers from `first` on; `units` are their units, in order."""

    def __init__(self, rows: Sequence[Row], units: Sequence[int], first: int) -> None:
        self.first, self.last = first, first + len(rows)
        own = [_heaviest(row, _INDEXED) for row in rows]
        terms = np.concatenate([one for one, _ in own]) if own else np.zeros(0, np.uint32)
        weights = np.concatenate([one for _, one in own]) if own else np.zeros(0, np.float32)
        holders = np.repeat(np.arange(len(own), dtype=np.int32), [len(one) for one, _ in own])
        order = np.argsort(terms, kind="stable")
        terms, weights, holders = terms[order], weights[order], holders[order]
        kept = _not_too_many(terms, weights, np.asarray(units, dtype=np.int64)[holders]) if own else None
        if kept is not None:
            terms, weights, holders = terms[kept], weights[kept], holders[kept]
        self._terms, heads = np.unique(terms, return_index=True)
        self._heads = np.append(heads, len(terms))
        self._weights, self._holders = weights, holders

    def look_up(self, rows: Sequence[Row], numbers: Sequence[int], most: int, least: float, begin: int) -> Found:
        """For each of the rows, which have those numbers, at least the `most` likest under numbers from `begin` on, as
        far as they are roughly as like as `least`; never itself."""
        size = self.last - self.first
        step = max(1, _ROOM // max(1, size))
        parts = [
            self._some(rows[at : at + step], np.asarray(numbers[at : at + step], dtype=np.int64), most, least, begin)
            for at in range(0, len(rows), step)
        ]
        asked, others, values = (np.concatenate(one) for one in zip(*parts, strict=True))
        return asked, others, values

    def _some(self, rows: Sequence[Row], numbers: Ints, most: int, least: float, begin: int) -> Found:
        nothing: Found = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        own = [_heaviest(row, _LOOKED_UP) for row in rows]
        terms = np.concatenate([one for one, _ in own])
        if not len(terms) or not len(self._terms):
            return nothing
        weights = np.concatenate([one for _, one in own]).astype(np.float64)
        which = np.repeat(np.arange(len(own), dtype=np.int64), [len(one) for one, _ in own])
        places = np.minimum(np.searchsorted(self._terms, terms), len(self._terms) - 1)
        there = self._terms[places] == terms
        places, weights, which = places[there], weights[there], which[there]
        counts = self._heads[places + 1] - self._heads[places]
        total = int(counts.sum())
        if not total:
            return nothing
        flat = np.repeat(self._heads[places] - np.cumsum(counts) + counts, counts) + np.arange(total)
        size = self.last - self.first
        keys = np.repeat(which, counts) * size + self._holders[flat]
        likes = np.repeat(weights, counts) * self._weights[flat]
        values = np.bincount(keys, likes, minlength=len(own) * size).astype(np.float64)
        rough = np.round(values.reshape(len(own), size), 6)
        rough[:, : max(0, begin - self.first)] = 0
        inside = np.nonzero((numbers >= self.first) & (numbers < self.last))[0]
        rough[inside, numbers[inside] - self.first] = 0
        bound = np.full(len(own), least)
        if size > most:
            bound = np.maximum(bound, np.partition(rough, size - most, axis=1)[:, size - most])
        one, other = np.nonzero((rough >= bound[:, None]) & (rough > 0))
        return numbers[one], other.astype(np.int64) + self.first, rough[one, other]


def _not_too_many(terms: NDArray[np.uint32], weights: NDArray[np.float32], units: Ints) -> Ints | None:
    """Which entries, sorted by term and then by unit, are looked up; None where all are."""
    starts = np.nonzero(np.concatenate([[True], (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])]))[0]
    sizes = np.diff(np.append(starts, len(terms)))
    crowded = np.nonzero(sizes > _POSTINGS)[0]
    if not len(crowded):
        return None
    kept = np.ones(len(terms), dtype=bool)
    for at in crowded:
        part = slice(starts[at], starts[at] + sizes[at])
        light = np.argsort(-weights[part], kind="stable")[_POSTINGS:]
        kept[starts[at] + light] = False
    return np.nonzero(kept)[0]


def likest(found: Sequence[Found], most: int) -> dict[int, Ints]:
    """Of what several indexes found, for each number that was looked up the `most` likest others, the likest first."""
    asked = np.concatenate([one[0] for one in found]) if found else np.zeros(0, np.int64)
    if not len(asked):
        return {}
    others, values = (np.concatenate([one[place] for one in found]) for place in (1, 2))
    order = np.lexsort((others, -values, asked))
    asked, others = asked[order], others[order]
    heads = np.nonzero(np.concatenate([[True], asked[1:] != asked[:-1]]))[0]
    ends = np.append(heads[1:], len(asked))
    return {int(asked[head]): others[head : min(end, head + most)] for head, end in zip(heads, ends, strict=True)}


class Products:
    """Products of one vector with others; the room for it is kept."""

    def __init__(self) -> None:
        self._weights = np.zeros(_SLOTS, dtype=np.float32)
        self._terms = np.zeros(_SLOTS, dtype=np.uint32)

    def of(self, row: Row, others: Sequence[Row]) -> NDArray[np.float64]:
        """The product (0..1) with each of the others."""
        if not others:
            return np.zeros(0)
        terms, weights = row
        slots = terms & np.uint32(_SLOTS - 1)
        self._weights[slots], self._terms[slots] = weights, terms
        theirs = np.concatenate([one for one, _ in others])
        at = theirs & np.uint32(_SLOTS - 1)
        heavy = np.concatenate([one for _, one in others])
        products = np.where(self._terms[at] == theirs, self._weights[at] * heavy, 0).astype(np.float64)
        self._terms[slots] = 0
        ends = np.cumsum([len(one) for one, _ in others])
        sums = np.concatenate([[0.0], np.cumsum(products)])
        found: NDArray[np.float64] = sums[ends] - sums[np.concatenate([[0], ends[:-1]])]
        return found
