"""Who is meant by the entities of a corpus, as networks ask for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from purport import store as stores
from purport.corpus.actors import FAR, NOBODY, Cast, forms_of, may_begin_id, nearest, several
from purport.errors import UsageError
from purport.model import codec
from purport.model.networks import Node
from purport.model.rows import Actor
from purport.resolve.corpus.folding import fold, fold_name
from purport.resolve.corpus.link import Cluster
from purport.store.conditions import known_as
from purport.store.kept_actors import (
    CALLED,
    KNOWN,
    actors_where,
    actors_with_form,
    document_naming,
    forms_of_actor,
    names_of_entity,
    placed_actors,
)

NO_OUTLETS = ("place", "state", "people", "document")
"""Types of actors that are no outlet, whatever they are called."""


class Who(Protocol):
    """The actors that entities are of."""

    def nodes(self) -> Mapping[str, Node]:
        """The actors with a name that entities are of, by entity: at least of those that stand in some stance."""

    def name_of(self, entity: str) -> str:
        """What the actor of an entity is called, also one without a name."""

    def outlet(self, name: str) -> Node | None:
        """The actor that an outlet is, by its folded name: of several the one with most entities."""

    def find(self, name: str) -> Node:
        """The actor that is called so, as `Cast.find`. Raises `UsageError` where there is none, or several."""


class KeptWho(ABC):
    """The actors as they are kept in tables; who knows how to ask these tells the rest."""

    @abstractmethod
    def _actors(self, condition: str, *values: str | int) -> list[Actor]:
        """The kept actors that fit a condition on their columns, in the order of lists."""

    @abstractmethod
    def _called(self, name: str, forms: Sequence[str]) -> list[Actor]:
        """Those that have the name, or one of the forms."""

    @abstractmethod
    def _forms(self, one: Actor) -> set[str]:
        """The forms of one."""

    @abstractmethod
    def _document(self, one: Actor) -> str:
        """The document that names one, of those that do the smallest by its id."""

    @abstractmethod
    def _known(self, names: Sequence[str]) -> list[Actor]:
        """Those that have a name and that the lexicon knows by one of the names."""

    def dominant(self, name: str) -> tuple[Actor, int]:
        """As `Cast.dominant`. Raises `UsageError` as that does."""
        whole = " " in fold(name) or self._actors("id = ?", name.strip().lower())
        known = sorted(known_as(name))
        bearing = [] if whole else [*self._called(name, sorted(forms_of(name))), *(self._known(known) if known else ())]
        found = sorted({one.id: one for one in bearing}.values(), key=lambda one: (-one.mentions, one.id))
        if len(found) > 1:
            first, *rest = (one.mentions for one in found)
            if first > FAR * sum(rest):
                return found[0], len(rest)
            raise several(name, found, self._where)
        return self._one(name), 0

    def find(self, name: str) -> Node:
        """As `Who.find`."""
        one = self._one(name)
        return Node(one.id, one.name, one.type)

    def _one(self, name: str) -> Actor:
        asked = name.strip().lower()
        found = self._actors("id = ?", asked)
        if not found and may_begin_id(asked):
            found = self._actors("substr(id, 1, ?) = ?", len(asked), asked)
        if not found:
            found = self._called(name, sorted(forms_of(name)))
            found = nearest(name, found, lambda one: (one.name, self._forms(one))) if fold(name) else found
        if not found:
            raise UsageError(NOBODY.format(name))
        if len(found) > 1:
            raise several(name, found, self._where)
        return found[0]

    def _where(self, one: Actor) -> str:
        return f"document {self._document(one)}" if one.documents == 1 else f"{one.documents} documents"


class WhoOfStore(KeptWho):
    """The actors that a store keeps."""

    def __init__(self, store: stores.Store, cast: Callable[[], Cast]) -> None:
        """Those of a store; `cast` finds all of them, for the ids that an actor had before it was judged."""
        self._store, self._cast = store, cast

    def nodes(self) -> Mapping[str, Node]:
        """As `Who.nodes`."""
        return self._nodes

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        placed, actors = placed_actors(self._store)
        made = {place: Node(*told) for place, told in actors.items()}
        return {entity: made[place] for entity, place in placed if place in made}

    def name_of(self, entity: str) -> str:
        """As `Who.name_of`."""
        own = self._nodes.get(entity)
        return own.name if own is not None else ", ".join(names_of_entity(self._store, entity)[:1])

    def outlet(self, name: str) -> Node | None:
        """As `Who.outlet`."""
        for one in actors_with_form(self._store, name):
            if one.type not in NO_OUTLETS and fold_name(one.name) == name:
                return Node(one.id, one.name, one.type)
        return None

    def find(self, name: str) -> Node:
        """As `Who.find`."""
        try:
            return super().find(name)
        except UsageError:
            if not may_begin_id(name):
                raise
            one = self._cast().find(name)  # of one that was merged or named anew the earlier ids are known to it alone
            return Node(one.id, one.name, one.type)

    def _actors(self, condition: str, *values: str | int) -> list[Actor]:
        return actors_where(self._store, condition, values)

    def _called(self, name: str, forms: Sequence[str]) -> list[Actor]:
        return actors_where(self._store, CALLED, (name, codec.dumps(forms)))

    def _known(self, names: Sequence[str]) -> list[Actor]:
        return actors_where(self._store, KNOWN, (codec.dumps(names),))

    def _forms(self, one: Actor) -> set[str]:
        return forms_of_actor(self._store, one.id)

    def _document(self, one: Actor) -> str:
        return document_naming(self._store, one.id)


class WhoOfCast:
    """The actors of a `Cast`."""

    def __init__(self, cast: Cast) -> None:
        """Those, as they are judged."""
        self._cast = cast
        self._nodes: dict[str, Node] = {}
        for one in cast.judged.clusters:
            if one.name:
                node = Node(one.id, one.name, one.type)
                self._nodes.update((link.entity, node) for link in one.links)

    def nodes(self) -> Mapping[str, Node]:
        """As `Who.nodes`."""
        return self._nodes

    def name_of(self, entity: str) -> str:
        """As `Who.name_of`."""
        one = self._nodes.get(entity)
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
