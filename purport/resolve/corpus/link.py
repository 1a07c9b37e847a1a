"""Whom several documents name: entities of one name are one actor, each link with its reason; nothing is forced.

What may be compared at all is found by blocking (Christen 2012, chapter 4): by the folded name, and for persons by
the consonants that transliterations of a name have in common. Within a block persons are joined by complete linkage,
so that no chain of small steps joins what is far apart. Missing words of a name are made up for only where a single
candidate is left in the corpus, and a surname alone joins nobody. A function of the set of entities, whatever
their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from purport.lexicons.given import given
from purport.model.record import hash_id
from purport.model.rows import EntityRow
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.bodies import with_short_names
from purport.resolve.corpus.entities import CLASSES, Listed
from purport.resolve.corpus.folding import ARTICLES, fold, fold_name, person
from purport.resolve.corpus.groups import EXACT, MENDED, ONLY, SURE, Group, Key
from purport.resolve.corpus.persons import forms, joined, with_surnames
from purport.resolve.corpus.said_of_names import acronyms
from purport.resolve.corpus.words import Told
from purport.runtime.gc_pause import uncollected


@dataclass(frozen=True, slots=True)
class Link:
    """That an entity is of an actor: the key that its own name gives, why it is held to be so, and how sure (0..1)."""

    entity: str
    key: Key
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """An actor: the key that names it, its neutral or most frequent name, its type, and its entities, by id."""

    key: Key
    name: str
    type: str
    known: str
    links: tuple[Link, ...]

    @property
    def id(self) -> str:
        """A hash of its key: 16 hexadecimal digits."""
        return actor_id(self.key)


def actor_id(key: Key) -> str:
    """The id of the actor with that key."""
    return hash_id("actor", key)


RULES = 3
"""A number that is another whenever the same entities would be other actors than before."""
_USUAL = {"place": "place", "body": "organisation"}
"""The type of what only its surroundings tell to be such."""


def clusters(rows: Iterable[EntityRow], told: Told | None = None) -> list[Cluster]:
    """The actors that the entities are, by key. Every entity is of exactly one.

    What was `told` of more entities than these holds for them too: they are then one of the `parts` that these make.
    """
    with uncollected():
        listed = Listed(rows)
        return _clusters(listed.rows, told or Told.by(listed))


def _clusters(ordered: Sequence[EntityRow], told: Told) -> list[Cluster]:
    known: dict[str, Group] = {}
    unnamed: list[Group] = []
    persons: list[EntityRow] = []
    named: dict[Key, list[EntityRow]] = defaultdict(list)
    classes, words = told.classes, told.words
    said = classes.said
    mended = set[str]()
    for row in ordered:
        name = fold_name(row.name)
        if row.known:
            key = ("known", row.known)
            known.setdefault(row.known, Group(key)).take((row,), key, "alias in the lexicon", SURE)
            continue
        if not name:
            group = Group(("entity", row.id))
            group.take((row,), group.key, "no name: never joined", 1.0)
            unnamed.append(group)
            continue
        class_, other = classes.told(row)
        if other:
            mended.add(row.id)
        if class_ == "person":
            persons.append(row)
        else:
            named[class_, name].append(row)
    _keep_lands_apart(named)
    mended |= _join_lands(named, persons, told)
    full, single = forms(persons, words.joined)
    people = joined(full)
    here = {row.id: what for row in single if (what := said.get((row.document, fold_name(row.name)))) is not None}
    for (class_, name, *_), rows in named.items():
        for row in rows:
            told_here = said.get((row.document, name))
            if told_here is not None and (class_ == "other" or (class_ == "body" and told_here[0] == "place")):
                here[row.id] = told_here
    single = [row for row in single if row.id not in here]
    single = with_surnames(single, people)
    left = {key: [row for row in rows if row.id not in here] for key, rows in named.items()}
    bodies = _bodies({key: rows for key, rows in left.items() if rows})
    for row in ordered if here else ():
        if row.id in here:
            what = here[row.id]
            own = what if what[0] == "place" else ("body", fold_name(row.name), row.document)
            bodies.setdefault(what, Group(what)).take((row,), own, "its document says what it is", 0.85)
    with_short_names(bodies, words)
    rest = _untold(bodies, people, single, told)
    found = [*known.values(), *unnamed, *people, *bodies.values(), *rest]
    for group in found:
        group.links = [
            (row, key, MENDED, min(sure, 0.85)) if row.id in mended and why == EXACT else (row, key, why, sure)
            for row, key, why, sure in group.links
        ]
    return sorted((_cluster(group) for group in found), key=lambda one: one.key)


def _keep_lands_apart(named: dict[Key, list[EntityRow]]) -> None:
    """Take places of one name apart that texts say lie in two lands ("Valencia, Spain", "Valencia, Venezuela"); what
    names none is then a place of its own."""
    for key in [key for key in named if key[0] == "place"]:
        by_land: dict[str, list[EntityRow]] = defaultdict(list)
        for row in named[key]:
            by_land[_land(row)].append(row)
        lands = sorted(set(by_land) - {""})
        if len(lands) < 2 or any(one in other for one in lands for other in lands if one != other):
            continue
        for land in lands:
            named[(*key, land)] = by_land[land]
        named[key] = by_land.get("", [])
        if not named[key]:
            del named[key]


def _land(row: EntityRow) -> str:
    """Where a place lies, as the words behind its name have it, folded; "" where none are there."""
    for name in row.names:
        before, comma, behind = name.partition(", ")
        if comma and fold_name(before) == fold_name(row.name) and behind[:1].isupper():
            return fold(behind.split(",")[0])
    return ""


def _join_lands(
    named: dict[Key, list[EntityRow]],
    persons: list[EntityRow],
    told: Told,
) -> set[str]:
    """Take a word that a document takes for a state for that in all of them, unless somewhere it is more than just a
    body or a person, as a document says: who acts as states do is taken for either ("Velmark denied the charge"). The
    ids of the entities that were taken for another come out."""
    states = {key[1] for key, rows in named.items() if key[0] == "place" and any(row.type == "state" for row in rows)}
    states = {state for state in states if " " not in state}
    if not states:
        return set()
    states -= told.words.called
    states = {
        name
        for name in states
        if all(
            row.type == "organisation" and (row.document, name) not in told.classes.said
            for row in named.get(("body", name), ())
        )
    }
    taken = [row for name in sorted(states) for row in named.pop(("body", name), ())]
    taken += [row for row in persons if fold_name(row.name) in states]
    persons[:] = [row for row in persons if fold_name(row.name) not in states]
    for row in taken:
        named["place", fold_name(row.name)].append(row)
    return {row.id for row in taken}


def _cluster(group: Group) -> Cluster:
    if len(group.links) == 1:
        return _alone(group)
    rows = [link[0] for link in group.links]
    links = (Link(row.id, key, reason, round(sure, 2)) for row, key, reason, sure in group.links)
    name = _naming(group)
    own = [row for row, key, _, _ in group.links if key == name] or rows
    fitting = [row for row in rows if CLASSES.get(row.type, "other") == name[0]]
    type_ = type_of(fitting) if fitting else _USUAL.get(name[0]) or type_of(rows)
    return Cluster(name, name_of(own), type_, own[0].known, tuple(sorted(links, key=lambda one: one.entity)))


def _alone(group: Group) -> Cluster:
    """The same of a group of one, as most are."""
    ((row, key, reason, sure),) = group.links
    name = key if key[0] == "person" == group.key[0] and len(key) == 2 else group.key
    type_ = row.type if CLASSES.get(row.type, "other") == name[0] else _USUAL.get(name[0], row.type)
    link = Link(row.id, key, ONLY if reason == EXACT else reason, round(sure, 2))
    return Cluster(name, row.known or row.name, type_, row.known, (link,))


def _naming(group: Group) -> Key:
    """The key that names a group: of a person that of the name which most have, but for one with an initial alone."""
    keys = Counter(key for _, key, _, _ in group.links if key[0] == "person" and len(key) == 2)
    if group.key[0] != "person" or not keys:
        return group.key
    return min(keys, key=lambda key: (key[1][1:2] == " ", -keys[key], -len(key[1]), key))


def name_of(rows: Sequence[EntityRow]) -> str:
    """The name that most of them have in their documents, the longer of two; the neutral one where it is known."""
    return rows[0].known or most_usual_name(Counter(row.name for row in rows))


def most_usual_name(names: Counter[str]) -> str:
    """The name that most have, the longer of two."""
    return min(names, key=lambda name: (-names[name], name.lower().startswith(ARTICLES), -len(name), name))


def type_of(rows: Iterable[EntityRow]) -> str:
    """The type that most of them have; "other" only where all are."""
    return most_usual_type(Counter(row.type for row in rows))


def most_usual_type(types: Counter[str]) -> str:
    """The type that most have; "other" only where all are."""
    return min(types, key=lambda one: (one == "other", -types[one], TYPES.index(one) if one in TYPES else 99, one))


# -- organisations, places and the rest --------------------------------------------------------------------------


def _bodies(named: Mapping[Key, Sequence[EntityRow]]) -> dict[Key, Group]:
    """Those that one name makes one, each acronym joined to the only long form that a document gives it."""
    groups: dict[Key, Group] = {}
    for key in sorted(named):
        group = groups[key] = Group(key)
        group.take(named[key], key, EXACT, SURE)
    longs: dict[Key, set[Key]] = defaultdict(set)
    for key in groups:
        if key[0] in ("body", "place", "other"):
            for row in named[key]:
                for letters in acronyms(row):
                    longs[key[0], letters].add(key)
    for short in sorted(longs):
        owners = sorted(longs[short])
        if len(owners) == 1 and short in groups and short != owners[0]:
            groups[owners[0]].absorb(groups.pop(short), "acronym; a document has it beside its long form", 0.95)
        elif len(owners) == 1:
            groups[owners[0]].acronyms.add(short[1])
    return groups


def _untold(
    bodies: dict[Key, Group],
    people: Sequence[Group],
    single: Sequence[EntityRow],
    told: Told,
) -> list[Group]:
    """Join what no type is told of to the only one of its name; and name persons of one word, each by itself.

    A word that nothing shows to be a person's name, since nobody in the corpus has it in a full name or under a title,
    and that names one place or one body elsewhere, or a land, is that: a reader mistook it.
    """
    borne, lands = told.words.borne, told.classes.lands
    for land in sorted(lands - borne):
        bodies.setdefault(("place", land), Group(("place", land)))
    by_name: dict[str, list[Group]] = defaultdict(list)
    for key, group in bodies.items():
        if key[0] != "other":
            for name in {key[1], *group.acronyms}:
                by_name[name].append(group)
    for group in people:
        for name in {form.key[1] for form in group.forms}:
            by_name[name].append(group)
    for land in lands - borne:
        by_name[land] = [bodies["place", land]]  # whatever else, in a document that says so, has its name
    for key in [key for key in bodies if key[0] == "other"]:
        fitting = by_name.get(key[1], ())
        if len(fitting) == 1:
            fitting[0].absorb(bodies.pop(key), "exact name; what it is is not told there", 0.85)
    found: dict[Key, list[EntityRow]] = defaultdict(list)
    for row in single:
        name = " ".join(person(row.name).words) or fold(row.name)
        fitting = [] if name in borne or name in given() else by_name.get(fold_name(row.name), [])
        if len(fitting) == 1:
            own = fitting[0].key if fitting[0].key[1] in lands else ("person", name, row.document)
            fitting[0].take((row,), own, "exact name; nothing shows a person", 0.7)
        else:
            found["person", name, row.document].append(row)
    for land in lands:
        if ("place", land) in bodies and not bodies["place", land].links:
            del bodies["place", land]
    groups = []
    for key, rows in found.items():
        for row in rows:
            group = Group(key if len(rows) == 1 else (*key, row.id))
            group.take((row,), group.key, "one word: never joined to another document's", 1.0)
            groups.append(group)
    return groups
