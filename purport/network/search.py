"""A good partition of a signed graph, without proof: spanning trees, then tabu search (Glover 1989) with a fixed seed.

Camps are 1 and -1 here, so that the cost of a partition is half of what all weights come to less `x W x` over pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from purport.network.reduction import Weighted

Camps = NDArray[np.int64]


class Search:
    """Partitions of the graph of `edges`, whose ends are 0 to `size` - 1; it keeps the best that was met."""

    def __init__(self, size: int, edges: Sequence[Weighted]) -> None:
        self.size, self.edges = size, edges
        self._a, self._b, self._w = (np.array(column, dtype=np.int64) for column in zip(*edges, strict=True))
        near: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for a, b, weight in edges:
            near[a].append((b, weight))
            near[b].append((a, weight))
        self._near = [(np.array([other for other, _ in own]), np.array([weight for _, weight in own])) for own in near]
        self.camps: Camps = np.ones(size, dtype=np.int64)
        self.cost = self.cost_of(self.camps)

    def cost_of(self, camps: Camps) -> int:
        """The weight of the edges against a partition."""
        against = camps[self._a] * camps[self._b] * np.sign(self._w) < 0
        return int(np.abs(self._w[against]).sum())

    def tree(self, lengths: NDArray[np.float64]) -> Camps:
        """The partition that no edge of the shortest spanning tree is against; each edge has a length."""
        parent, turned = list(range(self.size)), [1] * self.size

        def root(one: int) -> tuple[int, int]:
            turn = 1
            while parent[one] != one:
                turn *= turned[one]
                one = parent[one]
            return one, turn

        depth = [0] * self.size
        for number in np.argsort(lengths, kind="stable").tolist():
            a, b, weight = self.edges[number]
            (one, turn), (other, back) = root(a), root(b)
            if one != other:
                if depth[one] > depth[other]:
                    one, other = other, one
                depth[other] = max(depth[other], depth[one] + 1)
                parent[one], turned[one] = other, turn * back * (1 if weight > 0 else -1)
        return np.array([root(one)[1] for one in range(self.size)], dtype=np.int64)

    def improve(self, start: Camps, steps: int, seed: int = 0) -> None:
        """So many moves of one actor each from `start`, the best that is not taboo, whether it is better or worse."""
        rng = np.random.Generator(np.random.PCG64(seed))
        camps = start.copy()
        field = np.zeros(self.size, dtype=np.int64)
        np.add.at(field, self._a, self._w * camps[self._b])
        np.add.at(field, self._b, self._w * camps[self._a])
        gain = camps * field  # what a move of each costs, less what it saves
        cost = self.cost_of(camps)
        self._keep(camps, cost)
        free_at = np.zeros(self.size, dtype=np.int64)
        tenures = rng.integers(5, 10 + max(1, self.size // 20), size=max(1, steps))
        for step in range(steps):
            allowed = np.where((free_at <= step) | (cost + gain < self.cost), gain, _FAR)
            one = int(allowed.argmin())
            if allowed[one] >= 0 and steps <= self.size:
                return  # a short search only goes down
            if allowed[one] == _FAR:
                continue
            cost += int(gain[one])
            camps[one] = -camps[one]
            gain[one] = -gain[one]
            others, weights = self._near[one]
            gain[others] += 2 * weights * camps[one] * camps[others]
            free_at[one] = step + 1 + tenures[step]
            if cost < self.cost:
                self._keep(camps, cost)

    def _keep(self, camps: Camps, cost: int) -> None:
        if cost < self.cost:
            self.camps, self.cost = camps.copy(), cost


_FAR = np.iinfo(np.int64).max
