"""How balanced a signed network is: the two coalitions that the fewest edges are against, and triads by their signs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence

from purport.errors import UsageError
from purport.model.networks import Balance, Network
from purport.network.frustration import least
from purport.network.reduction import Weighted, blocks, kernel

TRIADS = ("+++", "++-", "+--", "---")


def balance(network: Network, seconds: float = 10.0) -> Balance:
    """The partition of an undirected network into two coalitions with the least frustration (the line index of Harary
    1959; exactly, as Aref and Wilson 2019 ask, where it can be proved).

    Edges with sign 0 do not count. In each component, what edges with a sign hold together, camp 0 is that of the actor
    with the most such edges, of several the first by id; an actor without any is in camp 0. Where there are several
    best partitions it is always the same one that is given (by one version of the solver). `seconds` is when search
    ends without proof, with the best partition and the bound so far: only then does the result depend on the machine.
    Raises `UsageError` for a directed network, which `purport.network.folded` makes undirected.
    """
    if network.directed:
        raise UsageError("coalitions are those of an undirected network; fold the ties first")
    deadline = time.monotonic() + seconds
    ids = sorted({node.id for node in network.nodes} | {end for e in network.edges for end in (e.holder, e.target)})
    place = {id: i for i, id in enumerate(ids)}
    edges = [(*sorted((place[e.holder], place[e.target])), e.sign) for e in network.edges if e.sign]
    signed: list[Weighted] = sorted((a, b, sign) for a, b, sign in edges if a != b)
    core = kernel(signed)
    bound = core.settled
    same: list[Weighted] = []
    for block in blocks(core.edges):
        camps, _, lower = least(block, deadline)
        bound += lower
        same += [(a, b, 1 if camps[a] == camps[b] else -1) for a, b, _ in block]
    partition = _canonical(core.restored(_camps(same)), signed, len(ids))
    frustrated = [(ids[a], ids[b]) for a, b, sign in signed if (partition[a] != partition[b]) == (sign > 0)]
    return Balance(
        camps={id: partition[i] for id, i in place.items()},
        frustration=len(frustrated),
        bound=bound,
        frustrated=tuple(frustrated),
        edges=len(signed),
        triads=_triads(signed),
    )


def _near(edges: Sequence[Weighted]) -> dict[int, dict[int, int]]:
    near: dict[int, dict[int, int]] = {}
    for a, b, sign in edges:
        near.setdefault(a, {})[b] = sign
        near.setdefault(b, {})[a] = sign
    return near


def _camps(edges: Sequence[Weighted]) -> dict[int, int]:
    """The camps of the ends of edges that none is against, the least of each component in camp 0."""
    near = _near(edges)
    camps: dict[int, int] = {}
    for root in sorted(near):
        if root not in camps:
            camps[root] = 0
            waiting = [root]
            while waiting:
                one = waiting.pop()
                for other, sign in near[one].items():
                    if other not in camps:
                        camps[other] = camps[one] ^ (sign < 0)
                        waiting.append(other)
    return camps


def _canonical(camps: Mapping[int, int], edges: Sequence[Weighted], size: int) -> list[int]:
    """The same partition with each component turned so that its actor with the most edges is in camp 0."""
    near = _near(edges)
    found = [0] * size
    done: set[int] = set()
    for root in sorted(near, key=lambda one: (-len(near[one]), one)):
        if root not in done:
            waiting = [root]
            done.add(root)
            while waiting:
                one = waiting.pop()
                found[one] = camps[one] ^ camps[root]
                waiting += [other for other in near[one] if other not in done]
                done.update(near[one])
    return found


def _triads(edges: Sequence[Weighted]) -> dict[str, int]:
    near = _near(edges)
    counts: Counter[int] = Counter()
    for a, b, sign in edges:
        for other in near[a].keys() & near[b].keys():
            if other > b:
                counts[sum(one < 0 for one in (sign, near[a][other], near[b][other]))] += 1
    return {name: counts[negative] for negative, name in enumerate(TRIADS)}
