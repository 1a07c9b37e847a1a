"""Coreference by clusters of mentions: MUC, B-cubed, CEAFe and their mean, as the reference scorer 8.01 counts them.

MUC (Vilain et al. 1995) counts links, B-cubed (Bagga and Baldwin 1998) mentions, CEAFe (Luo 2005, with phi4) pairs of
clusters matched one to one. The CoNLL score is the mean of the three F1 (Denis and Baldridge 2009). A corpus is scored
by adding up the numerators and denominators of its documents (Pradhan et al. 2014).

A mention that only one side has (twinless) stays where it is, and nothing is put on the other side for it: to MUC it
breaks off from its cluster as a singleton, to B-cubed it counts in the denominator alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Mention = TypeVar("Mention", bound=Hashable)

METRICS = ("MUC", "B3", "CEAFe", "CoNLL")


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> Figures:
        """With the harmonic mean of the two."""
        both = precision + recall
        return cls(precision, recall, 2 * precision * recall / both if both else 0.0)


@dataclass(frozen=True, slots=True)
class Tally:
    """The numerators and denominators of one metric; they may be added up."""

    precise: float = 0.0
    said: float = 0.0
    recalled: float = 0.0
    wanted: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def figures(self) -> Figures:
        """What they come to; 0 where a denominator is 0."""
        return Figures.of(
            self.precise / self.said if self.said else 0.0, self.recalled / self.wanted if self.wanted else 0.0
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """One document's, or, added up, a corpus's; `sum(counts, Counts())` adds them up."""

    muc: Tally = Tally()
    b3: Tally = Tally()
    ceafe: Tally = Tally()

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.muc + other.muc, self.b3 + other.b3, self.ceafe + other.ceafe)


def without_singletons(clusters: Iterable[Collection[Mention]]) -> list[frozenset[Mention]]:
    """The clusters of two mentions and more."""
    return [one for one in map(frozenset, clusters) if len(one) > 1]


def counts(gold: Iterable[Collection[Mention]], said: Iterable[Collection[Mention]]) -> Counts:
    """What one document adds. Singletons count for B-cubed and CEAFe; of a mention in several clusters of a side only
    the first counts."""
    wanted, found = _disjoint(gold), _disjoint(said)
    recalled, precise = _in_common(wanted, found), _in_common(found, wanted)
    alike = _alike(recalled, wanted, found)
    return Counts(
        Tally(_links(precise), _most(found), _links(recalled), _most(wanted)),
        Tally(_squares(found, precise), sum(map(len, found)), _squares(wanted, recalled), sum(map(len, wanted))),
        Tally(alike, len(found), alike, len(wanted)),
    )


def scores(counted: Counts) -> dict[str, Figures]:
    """The figures by the names of METRICS; CoNLL's are the means of the three precisions, recalls and F1."""
    three = [counted.muc.figures, counted.b3.figures, counted.ceafe.figures]
    mean = Figures(*(sum(getattr(one, part.name) for one in three) / 3 for part in fields(Figures)))
    return dict(zip(METRICS, [*three, mean], strict=True))


def _disjoint(clusters: Iterable[Collection[Mention]]) -> list[frozenset[Mention]]:
    """Each mention in the first cluster that has it; clusters left with none go."""
    seen: set[Mention] = set()
    found: list[frozenset[Mention]] = []
    for cluster in clusters:
        own = frozenset(cluster) - seen
        seen |= own
        if own:
            found.append(own)
    return found


def _in_common(clusters: Sequence[frozenset[Mention]], others: Sequence[frozenset[Mention]]) -> list[Counter[int]]:
    """For each cluster how many of its mentions each of the others has, by its number, where there are any."""
    places = {mention: number for number, other in enumerate(others) for mention in other}
    return [Counter(places[mention] for mention in cluster if mention in places) for cluster in clusters]


def _most(clusters: Sequence[frozenset[Mention]]) -> int:
    """How many links hold the clusters together."""
    return sum(len(cluster) - 1 for cluster in clusters)


def _links(common: Sequence[Counter[int]]) -> int:
    """How many of those are left when the other side cuts the clusters up."""
    return sum(own.total() - len(own) for own in common)


def _squares(clusters: Sequence[frozenset[Mention]], common: Sequence[Counter[int]]) -> float:
    """B-cubed's numerator: for each mention, the share of its cluster that the other side has with it."""
    return sum(sum(n * n for n in own.values()) / len(one) for one, own in zip(clusters, common, strict=True))


def _alike(
    common: Sequence[Counter[int]], gold: Sequence[frozenset[Mention]], said: Sequence[frozenset[Mention]]
) -> float:
    """The greatest sum of phi4 that clusters matched one to one come to: 2 |K & R| / (|K| + |R|).

    Clusters that are linked by no chain of common mentions cannot compete, so each group is matched on its own.
    """
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, own in enumerate(common):
        for column in own:
            rows_of[column].append(row)
    total = 0.0
    seen: set[int] = set()
    for first in range(len(common)):
        if first in seen:
            continue
        rows, columns, ahead = {first}, set[int](), [first]
        while ahead:
            for column in common[ahead.pop()]:
                if column not in columns:
                    columns.add(column)
                    fresh = [row for row in rows_of[column] if row not in rows]
                    rows.update(fresh)
                    ahead.extend(fresh)
        seen |= rows
        down, across = sorted(rows), sorted(columns)
        total += best([[2 * common[i][j] / (len(gold[i]) + len(said[j])) for j in across] for i in down])
    return total


def best(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum that rows and columns matched one to one come to (Kuhn 1955 and Munkres 1957, by shortest
    augmenting paths)."""
    matrix: NDArray[np.float64] = np.array(weights, dtype=np.float64, ndmin=2)
    if not matrix.size:
        return 0.0
    if matrix.shape[0] > matrix.shape[1]:
        matrix = matrix.T
    height, width = matrix.shape
    # Row and column 0 stand for no match; `owner` is the row that has a column.
    by_row, by_column = np.zeros(height + 1), np.zeros(width + 1)
    owner, before = np.zeros(width + 1, dtype=np.int64), np.zeros(width + 1, dtype=np.int64)
    for row in range(1, height + 1):
        owner[0], column = row, 0
        least = np.full(width + 1, np.inf)
        free = np.ones(width + 1, dtype=np.bool_)
        while True:
            free[column] = False
            there = owner[column]
            slack = -matrix[there - 1] - by_row[there] - by_column[1:]
            better = free[1:] & (slack < least[1:])
            least[1:][better] = slack[better]
            before[1:][better] = column
            near = np.where(free, least, np.inf)
            column = int(near.argmin())
            step = near[column]
            by_row[owner[~free]] += step
            by_column[~free] -= step
            least[free] -= step
            if not owner[column]:
                break
        while column:
            last = int(before[column])
            owner[column], column = owner[last], last
    matched = np.flatnonzero(owner[1:])
    return float(matrix[owner[1:][matched] - 1, matched].sum())
