"""Ties between actors and the signed networks they make, as data: what `purport.network` reckons and exports write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

OWN_VOICE = "outlet"
"""`Tie.voucher` where the text says it in its own voice."""


class Tie(NamedTuple):
    """One stance that one document holds or reports: how `holder` stands to `target`, both ids of actors.

    `id` is that of the stance; `sign` -1, 0 or 1; `kind` "words", "deed" or "name". `voucher` is the id of the actor
    on whose word it stands (the innermost), `OWN_VOICE` or "" for a source that is not named. `copies` is the same for
    documents that are copies of each other, so that they count once. `published` is an ISO date, or as much of it as is
    known, or "". `certainty` is FactBank's value, `confidence` 0..1.
    """

    id: str
    holder: str
    target: str
    sign: int
    kind: str
    voucher: str
    document: str
    copies: str
    outlet: str
    published: str
    certainty: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in a network: its id, name and type (see `purport.model.record.TYPES`)."""

    id: str
    name: str
    type: str


class Edge(NamedTuple):
    """What ties between two actors come to.

    `positive`, `negative` and `neutral` count independent documents by the sign that their ties have more often
    (neutral where it is neither), `documents` all three. `sign` is that of which there are more, 0 where neither is.
    `steady` is the share of resamples of documents in which it comes out the same (0..1; NaN where it was not asked).
    `certain` is the share of its ties that are CT+, `first` and `last` are dates or "", `ties` the ids of its stances,
    in order.
    """

    holder: str
    target: str
    sign: int
    positive: int
    negative: int
    neutral: int
    documents: int
    steady: float
    certain: float
    first: str
    last: str
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and signed edges between them, by id. Where it is not `directed`, an edge's holder sorts before its
    target, and it holds the ties of both directions."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    directed: bool = True

    def names(self) -> Mapping[str, str]:
        """The name of each node, by id."""
        return {node.id: node.name for node in self.nodes}


@dataclass(frozen=True, slots=True)
class Balance:
    """The partition of a network into two coalitions with the least frustration (Harary 1959; Aref and Wilson 2019).

    `camps` gives each node 0 or 1. `frustration` counts the edges against it: positive ones between coalitions,
    negative ones within, `frustrated` lists them by holder and target. At least `bound` edges must be: where that is
    `frustration`, no partition is better (`proved`). `triads` counts the triangles of edges by their signs
    ("+++", "++-", "+--", "---"); the first and third are balanced (Cartwright and Harary 1956). `edges` counts
    the edges with a sign.
    """

    camps: Mapping[str, int]
    frustration: int
    bound: int
    frustrated: tuple[tuple[str, str], ...]
    edges: int
    triads: Mapping[str, int] = field(default_factory=dict)

    @property
    def proved(self) -> bool:
        """Whether it is known that no partition has less."""
        return self.bound >= self.frustration

    @property
    def index(self) -> float:
        """Twice the frustration by the number of edges: 0 is balance, 1 the most that can be."""
        return 2 * self.frustration / self.edges if self.edges else 0.0
