"""Ties and networks made for tests, of actors that are not."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import count

from purport.model.networks import Edge, Network, Node, Tie

_NUMBERS = count()


def nodes_of(ids: Iterable[str]) -> dict[str, Node]:
    return {id: Node(id, id.title(), "state") for id in ids}


def tie(
    holder: str,
    target: str,
    sign: int,
    *,
    document: str = "d",
    copies: str | None = None,
    published: str = "2031-04-02",
    outlet: str = "Ardania Herald",
    voucher: str = "outlet",
    kind: str = "words",
    id: str = "",
) -> Tie:
    group = document if copies is None else copies
    id = id or f"{next(_NUMBERS):08d}"
    return Tie(id, holder, target, sign, kind, voucher, document, group, outlet, published, "CT+", 0.9)


def edge(holder: str, target: str, sign: int, documents: int = 3, steady: float = 0.95) -> Edge:
    counts = (documents * (sign > 0), documents * (sign < 0), documents * (sign == 0), documents)
    return Edge(holder, target, sign, *counts, steady, 1.0, "2031-04-02", "2031-06-30", (f"{holder}>{target}",))


def signed(pairs: Iterable[tuple[str, str, int]], more: Iterable[str] = ()) -> Network:
    """The undirected network of such edges (both ends and sign), with `more` nodes that have none."""
    edges = tuple(edge(min(a, b), max(a, b), sign) for a, b, sign in pairs)
    ids = sorted({id for one in edges for id in (one.holder, one.target)} | set(more))
    return Network(tuple(nodes_of(ids).values()), edges, directed=False)


def planted(actors: int, edges: int, flipped: float, seed: int) -> Network:
    """Two coalitions with so many edges between random actors, of which about a share `flipped` has the wrong sign."""
    made = random.Random(seed)
    camp = [made.randrange(2) for _ in range(actors)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        a, b = sorted(made.sample(range(actors), 2))
        pairs.add((a, b))
    return signed(
        (f"n{a:03d}", f"n{b:03d}", (1 if camp[a] == camp[b] else -1) * (-1 if made.random() < flipped else 1))
        for a, b in sorted(pairs)
    )
