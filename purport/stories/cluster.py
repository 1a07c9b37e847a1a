"""Stories: documents that tell one event in the same days, by the words, names and numbers that they share.

Each text borrows from its two nearest neighbours (local document expansion; Singhal and Pereira 1999), so that two
reports in other words meet by a third. Then groups are joined, the likest first, by the mean likeness of their members
(average link; Sokal and Michener 1958), down to one threshold. Only pairs with rare words in common are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from heapq import heapify, heappop, heappush

import numpy as np

from purport.stories.texts import StoryText
from purport.stories.vectors import Matrix, Products, Row, Sums, Vectors, added, neighbours, unit_sum, vectors

THRESHOLD = 0.36
"""The mean likeness (0..1) of two groups from which on they are one story."""
_LENDERS = 2
_LENT = 1.2
"""A neighbour's words count by its likeness times this."""
_BORROWED = 1_200
"""Terms of a text with those of its neighbours, at most."""
_CENTRE = 1_600
"""Terms of a group, at most."""
_LONG, _MORE, _MOST_MORE = 100, 0.13, 1.25
"""A text of more terms than `_LONG` is given a length above 1, by this power of how many times more it has: what long
texts share is a smaller part of them, and is more evidence (pivoted length; Singhal, Buckley and Mitra 1996)."""
_EDGES = 30
"""Texts with which each text is compared at first."""
_FAINT = 0.4
"""Pairs are forgotten whose likeness is below this share of the threshold."""
_ALONE = 0.7
"""The share of the threshold from which on a text that is alone joins the one group that it is clearly most like."""
_CLEAR = 0.7
"""It is clear where the next group's likeness is at most this share of the best."""
_SAME_DAYS = 3
"""Days between two dated texts that make no difference."""
_APART = 14
"""Days over which a story goes at most: what goes on longer is a chain of stories."""
_FAR = 0.5
"""By how much of itself a likeness falls where the dates are `_APART`."""
_SHARED = 5
"""Words of a reason."""


@dataclass(frozen=True, slots=True)
class Member:
    """That a document is of a story: how like it is to the others of it (0..1, the mean; 1 where there is no other),
    and the words and names that weigh most in both, the weightiest first."""

    document: str
    similarity: float
    words: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The reason in words."""
        shared = f"shares {', '.join(self.words)}" if self.words else "the only one that tells it"
        return f"{shared} (similarity {self.similarity:.2f})" if self.words else shared


@dataclass(frozen=True, slots=True)
class Story:
    """Documents that tell one event, by date (unknown last) and id. `first` and `last` are days of publication in
    ISO 8601, "" where nothing is dated; `title` is that of the document most like the others."""

    id: str
    title: str
    first: str
    last: str
    members: tuple[Member, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of its documents."""
        return tuple(one.document for one in self.members)


