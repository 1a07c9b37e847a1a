"""Who is meant by the entities of a corpus, as networks ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from purport.corpus.actors import Cast
from purport.model.networks import Node
from purport.resolve.corpus.folding import fold_name
from purport.resolve.corpus.link import Cluster

NO_OUTLETS = ("place", "state", "people", "document")
"""Types of actors that are no outlet, whatever they are called."""


class Who(Protocol):
    """The actors that entities are of."""

    def node(self, entity: str) -> Node | None:
        """The actor that an entity is of; None for one without a name."""

    def name_of(self, entity: str) -> str:
        """What the actor of an entity is called, also one without a name."""

    def outlet(self, name: str) -> Node | None:
        """The actor that an outlet is, by its folded name: of several the one with most entities."""

    def find(self, name: str) -> Node:
        """The actor that is called so, as `Cast.find`. Raises `UsageError` where there is none, or several."""


class WhoOfCast:
    """The actors of a `Cast`."""

    def __init__(self, cast: Cast) -> None:
        """Those, as they are judged."""
        self._cast = cast
        self._nodes: dict[str, Node] = {}
        self._actor: dict[str, Cluster] = {}
        for one in cast.judged.clusters:
            if one.name:
                node = Node(one.id, one.name, one.type)
                for link in one.links:
                    self._actor[link.entity], self._nodes[link.entity] = one, node

    def node(self, entity: str) -> Node | None:
        """As `Who.node`."""
        return self._nodes.get(entity)

    def name_of(self, entity: str) -> str:
        """As `Who.name_of`."""
        one = self._actor.get(entity)
        return one.name if one is not None else ", ".join(self._cast.rows[entity].names[:1])

    def outlet(self, name: str) -> Node | None:
        """As `Who.outlet`."""
        one = self._by_name.get(name)
        return None if one is None else Node(one.id, one.name, one.type)

    @cached_property
    def _by_name(self) -> dict[str, Cluster]:
        found: dict[str, Cluster] = {}
        for one in sorted(self._cast.judged.clusters, key=lambda one: (-len(one.links), one.id)):
            if one.name and one.type not in NO_OUTLETS:
                found.setdefault(fold_name(one.name), one)
        return found

    def find(self, name: str) -> Node:
        """As `Who.find`."""
        one = self._cast.find(name)
        return Node(one.id, one.name, one.type)
