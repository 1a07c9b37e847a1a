"""A network as rows: of actors with their camps, of edges with the names at their ends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from purport.model.networks import Balance, Network


@dataclass(frozen=True, slots=True)
class NodeRow:
    """An actor; `camp` is 0 or 1, or None where no coalitions were asked for."""

    id: str
    name: str
    type: str
    camp: int | None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge, as `purport.model.networks.Edge` has it; `steady` is None where it was not asked for, `frustrated` "yes"
    where the edge is against the coalitions, "no" where it is not, "" where it has no sign or none were asked for."""

    holder: str
    holder_name: str
    target: str
    target_name: str
    sign: int
    positive: int
    negative: int
    neutral: int
    documents: int
    steady: float | None
    certain: float
    first: str
    last: str
    frustrated: str
    ties: tuple[str, ...]


def node_rows(network: Network, balance: Balance | None) -> Iterator[NodeRow]:
    """A row for each actor, in the order of the network."""
    camps = balance.camps if balance else {}
    return (NodeRow(node.id, _encodable(node.name), node.type, camps.get(node.id)) for node in network.nodes)


def edge_rows(network: Network, balance: Balance | None) -> Iterator[EdgeRow]:
    """A row for each edge, in the order of the network."""
    names = network.names()
    camps = balance.camps if balance else {}
    for edge in network.edges:
        ends = (camps.get(edge.holder), camps.get(edge.target))
        against = "" if not edge.sign or None in ends else "yes" if (ends[0] != ends[1]) == (edge.sign > 0) else "no"
        yield EdgeRow(
            holder=edge.holder,
            holder_name=_encodable(names.get(edge.holder, edge.holder)),
            target=edge.target,
            target_name=_encodable(names.get(edge.target, edge.target)),
            sign=edge.sign,
            positive=edge.positive,
            negative=edge.negative,
            neutral=edge.neutral,
            documents=edge.documents,
            steady=None if math.isnan(edge.steady) else edge.steady,
            certain=edge.certain,
            first=edge.first,
            last=edge.last,
            frustrated=against,
            ties=edge.ties,
        )


def _encodable(name: str) -> str:
    """The name with "?" for each half of a character, which no file can hold."""
    return name.encode("utf-8", "replace").decode()