def stories(texts: Iterable[StoryText], threshold: float = THRESHOLD) -> list[Story]:
    """The stories of texts, each text in exactly one; the earliest first (those without a date last), then by id.

    The order of `texts` does not matter. Of texts with one id the first in the order of their fields counts. Raises
    `ValueError` for a threshold outside of 0 to 1.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold lies above 0 and is at most 1, not {threshold!r}")
    every = list({one.id: one for one in sorted(texts, key=_order, reverse=True)}.values())[::-1]
    every.sort(key=lambda one: one.id)
    found = vectors(every)
    groups = _Groups(_expanded(found.matrix), [one.day for one in every], threshold)
    groups.join()
    groups.settle()
    made = [_story([every[at] for at in group], group, found, groups.matrix) for group in groups.members()]
    return sorted(made, key=lambda one: (one.first or "~", one.id))


def _order(text: StoryText) -> tuple[str, ...]:
    return text.id, text.text, text.title, text.published, text.outlet, text.author


def _expanded(matrix: Matrix) -> Matrix:
    """Each text with the words of its nearest neighbours."""
    near = neighbours(matrix, _LENDERS, 1e-6)
    rows = [
        unit_sum([(matrix.row(at), 1.0), *((matrix.row(one), _LENT * like) for one, like in near[at])], _BORROWED)
        for at in range(len(matrix))
    ]
    found = Matrix.of(rows, matrix.width)
    longer = np.clip((np.diff(matrix.starts) / _LONG) ** _MORE, 1, _MOST_MORE)
    weights = found.weights * np.repeat(longer, np.diff(found.starts))
    return replace(found, weights=weights.astype(np.float32))


@dataclass(slots=True)
class _Group:
    members: list[int]
    centre: Row
    first: int | None
    last: int | None
    near: dict[int, float] = field(default_factory=dict)
    version: int = 0


class _Groups:
    """Groups of texts while they are joined. A group's number is that of its first member."""

    def __init__(self, matrix: Matrix, days: Sequence[int | None], threshold: float) -> None:
        self.matrix = matrix
        self._least = threshold
        self._products = Products(matrix.width)
        self._groups = {at: _Group([at], matrix.row(at), days[at], days[at]) for at in range(len(matrix))}
        for at, near in enumerate(neighbours(matrix, _EDGES, threshold * _FAINT)):
            for other, like in near:
                value = like * _in_time(self._groups[at], self._groups[other])
                self._groups[at].near[other] = self._groups[other].near[at] = value

    def join(self) -> None:
        """Join the two groups that are most alike, as long as there are any alike enough."""
        heap: list[tuple[float, int, int, int, int]] = [
            (-round(like, 6), at, other, 0, 0)
            for at, group in self._groups.items()
            for other, like in group.near.items()
            if at < other and like >= self._least
        ]
        heapify(heap)
        while heap:
            _, one, other, *versions = heappop(heap)
            ours, theirs = self._groups.get(one), self._groups.get(other)
            if ours is None or theirs is None or [ours.version, theirs.version] != versions:
                continue
            self._merge(one, other)
            for third, like in ours.near.items():
                if like >= self._least:
                    low, high = min(one, third), max(one, third)
                    entry = (-round(like, 6), low, high, self._groups[low].version, self._groups[high].version)
                    heappush(heap, entry)

    def _merge(self, one: int, other: int) -> None:
        ours, theirs = self._groups[one], self._groups.pop(other)
        sizes = len(ours.members), len(theirs.members)
        whole = sum(sizes)
        terms, weights = added([(ours.centre, sizes[0] / whole), (theirs.centre, sizes[1] / whole)])
        if len(terms) > _CENTRE:
            heavy = (-weights).argsort(kind="stable")[:_CENTRE]
            heavy.sort()
            terms, weights = terms[heavy], weights[heavy]
        ours.centre = terms, weights.astype(np.float32)
        ours.members += theirs.members
        ours.version += 1
        days = [day for day in (ours.first, theirs.first, ours.last, theirs.last) if day is not None]
        ours.first, ours.last = (min(days), max(days)) if days else (None, None)
        third = sorted((ours.near.keys() | theirs.near.keys()) - {one, other})
        likes = self._products.of(ours.centre, [self._groups[at].centre for at in third])
        for at in (*ours.near, *theirs.near):
            if at not in (one, other):
                self._groups[at].near.pop(one, None)
                self._groups[at].near.pop(other, None)
        ours.near = {}
        for at, like in zip(third, likes, strict=True):
            value = like * _in_time(ours, self._groups[at])
            if value >= self._least * _FAINT:
                ours.near[at] = self._groups[at].near[one] = value

    def settle(self) -> None:
        """Put each text that is still alone to the group that it is clearly most like, though less than others are."""
        alone = [at for at, group in self._groups.items() if len(group.members) == 1]
        chosen = {at: own for at in alone if (own := self._clearly(self._groups[at].near)) is not None}
        large = {at for at, group in self._groups.items() if len(group.members) > 1}
        for at, other in sorted(chosen.items()):
            if other in large or (chosen.get(other) == at and at < other):
                self._merge(other, at) if other in large else self._merge(at, other)

    def _clearly(self, near: Mapping[int, float]) -> int | None:
        best = sorted(near.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:2]
        if not best or best[0][1] < _ALONE * self._least or (len(best) > 1 and best[1][1] > _CLEAR * best[0][1]):
            return None
        return best[0][0]

    def members(self) -> list[list[int]]:
        """The groups, each as its members' numbers in order."""
        return [sorted(one.members) for _, one in sorted(self._groups.items())]


def _in_time(one: _Group, other: _Group) -> float:
    """What is left of a likeness by the dates: all within the same days, nothing where a story would go on too long."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 1.0
    if max(one.last, other.last) - min(one.first, other.first) > _APART:
        return 0.0
    gap = max(0, one.first - other.last, other.first - one.last)
    return 1 - _FAR * max(0, gap - _SAME_DAYS) / (_APART - _SAME_DAYS)


def _story(texts: Sequence[StoryText], numbers: Sequence[int], found: Vectors, matrix: Matrix) -> Story:
    members: dict[str, Member] = {}
    products = Products(matrix.width)
    share = 1 / max(1, len(numbers) - 1)
    likeness = added((matrix.row(at), share) for at in numbers)
    wording = added((found.matrix.row(at), share) for at in numbers)
    for text, at in zip(texts, numbers, strict=True):
        if len(numbers) == 1:
            members[text.id] = Member(text.id, 1.0, ())
            continue
        terms, weights = matrix.row(at)
        own = float((weights * weights).sum()) * share
        (like,) = products.of((terms, weights), [(likeness[0], likeness[1].astype(np.float32))])
        words = _shared(found, found.matrix.row(at), wording, share)
        members[text.id] = Member(text.id, round(min(1.0, max(0.0, like - own)), 4), words)
    central = min(texts, key=lambda one: (not one.title, -members[one.id].similarity, one.id))
    days = sorted(one.published[:10] for one in texts if one.day is not None)
    ordered = sorted(texts, key=lambda one: (one.day is None, one.day or 0, one.id))
    ids = "\n".join(sorted(members))
    return Story(
        blake2b(ids.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        central.title or _opening(central.text),
        days[0] if days else "",
        days[-1] if days else "",
        tuple(members[one.id] for one in ordered),
    )


def _shared(found: Vectors, row: Row, whole: Sums, share: float) -> tuple[str, ...]:
    """The words that weigh most in a text and in the others of its story."""
    terms, weights = row
    every, sums = whole
    others = sums[np.searchsorted(every, terms)] - weights * share
    value = np.round(weights * others, 6)
    told: list[str] = []
    for at in np.argsort(-value, kind="stable"):
        if value[at] <= 0 or len(told) == _SHARED:
            break
        word = found.words.get(int(terms[at]))
        if word is not None:
            told.append(word)
    return tuple(told)


def _opening(text: str) -> str:
    """The first words of a text without a title."""
    words = text.split(maxsplit=12)
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
