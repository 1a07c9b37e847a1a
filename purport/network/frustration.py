"""The least frustration of one block of a signed network, exactly: linear programs with cycle cuts, then branching.

Which edges to give up so that no cycle with an odd number of negative edges is left (Harary 1959) is a problem of
covering: of each such cycle at least one edge goes. The linear program over a few cycles is solved by HiGHS; cycles
that its solution leaves uncovered are shortest paths in the double cover of the graph (Barahona and Mahjoub 1986) and
are added until there is none. Its value, rounded up, is a lower bound, and a spanning tree over its solution a
partition; in networks of states and parties the two meet here as a rule. Where they do not, edges are given up or
kept for good, in the order of the bounds (branch and cut).
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from purport.network.reduction import Weighted
from purport.network.search import Search

NODES = 5_000
"""Branches that are looked at in one block at most, so that where it ends does not depend on the machine."""
_ROUNDS = 100
_STEPS = 20_000
_EARLY = 4
_ENOUGH = 1_500
"""Cycles that are added before the linear program is solved again: a small network has fewer, a large one would
spend its time on paths."""
_CELLS = 2_000_000
_STEP = 1e-5
"""What each edge adds to the length of a path: of equally uncovered cycles the shorter bind more."""
_SLACK = 1e-4
_Floats = NDArray[np.float64]


def least(edges: Sequence[Weighted], deadline: float) -> tuple[dict[int, int], int, int]:
    """The best partition of a block: its camps (0 and 1, by end), its cost, and a bound that no partition is below.

    `deadline` is a time of `time.monotonic`; past it, the best partition and bound so far are given. A block that is
    solved before, or that ends at `NODES`, comes out the same every time.
    """
    ends = sorted({end for a, b, _ in edges for end in (a, b)})
    place = {end: i for i, end in enumerate(ends)}
    own = [(place[a], place[b], weight) for a, b, weight in edges]
    search = Search(len(ends), own)
    bound = _Block(search, deadline).solve()
    return dict(zip(ends, (search.camps < 0).astype(int).tolist(), strict=True)), search.cost, bound


class _Block:
    """The linear program of one block, which grows as cycles are found."""

    def __init__(self, search: Search, deadline: float) -> None:
        import highspy  # here, since most commands have no need of it

        class Silent(highspy.Highs):
            """Says nothing: the solver greets on standard output as it sets its callbacks, before it can be asked."""

            def enableCallbacks(self) -> None:  # noqa: N802
                self.setOptionValue("output_flag", False)
                # highspy has no types for this, nor for its constructor
                super().enableCallbacks()  # type: ignore[no-untyped-call]

        self.search, self.deadline = search, deadline
        self.weights = np.array([abs(weight) for _, _, weight in search.edges], dtype=np.float64)
        count = len(search.edges)
        self.program = Silent()  # type: ignore[no-untyped-call]
        self.program.setOptionValue("threads", 1)
        self.program.addVars(count, np.zeros(count), np.ones(count))
        self.program.changeColsCost(count, np.arange(count, dtype=np.int32), self.weights)
        self.optimal: Any = highspy.HighsModelStatus.kOptimal
        self.infeasible: Any = highspy.HighsModelStatus.kInfeasible
        self.cycles = _Cycles(search.size, search.edges)
        self.given = np.zeros(count)
        self.branching = False
        self.known: set[tuple[int, ...]] = set()

    def solve(self) -> int:
        """Makes the search better and gives the bound."""
        search = self.search
        tree = search.tree(np.zeros(len(search.edges)))
        search.improve(tree, min(_STEPS, 10 * search.size))
        root = math.ceil(self._closed(0) - _SLACK)
        if root >= search.cost or time.monotonic() > self.deadline:
            return min(root, search.cost)
        for again in range(4):
            noise = np.random.Generator(np.random.PCG64(again)).random(len(self.given)) * 0.2 * again
            search.improve(search.tree(self.given + noise), _STEPS, seed=again)
        return self._branch(root)

    def _branch(self, root: int) -> int:
        """The bound that branching comes to: that of the branches still open."""
        waiting: list[tuple[float, int, tuple[tuple[int, int], ...]]] = [(root, 0, ())]
        born = 0
        self.branching = True
        fixed: tuple[tuple[int, int], ...] = ()
        for _ in range(NODES):
            if not waiting or waiting[0][0] >= self.search.cost or time.monotonic() > self.deadline:
                break
            above, _, wanted = heapq.heappop(waiting)
            for edge, _ in fixed:
                self.program.changeColBounds(edge, 0.0, 1.0)
            for edge, given in wanted:
                self.program.changeColBounds(edge, float(given), float(given))
            fixed = wanted
            value = self._closed(above)
            if math.ceil(value - _SLACK) >= self.search.cost:
                continue
            doubt = np.abs(self.given - 0.5)
            edge = int(np.lexsort((-self.weights, doubt.round(3)))[0])
            if doubt[edge] > 0.5 - _SLACK or time.monotonic() > self.deadline:
                # Nothing is in doubt that could be branched on: it stays open, and so does the bound.
                heapq.heappush(waiting, (max(above, value), born, wanted))
                break
            for given in (0, 1):
                born += 1
                heapq.heappush(waiting, (math.ceil(value - _SLACK), born, (*wanted, (edge, given))))
        lowest = waiting[0][0] if waiting else self.search.cost
        return min(self.search.cost, max(root, math.ceil(lowest - _SLACK)))

    def _closed(self, above: float) -> float:
        """The value of the linear program with all cycles it needs, infinite where nothing fits; `above` is known to
        bound it. It ends early where the value, or a partition found on the way, settles the matter."""
        value = above
        search = self.search
        for turn in range(_ROUNDS):
            left = self.deadline - time.monotonic()
            if left <= 0:
                break
            self.program.setOptionValue("time_limit", self.program.getRunTime() + left)
            self.program.run()
            status = self.program.getModelStatus()
            if status == self.infeasible:
                return math.inf
            if status != self.optimal:
                break
            value = max(value, self.program.getInfo().objective_function_value)
            self.given = np.clip(np.array(self.program.getSolution().col_value), 0.0, 1.0)
            # Most networks are settled in three rounds; what is not gets a better partition before rounds get long.
            search.improve(search.tree(self.given), _STEPS if turn == _EARLY and not self.branching else search.size)
            if math.ceil(value - _SLACK) >= search.cost or not self._add():
                break
        return value

    def _add(self) -> int:
        """Adds cycles that the solution leaves uncovered; how many there were."""
        added = 0
        for cycle in self.cycles.uncovered(self.given):
            if added >= _ENOUGH or (added and time.monotonic() > self.deadline):
                break
            if cycle not in self.known:
                self.known.add(cycle)
                self.program.addRow(1.0, math.inf, len(cycle), np.array(cycle, dtype=np.int32), np.ones(len(cycle)))
                added += 1
        return added


class _Cycles:
    """Short negative cycles. A state is an end and the sign of the way to it: 2 * end + (is negative)."""

    def __init__(self, size: int, edges: Sequence[Weighted]) -> None:
        self.size, self.edges = size, edges
        arcs = []
        near: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for number, (a, b, weight) in enumerate(edges):
            turn = int(weight < 0)
            near[a].append((2 * b + turn, number))
            near[b].append((2 * a + turn, number))
            for one, other in ((a, b), (b, a)):
                arcs += [(2 * other + (sign ^ turn), 2 * one + sign, number) for sign in (0, 1)]
        # For each end the others with the sign of the edge to them, and its number, in the order of the latter.
        self.near = [tuple(np.array(column, dtype=np.int64) for column in zip(*own, strict=True)) for own in near]
        to, self.source, self.edge_of = (np.array(column) for column in zip(*sorted(arcs), strict=True))
        self.starts = np.flatnonzero(np.r_[True, to[1:] != to[:-1]])
        self.turn = 0
        self.at_once = max(1, _CELLS // len(arcs))

    def uncovered(self, given: _Floats) -> Iterator[tuple[int, ...]]:
        """Cycles whose edges are `given` up by less than 1 together: for each edge the shortest through it. Where
        there are too many ends to take at once, each call begins with those that come next."""
        lengths = given + _STEP
        chunks = [range(first, min(self.size, first + self.at_once)) for first in range(0, self.size, self.at_once)]
        for _ in range(len(chunks)):
            ends = chunks[self.turn % len(chunks)]
            self.turn += 1
            first = ends[0]
            far = self._distances(lengths, ends)
            for number, (a, b, weight) in enumerate(self.edges):
                if a in ends:
                    wanted = 2 * b + (weight > 0)
                    column = far[:, a - first]
                    if column[wanted] + given[number] < 1 - _SLACK * 10:
                        way = self._way(column, lengths, wanted, 2 * a)
                        if len({number, *way}) == len(way) + 1:
                            yield tuple(sorted((number, *way)))

    def _distances(self, lengths: _Floats, ends: range) -> _Floats:
        """From each of `ends` (a column) to each state (a row): Bellman and Ford's relaxation, all at once."""
        far = np.full((2 * self.size, len(ends)), np.inf)
        far[[2 * end for end in ends], np.arange(len(ends))] = 0.0
        steps = lengths[self.edge_of][:, None]
        while True:
            nearer = np.minimum(far, np.minimum.reduceat(far[self.source] + steps, self.starts, axis=0))
            if np.array_equal(nearer, far):
                return far
            far = nearer

    def _way(self, column: _Floats, lengths: _Floats, state: int, goal: int) -> list[int]:
        """The edges of the shortest way back from `state` to `goal`."""
        way = []
        while state != goal:
            one, sign = divmod(state, 2)
            states, numbers = self.near[one]
            states = states ^ sign
            best = int(np.argmin(column[states] + lengths[numbers]))  # of several alike the first: the lowest number
            way.append(int(numbers[best]))
            state = int(states[best])
        return way
