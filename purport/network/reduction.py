"""What can be settled of a signed network without search, so that search has less to do; all of it is exact.

An actor with one edge follows it. One with two edges is two edges in a row, which are worth one: its sign is their
product, its weight the lesser, since whoever is between pays that if anybody must. Edges of one pair add up, and
where they have two signs the lesser weight is frustrated whatever comes. Blocks (what no single actor holds together)
share no cycle and are settled one by one (Aref, Mason and Wilson 2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Weighted = tuple[int, int, int]
"""Two ends, the lesser first, and a weight with its sign: what it costs to go against it."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """What is left of a network: its `edges`, each end with three or more; `settled` is frustrated in any partition;
    `removed` are the ends that went, in order, each with the edges (other end and weight) it then had."""

    edges: tuple[Weighted, ...]
    settled: int
    removed: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]

    def restored(self, camps: dict[int, int]) -> dict[int, int]:
        """The camps of all ends, by those of the ends of `edges`: those that went stand where it costs least."""
        camps = dict(camps)
        for one, edges in reversed(self.removed):
            for other, _ in edges:
                camps.setdefault(other, 0)  # the last of its component
            cost = [sum(abs(w) for other, w in edges if (camps[other] != camp) == (w > 0)) for camp in (0, 1)]
            first = camps[edges[0][0]] ^ (edges[0][1] < 0) if edges else 0
            camps[one] = first if cost[0] == cost[1] else int(cost[1] < cost[0])
        return camps


def kernel(edges: Iterable[Weighted]) -> Kernel:
    """The kernel of a network of such edges, in which a pair may have several."""
    near: dict[int, dict[int, int]] = {}
    settled = 0

    def add(one: int, other: int, weight: int) -> None:
        nonlocal settled
        old = near.setdefault(one, {}).get(other, 0)
        if old * weight < 0:
            settled += min(abs(old), abs(weight))
        if old + weight:
            near[one][other] = near.setdefault(other, {})[one] = old + weight
        else:
            near[one].pop(other, None)
            near.setdefault(other, {}).pop(one, None)

    for one, other, weight in edges:
        add(one, other, weight)
    removed = []
    waiting = sorted(near, reverse=True)
    while waiting:
        one = waiting.pop()
        if one not in near or len(near[one]) > 2:
            continue
        own = tuple(sorted(near.pop(one).items()))
        removed.append((one, own))
        for other, _ in own:
            del near[other][one]
        if len(own) == 2:
            (left, first), (right, second) = own
            least = min(abs(first), abs(second))
            add(left, right, least if first * second > 0 else -least)
        waiting += [other for other, _ in reversed(own)]
    left_over = [(a, b, weight) for a in sorted(near) for b, weight in sorted(near[a].items()) if a < b]
    return Kernel(tuple(left_over), settled, tuple(removed))


def blocks(edges: Sequence[Weighted]) -> list[list[Weighted]]:
    """The biconnected components (Hopcroft and Tarjan 1973), each its edges in the order of `edges`, those with the
    fewest edges first."""
    near: dict[int, list[tuple[int, int]]] = {}
    for number, (a, b, _) in enumerate(edges):
        near.setdefault(a, []).append((b, number))
        near.setdefault(b, []).append((a, number))
    depth: dict[int, int] = {}
    low: dict[int, int] = {}
    found: list[list[int]] = []
    for root in sorted(near):
        if root in depth:
            continue
        depth[root] = low[root] = 0
        path = [(root, -1, iter(near[root]))]
        pending: list[int] = []
        while path:
            one, came_by, others = path[-1]
            for other, number in others:
                if other not in depth:
                    depth[other] = low[other] = len(path)
                    pending.append(number)
                    path.append((other, number, iter(near[other])))
                    break
                if number != came_by and depth[other] < depth[one]:
                    pending.append(number)
                    low[one] = min(low[one], depth[other])
            else:
                path.pop()
                if path:
                    before = path[-1][0]
                    low[before] = min(low[before], low[one])
                    if low[one] >= depth[before]:
                        cut = pending.index(came_by)
                        found.append(sorted(pending[cut:]))
                        del pending[cut:]
    return [[edges[number] for number in block] for block in sorted(found, key=lambda block: (len(block), block))]
