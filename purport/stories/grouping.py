"""Documents put together by how like they are: the likest groups first, by the mean likeness of their members (average
link; Sokal and Michener 1958), down to one threshold.

What is kept of the documents tells it all, so that another threshold, or what people have judged, needs no text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from purport.stories.near import APART, EDGES, Ties
from purport.stories.texts import UNDATED

_UNKNOWN = 0.07
"""What two documents are taken to be like of which no likeness is kept."""
_ALONE = 0.7
"""The share of the threshold from which on a text that is alone joins the one group that it is clearly most like."""
_CLEAR = 0.7
"""It is clear where the next group's likeness is at most this share of the best."""
_SAME = 0.95
"""The likeness from which on documents of one day are as good as the same."""
_SAME_DAYS = 3
"""Days between two dated texts that make no difference."""
_FAR = 0.5
"""By how much of itself a likeness falls where the dates are `APART`."""


@dataclass(slots=True)
class _Pair:
    """What is known of the likenesses of two groups' members: their sum, how many, and the sum of what the sketches
    say of these."""

    total: float
    known: int
    sketched: float


@dataclass(slots=True)
class _Group:
    members: list[int]
    first: int
    last: int
    full: bool
    sketch: NDArray[np.float64]
    near: dict[int, _Pair] = field(default_factory=dict)
    version: int = 0


