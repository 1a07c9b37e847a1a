"""What people decided of actors, put over what was found: merges, splits and new names, in order, undone ones left out.

Judgements name actors by keys that reading again gives anew, so that they hold for what is read later too; one whose
actor or entity is no longer there is orphaned, and does nothing. Mentions and entities are never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from purport.model.rows import EntityRow, Judgement
from purport.resolve.corpus.folding import fold_name, folded_person
from purport.resolve.corpus.groups import Key
from purport.resolve.corpus.link import Cluster, Link, name_of, type_of

MERGE, APART, SPLIT, RENAME, UNDO = "merge", "apart", "split", "rename", "undo"


@dataclass(frozen=True, slots=True)
class Judged:
    """The actors after all judgements, by key; which key leads to which of them; the numbers of the judgements that
    are undone, and of those whose item is gone; and `apart`, for each judgement that keeps two apart, by its number,
    the entities of the one and those of the other."""

    clusters: tuple[Cluster, ...]
    by_key: Mapping[Key, Cluster]
    undone: frozenset[int]
    orphaned: frozenset[int]
    apart: tuple[tuple[int, frozenset[str], frozenset[str]], ...] = ()

    def kept_apart(self, one: Cluster, other: Cluster) -> int | None:
        """The number of the judgement that says that something of the one is none of the other; None where none
        does."""
        mine, theirs = ({link.entity for link in cluster.links} for cluster in (one, other))
        for number, some, rest in self.apart:
            for first, second in ((mine, theirs), (theirs, mine)):
                if not some.isdisjoint(first) and not rest.isdisjoint(second):
                    return number
        return None

    def overridden(self) -> frozenset[int]:
        """The numbers of the judgements that keep two apart whom others made one all the same."""
        owner = {link.entity: one.key for one in self.clusters for link in one.links}
        return frozenset(
            number
            for number, some, rest in self.apart
            if not {owner[one] for one in some if one in owner}.isdisjoint(owner[one] for one in rest if one in owner)
        )


@dataclass(slots=True, eq=False)
class _Part:
    """An actor while judgements are put over it, or what was one before it was merged `into` another for `reason`."""

    key: Key
    name: str
    type: str
    known: str
    links: list[Link]
    renamed: bool = False
    into: _Part | None = None
    reason: str = ""
    merged: list[_Part] = field(default_factory=list)

    def whole(self) -> _Part:
        """The actor that it is a part of by now."""
        top = self
        while top.into is not None:
            top = top.into
        part = self
        while part.into is not None:  # halves the way for the next that asks (Tarjan and van Leeuwen 1984)
            part.into, part = top, part.into
        return top

    def all(self) -> Iterator[Link]:
        """The links of an actor and of all that was merged into it."""
        left = [self]
        while left:
            part = left.pop()
            left += part.merged
            yield from (
                replace(link, reason=part.reason, confidence=1.0) if part.reason else link for link in part.links
            )

    def lacks(self, taken: Container[str]) -> None:
        """Take links away, by their entities."""
        left = [self]
        while left:
            part = left.pop()
            left += part.merged
            part.links = [link for link in part.links if link.entity not in taken]


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
    return Judged(*state.made(), gone, frozenset(orphaned), tuple(state.apart))


class _State:
    """The actors between two judgements."""

    def __init__(self, clusters: Sequence[Cluster], rows: Mapping[str, EntityRow]) -> None:
        self._rows = rows
        self._parts = [_Part(one.key, one.name, one.type, one.known, list(one.links)) for one in clusters]
        self._keys = {part.key for part in self._parts}
        self._by_key: dict[Key, _Part] = {}
        self._by_entity: dict[str, _Part] = {}
        self._by_name: dict[Key, set[Key]] = defaultdict(set)
        self.apart: list[tuple[int, frozenset[str], frozenset[str]]] = []
        for part in self._parts:
            for link in part.links:
                self._by_entity[link.entity] = part
                self._by_key[link.key] = part
                self._by_name[link.key[1:]].add(link.key)
            self._by_key[part.key] = part

    def take(self, one: Judgement) -> bool:
        """Do what the judgement says; whether what it names is there."""
        part = self._find(one.one)
        if part is None:
            return False
        if one.deed == MERGE:
            return self._merge(part, one)
        if one.deed == APART:
            return self._keep_apart(part, one)
        if one.deed == SPLIT:
            return self._split(part, one)
        part.name, part.renamed = one.name, True
        return True

    def made(self) -> tuple[tuple[Cluster, ...], dict[Key, Cluster]]:
        """The actors, and by which key each is found."""
        made: dict[int, Cluster] = {}
        for part in self._parts:
            links = sorted(part.all(), key=lambda link: link.entity) if part.into is None else ()
            if links:
                made[id(part)] = Cluster(part.key, part.name, part.type, part.known, tuple(links))
        by_key = {key: made[id(top)] for key, part in self._by_key.items() if id(top := part.whole()) in made}
        return tuple(sorted(made.values(), key=lambda one: one.key)), by_key

    def _find(self, key: Key) -> _Part | None:
        part = self._by_key.get(key)
        if part is None and key[0] != "entity":
            # Read anew, the same name may be of another type: then the only one that is left is meant.
            alike = self._by_name.get(key[1:], set())
            part = self._by_key[min(alike)] if len(alike) == 1 else None
        return part.whole() if part is not None else None

    def _merge(self, part: _Part, one: Judgement) -> bool:
        other = self._find(one.other)
        if other is None:
            return False
        if other is not part:
            other.into, other.reason = part, f"judgement {one.number}: merged"
            part.merged.append(other)
        return True

    def _keep_apart(self, part: _Part, one: Judgement) -> bool:
        other = self._find(one.other)
        if other is None:
            return False
        if other is not part:
            self.apart.append((one.number, _entities(part), _entities(other)))
            return True
        # What was read in since has made them one: those of the other's name part again.
        chosen = [link for link in part.all() if link.key == one.other]
        if not chosen or len(chosen) == len(list(part.all())):
            return False
        key = (
            one.other if one.other not in self._keys else ("judgement", str(one.number))
        )  # another has that name there
        self._part_with(part, chosen, key, one.number)
        return True

    def _split(self, part: _Part, one: Judgement) -> bool:
        if one.other[0] == "entity":
            entity = self._entity(one.other)
            if entity is None:
                return False
            part = self._by_entity[entity].whole()  # wherever a judgement before has put it
            links = list(part.all())
            chosen = [link for link in links if link.entity == entity]
            key: Key = one.other[:2]
            before = self._by_key.get(key)
            if before is not None and before.key == key:
                key = ("judgement", str(one.number))  # it was split off before, and others were merged into it
        else:
            links = list(part.all())
            chosen = named(links, one.other[1], self._rows)
            key = ("judgement", str(one.number))
        if not chosen or len(chosen) == len(links):
            return False
        self._part_with(part, chosen, key, one.number)
        return True

    def _part_with(self, part: _Part, chosen: Sequence[Link], key: Key, number: int) -> None:
        taken = {link.entity for link in chosen}
        part.lacks(taken)
        left = list(part.all())
        self.apart.append((number, frozenset(taken), frozenset(link.entity for link in left)))
        theirs = [self._rows[link.entity] for link in left]
        if not part.renamed and part.name not in {row.name for row in theirs} | {row.known for row in theirs}:
            part.name = name_of(theirs)
        rows = [self._rows[link.entity] for link in chosen]
        new = _Part(key, name_of(rows), type_of(rows), rows[0].known, [])
        new.links = [replace(link, reason=f"judgement {number}: split off", confidence=1.0) for link in chosen]
        self._parts.append(new)
        self._keys.add(key)
        for own in {key, *({link.key for link in chosen} - {link.key for link in left} - {part.key})}:
            self._by_key[own] = new
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
            for link in (part.all() if part is not None else ())
            if link.key == key and self._rows[link.entity].document == document
        ]
        return alike[0] if len(alike) == 1 else None


def _entities(part: _Part) -> frozenset[str]:
    return frozenset(link.entity for link in part.all())


def named(links: Iterable[Link], name: str, rows: Mapping[str, EntityRow]) -> list[Link]:
    """Those of the links whose entity has that name, folded, for its own; else those that it is any name of."""
    links = list(links)
    own = [link for link in links if name in folded(rows[link.entity].name)]
    return own or [link for link in links if any(name in folded(one) for one in rows[link.entity].names)]


def folded(name: str) -> tuple[str, ...]:
    """A name as it is compared: as one of a person, and as one of anything else."""
    return folded_person(name), fold_name(name)
