"""What people decided of actors, put over what was found: merges, splits and new names, in order, undone ones left out.

Judgements name actors by keys that reading again gives anew, so that they hold for what is read later too; one whose
actor or entity is no longer there is orphaned, and does nothing. Mentions and entities are never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from purport.resolve.across import Cluster, Key, Link, fold_name, folded_person, name_of, type_of
from purport.rows import EntityRow, Judgement

MERGE, SPLIT, RENAME, UNDO = "merge", "split", "rename", "undo"


@dataclass(frozen=True, slots=True)
class Judged:
    """The actors after all judgements, by key; which key leads to which of them; the numbers of the judgements that
    are undone, and of those whose item is gone."""

    clusters: tuple[Cluster, ...]
    by_key: Mapping[Key, Cluster]
    undone: frozenset[int]
    orphaned: frozenset[int]


@dataclass(slots=True, eq=False)
class _Part:
    """An actor while judgements are put over it."""

    key: Key
    name: str
    type: str
    known: str
    links: list[Link]
    keys: set[Key] = field(default_factory=set)
    renamed: bool = False


def undone(judgements: Iterable[Judgement]) -> frozenset[int]:
    """The numbers of the judgements that a later one takes back, and that is not taken back itself."""
    found: set[int] = set()
    for one in sorted(judgements, key=lambda one: -one.number):
        if one.deed == UNDO and one.number not in found:
            found.add(one.undoes)
    return frozenset(found)


def judged(clusters: Sequence[Cluster], judgements: Sequence[Judgement], rows: Mapping[str, EntityRow]) -> Judged:
    """The actors as the judgements have them; `rows` are their entities by id."""
    gone = undone(judgements)
    standing = [one for one in judgements if one.deed != UNDO and one.number not in gone]
    if not standing:
        by_key = {key: one for one in clusters for key in (*(link.key for link in one.links), one.key)}
        return Judged(tuple(clusters), by_key, gone, frozenset())
    state = _State(clusters, rows)
    orphaned = {one.number for one in standing if not state.take(one)}
    return Judged(*state.made(), gone, frozenset(orphaned))


class _State:
    """The actors between two judgements."""

    def __init__(self, clusters: Sequence[Cluster], rows: Mapping[str, EntityRow]) -> None:
        self._rows = rows
        self._parts = [_Part(one.key, one.name, one.type, one.known, list(one.links)) for one in clusters]
        self._by_key: dict[Key, _Part] = {}
        self._by_entity: dict[str, _Part] = {}
        self._by_name: dict[Key, set[Key]] = defaultdict(set)
        for part in self._parts:
            for link in part.links:
                self._by_entity[link.entity] = part
                part.keys.add(link.key)
                self._by_name[link.key[1:]].add(link.key)
            part.keys.add(part.key)
            self._lead(part.keys, part)

    def take(self, one: Judgement) -> bool:
        """Do what the judgement says; whether what it names is there."""
        part = self._find(one.one)
        if part is None:
            return False
        if one.deed == MERGE:
            return self._merge(part, one)
        if one.deed == SPLIT:
            return self._split(part, one)
        part.name, part.renamed = one.name, True
        return True

    def _lead(self, keys: Iterable[Key], part: _Part) -> None:
        for key in keys:
            self._by_key[key] = part

    def made(self) -> tuple[tuple[Cluster, ...], dict[Key, Cluster]]:
        """The actors, and by which key each is found."""
        clusters = {
            id(part): Cluster(
                part.key,
                part.name,
                part.type,
                part.known,
                tuple(sorted(part.links, key=lambda link: link.entity)),
            )
            for part in self._parts
            if part.links
        }
        by_key = {key: clusters[id(part)] for key, part in self._by_key.items() if id(part) in clusters}
        return tuple(sorted(clusters.values(), key=lambda one: one.key)), by_key

    def _find(self, key: Key) -> _Part | None:
        part = self._by_key.get(key)
        if part is None and key[0] != "entity":
            # Read anew, the same name may be of another type: then the only one that is left is meant.
            alike = self._by_name.get(key[1:], set())
            part = self._by_key[min(alike)] if len(alike) == 1 else None
        return part if part is not None and part.links else None

    def _merge(self, part: _Part, one: Judgement) -> bool:
        other = self._find(one.other)
        if other is None:
            return False
        if other is part:
            return True
        reason = f"judgement {one.number}: merged"
        for link in other.links:
            part.links.append(replace(link, reason=reason, confidence=1.0))
            self._by_entity[link.entity] = part
        part.keys |= other.keys
        self._lead(other.keys, part)
        other.links, other.keys = [], set()
        return True

    def _split(self, part: _Part, one: Judgement) -> bool:
        if one.other[0] == "entity":
            entity = self._entity(one.other)
            # Wherever it is by now, since a merge before may have moved it.
            part = self._by_entity[entity] if entity is not None else part
            chosen = [link for link in part.links if link.entity == entity]
            key: Key = one.other[:2]
        else:
            chosen = named(part.links, one.other[1], self._rows)
            key = ("judgement", str(one.number))
        if not chosen or len(chosen) == len(part.links):
            return False
        self._part_with(part, chosen, key, one.number)
        return True

    def _part_with(self, part: _Part, chosen: Sequence[Link], key: Key, number: int) -> None:
        taken = {link.entity for link in chosen}
        part.links = [link for link in part.links if link.entity not in taken]
        rows = [self._rows[link.entity] for link in chosen]
        left = [self._rows[link.entity] for link in part.links]
        if not part.renamed and part.name not in {row.name for row in left} | {row.known for row in left}:
            part.name = name_of(left)
        reason = f"judgement {number}: split off"
        links = [replace(link, reason=reason, confidence=1.0) for link in chosen]
        keys = {key, *({link.key for link in chosen} - {link.key for link in part.links} - {part.key})}
        part.keys -= keys
        new = _Part(key, name_of(rows), type_of(rows), rows[0].known, links, keys)
        self._parts.append(new)
        self._lead(keys, new)
        for entity in taken:
            self._by_entity[entity] = new

    def _entity(self, item: Key) -> str | None:
        """The entity that is meant: by its id, else the only one of its name in its document."""
        if item[1] in self._by_entity:
            return item[1]
        document, key = item[2], item[3:]
        part = self._find(key)
        alike = [
            link.entity
            for link in (part.links if part is not None else ())
            if link.key == key and self._rows[link.entity].document == document
        ]
        return alike[0] if len(alike) == 1 else None


def named(links: Iterable[Link], name: str, rows: Mapping[str, EntityRow]) -> list[Link]:
    """Those of the links whose entity has that name, folded, for its own; else those that it is any name of."""
    links = list(links)
    own = [link for link in links if name in folded(rows[link.entity].name)]
    return own or [link for link in links if any(name in folded(one) for one in rows[link.entity].names)]


def folded(name: str) -> tuple[str, ...]:
    """A name as it is compared: as one of a person, and as one of anything else."""
    return folded_person(name), fold_name(name)