class Graph:
    """Documents under running numbers by id, with what is known of each two of them."""

    def __init__(self, ties: Mapping[str, Ties], days: Mapping[str, int]) -> None:
        self.ids = sorted(ties)
        self._number = number = {id: at for at, id in enumerate(self.ids)}
        self.days = [days[id] for id in self.ids]
        self.full = [len(ties[id].edges) >= EDGES for id in self.ids]
        self.sketches = np.array([ties[id].sketch for id in self.ids], dtype=np.float32) / 127
        self.edges: list[dict[int, float]] = [{} for _ in self.ids]
        for at, id in enumerate(self.ids):
            for other, like in ties[id].edges:
                there = number[other]
                self.edges[at][there] = self.edges[there][at] = like

    def day(self, id: str) -> int:
        """The day of a document, `UNDATED` where it has none."""
        return self.days[self._number[id]]

    def ties_of(self, id: str) -> list[tuple[str, float]]:
        """The documents that one is like, with the likeness (0..1), by id."""
        return [(self.ids[other], like) for other, like in sorted(self.edges[self._number[id]].items())]

    def grouped(self, threshold: float, apart: Mapping[str, Collection[str]] | None = None) -> list[list[str]]:
        """The groups, each as its members' ids in order. No two of `apart` are put into one."""
        number = self._number
        kept: dict[int, set[int]] = defaultdict(set)
        for id, others in (apart or {}).items():
            for other in others:
                if id in number and other in number:
                    kept[number[id]].add(number[other])
                    kept[number[other]].add(number[id])
        groups: list[list[int]] = []
        for part in self._parts(threshold):
            groups += _Joining(self, part, threshold, kept).groups() if len(part) > 1 else [part]
        return [[self.ids[at] for at in sorted(own)] for own in self._settled(groups, threshold, kept)]

    def _parts(self, threshold: float) -> list[list[int]]:
        """Documents that likenesses of at least the threshold join, through others too: no group reaches further."""
        root = list(range(len(self.ids)))

        def find(at: int) -> int:
            while root[at] != at:
                root[at] = root[root[at]]
                at = root[at]
            return at

        for at, near in enumerate(self.edges):
            for other, like in near.items():
                if other < at and like >= threshold:
                    a, b = sorted((find(at), find(other)))
                    root[b] = a
        parts: dict[int, list[int]] = defaultdict(list)
        for at in range(len(root)):
            parts[find(at)].append(at)
        return list(parts.values())

    def _settled(
        self, groups: Sequence[list[int]], threshold: float, apart: Mapping[int, Collection[int]]
    ) -> list[list[int]]:
        """The groups once each document that is alone is put to the one that it is clearly most like, though less than
        others are."""
        label = {at: place for place, own in enumerate(groups) for at in own}
        chosen: dict[int, int] = {}
        for place, own in enumerate(groups):
            if len(own) == 1 and (best := self._clearly(own[0], groups, label, threshold, apart)) is not None:
                chosen[place] = best
        found = [list(own) for own in groups]
        for place, best in sorted(chosen.items()):
            if len(groups[best]) > 1 or (chosen.get(best) == place and place < best):
                into, out = (best, place) if len(groups[best]) > 1 else (place, best)
                if not _kept_apart(found[into], found[out], apart):
                    found[into] += found[out]
                    found[out] = []
        return [own for own in found if own]

    def _clearly(
        self, at: int, groups: Sequence[list[int]], label: Mapping[int, int], threshold: float,
        apart: Mapping[int, Collection[int]],
    ) -> int | None:  # fmt: skip
        others = sorted({label[other] for other in self.edges[at]} - {label[at]})
        likes: list[tuple[float, int]] = []
        for place in others:
            own = groups[place]
            dated = [self.days[one] for one in own if self.days[one] != UNDATED]
            span = (min(dated), max(dated)) if dated else (UNDATED, UNDATED)
            like = self._mean([at], own) * _in_time((self.days[at], self.days[at]), span)
            likes.append((-round(like, 6), place))
        likes.sort()
        if not likes or -likes[0][0] < _ALONE * threshold:
            return None
        if len(likes) > 1 and likes[1][0] < _CLEAR * likes[0][0]:
            return None
        best = likes[0][1]
        return best if not _kept_apart([at], groups[best], apart) else None

    def _mean(self, ours: Sequence[int], theirs: Sequence[int]) -> float:
        known = [self.edges[one][other] for one in ours for other in theirs if other in self.edges[one]]
        missing = len(ours) * len(theirs) - len(known)
        return (sum(known) + _UNKNOWN * missing) / (len(ours) * len(theirs))

    def likeness(self, documents: Sequence[str]) -> dict[str, float]:
        """How like each document of a group is to the others of it (0..1, the mean); 1 where there is no other."""
        if len(documents) < 2:
            return dict.fromkeys(documents, 1.0)
        own = {id: self._number[id] for id in documents}
        inside = set(own.values())
        full = any(self.full[at] for at in inside)
        whole = self.sketches[sorted(inside)].sum(axis=0, dtype=np.float64) if full else None
        found: dict[str, float] = {}
        for id, at in own.items():
            known = {other: like for other, like in self.edges[at].items() if other in inside}
            missing = len(inside) - 1 - len(known)
            guessed = _UNKNOWN
            if missing and whole is not None:
                mine = self.sketches[at].astype(np.float64)
                rest = float(mine @ (whole - mine)) - sum(float(mine @ self.sketches[one]) for one in known)
                guessed = min(1.0, max(0.0, rest / missing))
            found[id] = round(min(1.0, (sum(known.values()) + guessed * missing) / (len(inside) - 1)), 4)
        return found


def _same(graph: Graph, part: Sequence[int], apart: Mapping[int, Collection[int]]) -> dict[int, int]:
    """For each document the first of those of its day that are as good as the same: they are one group from the start,
    since joining reprints one by one takes as long as there are pairs of them."""
    root = {at: at for at in part}

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for at in part:
        for other, like in graph.edges[at].items():
            same = like >= _SAME and graph.days[at] == graph.days[other]
            if same and other in root and at not in apart and other not in apart:
                one, two = sorted((find(at), find(other)))
                root[two] = one
    return {at: find(at) for at in part}


