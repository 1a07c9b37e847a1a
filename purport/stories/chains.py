"""Which stories are near one another: a long affair is a chain of them, each of which goes on from an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from purport.stories.grouping import Graph
from purport.stories.texts import UNDATED


def chained(graph: Graph, groups: Sequence[Sequence[str]], least: float) -> list[int | None]:
    """For each group of documents the number of the one that it goes on from, None where there is none: of those that
    began on an earlier day the one to which its documents are most like, each by the likest of the other (0..1, the
    mean), where that is at least `least`."""
    number = {id: place for place, own in enumerate(groups) for id in own}
    first = [min((day for id in own if (day := graph.day(id)) != UNDATED), default=UNDATED) for own in groups]
    found: list[int | None] = []
    for place, own in enumerate(groups):
        sums: dict[int, float] = defaultdict(float)
        for id in own if first[place] != UNDATED else ():
            best: dict[int, float] = {}
            for other, like in graph.ties_of(id):
                there = number.get(other)
                if there is not None and first[there] < first[place] and like > best.get(there, 0):
                    best[there] = like
            for there, like in best.items():
                sums[there] += like
        likest = sorted((-round(total / len(own), 6), there) for there, total in sums.items())
        found.append(likest[0][1] if likest and -likest[0][0] >= least else None)
    return found


def likest(graph: Graph, documents: Sequence[str], groups: Sequence[Sequence[str]], number: int) -> list[int]:
    """The numbers of the groups that documents are most like, at most so many, the likest first."""
    place = {id: at for at, own in enumerate(groups) for id in own}
    sums: dict[int, float] = defaultdict(float)
    for id in documents:
        for other, like in graph.ties_of(id):
            if other in place:
                sums[place[other]] += like
    means = sorted((-round(total / len(documents) / len(groups[at]), 6), at) for at, total in sums.items())
    return [at for _, at in means[:number]]