class _Joining:
    """Groups of documents while they are joined. A group's number is that of its first member."""

    def __init__(self, graph: Graph, part: Sequence[int], threshold: float, apart: Mapping[int, set[int]]) -> None:
        self._least, self._apart = threshold, apart
        self._groups: dict[int, _Group] = {}
        first = _same(graph, part, apart)
        for at in part:
            group = self._groups.get(first[at])
            if group is None:
                day, sketch = graph.days[at], graph.sketches[at].astype(np.float64)
                self._groups[at] = _Group([at], day, day, graph.full[at], sketch)
            else:
                group.members.append(at)
                group.full = group.full or graph.full[at]
                group.sketch += graph.sketches[at]
        for at in part:
            for other, like in graph.edges[at].items():
                one, two = first[at], first.get(other, -1)
                if at < other and two >= 0 and one != two:
                    both = float(graph.sketches[at].astype(np.float64) @ graph.sketches[other])
                    pair = self._groups[one].near.get(two)
                    if pair is None:
                        self._groups[one].near[two] = self._groups[two].near[one] = _Pair(like, 1, both)
                    else:
                        pair.total, pair.known, pair.sketched = pair.total + like, pair.known + 1, pair.sketched + both

    def groups(self) -> list[list[int]]:
        """Join the two groups that are most alike, as long as there are any alike enough; what comes of it."""
        heap: list[tuple[float, int, int, int, int]] = []
        for at, group in self._groups.items():
            for other in group.near:
                if at < other:
                    self._offer(heap, at, other)
        heapify(heap)
        while heap:
            _, one, other, *versions = heappop(heap)
            ours, theirs = self._groups.get(one), self._groups.get(other)
            if ours is None or theirs is None or [ours.version, theirs.version] != versions:
                continue
            self._merge(one, other)
            for third in ours.near:
                self._offer(heap, min(one, third), max(one, third))
        return [sorted(one.members) for _, one in sorted(self._groups.items())]

    def _offer(self, heap: list[tuple[float, int, int, int, int]], one: int, other: int) -> None:
        ours, theirs = self._groups[one], self._groups[other]
        like = round(self._like(ours, theirs, ours.near[other]), 6)
        if like >= self._least and not _kept_apart(ours.members, theirs.members, self._apart):
            heappush(heap, (-like, one, other, ours.version, theirs.version))

    def _like(self, ours: _Group, theirs: _Group, pair: _Pair) -> float:
        whole = len(ours.members) * len(theirs.members)
        missing, guessed = whole - pair.known, _UNKNOWN
        if missing and (ours.full or theirs.full):
            guessed = min(1.0, max(0.0, (float(ours.sketch @ theirs.sketch) - pair.sketched) / missing))
        mean = (pair.total + guessed * missing) / whole
        return mean * _in_time((ours.first, ours.last), (theirs.first, theirs.last))

    def _merge(self, one: int, other: int) -> None:
        ours, theirs = self._groups[one], self._groups.pop(other)
        del ours.near[other], theirs.near[one]
        ours.members += theirs.members
        ours.version += 1
        ours.full = ours.full or theirs.full
        ours.sketch = ours.sketch + theirs.sketch
        dated = [day for day in (ours.first, theirs.first, ours.last, theirs.last) if day != UNDATED]
        ours.first, ours.last = (min(dated), max(dated)) if dated else (UNDATED, UNDATED)
        for third, pair in theirs.near.items():
            group = self._groups[third]
            del group.near[other]
            known = ours.near.get(third)
            if known is None:
                ours.near[third] = group.near[one] = pair
            else:
                known.total += pair.total
                known.known += pair.known
                known.sketched += pair.sketched


def _kept_apart(ours: Iterable[int], theirs: Collection[int], apart: Mapping[int, Collection[int]]) -> bool:
    return bool(apart) and any(other in theirs for one in ours for other in apart.get(one, ()))


def _in_time(one: tuple[int, int], other: tuple[int, int]) -> float:
    """What is left of a likeness by the first and last days: all within the same days, nothing where a story would go
    on too long."""
    if UNDATED in (one[0], other[0]):
        return 1.0
    if max(one[1], other[1]) - min(one[0], other[0]) > APART:
        return 0.0
    gap = max(0, one[0] - other[1], other[0] - one[1])
    return 1 - _FAR * max(0, gap - _SAME_DAYS) / (APART - _SAME_DAYS)
