"""Whom several documents name: entities of one name are one actor, each link with its reason; nothing is forced.

What may be compared at all is found by blocking (Christen 2012, chapter 4): by the folded name, and for persons by
the consonants that transliterations of a name have in common. Within a block persons are joined by complete linkage,
so that no chain of small steps joins what is far apart. Missing words of a name are made up for only where a single
candidate is left in the corpus, and a surname alone joins nobody. A function of the set of entities, whatever
their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from purport.lexicons.given import given
from purport.model.record import hash_id
from purport.model.rows import EntityRow
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.bodies import with_short_names
from purport.resolve.corpus.folding import ARTICLES, fold, fold_name, person
from purport.resolve.corpus.groups import EXACT, MENDED, ONLY, SURE, Group, Key
from purport.resolve.corpus.persons import forms, joined, with_surnames
from purport.resolve.corpus.said_of_names import CLASSES, SMALL, acronyms, lands_of, said_to_be
from purport.resolve.document.nouns import HEADS
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


RULES = 2
"""A number that is another whenever the same entities would be other actors than before."""
_USUAL = {"place": "place", "body": "organisation"}
"""The type of what only its surroundings tell to be such."""


def clusters(rows: Iterable[EntityRow]) -> list[Cluster]:
    """The actors that the entities are, by key. Every entity is of exactly one."""
    with uncollected():
        return _clusters(rows)


def _clusters(rows: Iterable[EntityRow]) -> list[Cluster]:
    by_id = {row.id: row for row in rows}
    ordered = [by_id[name] for name in sorted(by_id)]
    known: dict[str, Group] = {}
    unnamed: list[Group] = []
    persons: list[EntityRow] = []
    named: dict[Key, list[EntityRow]] = defaultdict(list)
    lands = lands_of(ordered)
    said = said_to_be(ordered)
    usual, told_apart = _usual_classes(ordered)
    mended = set[str]()
    elsewhere = {(row.document, fold_name(row.name)) for row in ordered if CLASSES.get(row.type) == "place"} | {*said}
    for row in ordered:
        class_ = CLASSES.get(row.type, "other")
        name = fold_name(row.name)
        if class_ == "body" and not row.known and name in lands and not _body_after_all(row, elsewhere):
            class_ = "place"  # what has ministers is a land, whatever it does
            mended.add(row.id)
        elif (
            class_ in ("person", "body", "place")
            and not row.known
            and name not in lands
            and usual.get(name, class_) != class_
            and (row.document, name) not in told_apart
        ):
            class_ = usual[name]
            mended.add(row.id)
        if row.known:
            key = ("known", row.known)
            known.setdefault(row.known, Group(key)).take((row,), key, "alias in the lexicon", SURE)
        elif not row.name or not fold(row.name):
            group = Group(("entity", row.id))
            group.take((row,), group.key, "no name: never joined", 1.0)
            unnamed.append(group)
        elif class_ == "person":
            persons.append(row)
        else:
            named[class_, fold_name(row.name) or fold(row.name)].append(row)
    _keep_lands_apart(named)
    mended |= _join_lands(named, persons, said)
    full, single = forms(persons)
    people = joined(full)
    told = {row.id: said_of for row in single if (said_of := said.get((row.document, fold_name(row.name)))) is not None}
    for (class_, name, *_), rows in named.items():
        for row in rows:
            told_here = said.get((row.document, name))
            if told_here is not None and (class_ == "other" or (class_ == "body" and told_here[0] == "place")):
                told[row.id] = told_here
    single = [row for row in single if row.id not in told]
    single = with_surnames(single, people)
    left = {key: [row for row in rows if row.id not in told] for key, rows in named.items()}
    bodies = _bodies({key: rows for key, rows in left.items() if rows})
    for id_, told_key in told.items():
        row = by_id[id_]
        own = told_key if told_key[0] == "place" else ("body", fold_name(row.name), row.document)
        bodies.setdefault(told_key, Group(told_key)).take((row,), own, "its document says what it is", 0.85)
    with_short_names(bodies, people, ordered)
    rest = _untold(bodies, people, single, [form.words for form in full], lands)
    found = [*known.values(), *unnamed, *people, *bodies.values(), *rest]
    for group in found:
        group.links = [
            (row, key, MENDED, min(sure, 0.85)) if row.id in mended and why == EXACT else (row, key, why, sure)
            for row, key, why, sure in group.links
        ]
    return sorted((_cluster(group) for group in found), key=lambda one: one.key)


def _body_after_all(row: EntityRow, elsewhere: Container[tuple[str, str]]) -> bool:
    """Whether its document says that what has a land's name is a body: it is an outlet, the land is named there too
    (`elsewhere`), or it is called by a noun for bodies ("the newspaper")."""
    if row.type == "outlet" or (row.document, fold_name(row.name)) in elsewhere:
        return True
    described = (name.split()[-1] for name in row.names if name[:1].islower() or name.startswith(("The ", "A ")))
    return any(HEADS.get(noun.lower(), ()) == ("body",) for noun in described)


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
    said: Mapping[tuple[str, str], Key],
) -> set[str]:
    """Take a word that a document takes for a state for that in all of them, unless somewhere it is more than just a
    body or a person, as a document says: who acts as states do is taken for either ("Velmark denied the charge"). The
    ids of the entities that were taken for another come out."""
    states = {key[1] for key, rows in named.items() if key[0] == "place" and any(row.type == "state" for row in rows)}
    states = {state for state in states if " " not in state}
    if not states:
        return set()
    states -= {word for row in persons for word in _last_words(row)}
    states = {
        name
        for name in states
        if all(row.type == "organisation" and (row.document, name) not in said for row in named.get(("body", name), ()))
    }
    taken = [row for name in sorted(states) for row in named.pop(("body", name), ())]
    taken += [row for row in persons if fold_name(row.name) in states]
    persons[:] = [row for row in persons if fold_name(row.name) not in states]
    for row in taken:
        named["place", fold_name(row.name)].append(row)
    return {row.id for row in taken}


def _last_words(row: EntityRow) -> Iterator[str]:
    """The words by which a person with a longer name or a title may be called."""
    for one in (row.name, *row.names):
        own = person(one)
        if own.words and (len(own.words) > 1 or own.titled) and SMALL.isdisjoint(own.words):
            yield from (own.words[0], own.words[-1])


def _usual_classes(rows: Iterable[EntityRow]) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Of names that some documents take for a person's, a body's or a place's, and others for another's, what most of
    them do. Of several words: a person where as many do, and a place where that is what others take it for: whoever
    reads "Aurel Kest praised the fair" may err. Whether it is a body's or a place's only where far more documents say
    the one; of a single word no more than that. What a title or gender says is left as it is; and so is what one
    document tells apart, by the document and the name, which come out too."""
    told: dict[str, dict[str, list[EntityRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        class_ = CLASSES.get(row.type, "other")
        if class_ != "other" and row.name and not row.known:
            told[fold_name(row.name)][class_].append(row)
    found = {}
    told_apart: set[tuple[str, str]] = set()
    for name, by_class in told.items():
        if len(by_class) == 1 or not name or any(person(n).gender for r in by_class.get("person", ()) for n in r.names):
            continue
        every = {class_: {row.document for row in own} for class_, own in by_class.items()}
        times = Counter(document for documents in every.values() for document in documents)
        apart = {document for document, number in times.items() if number > 1}
        classes = {class_: documents - apart for class_, documents in every.items() if documents - apart}
        usual = _usual(name, classes) if len(classes) > 1 else None
        if usual is not None:
            found[name] = usual
            told_apart |= {(document, name) for document in apart}
    return found, told_apart


def _usual(name: str, classes: Mapping[str, set[str]]) -> str | None:
    if set(classes) == {"body", "place"} or " " not in name:
        if not {"body", "place"} <= set(classes) <= {"body", "place", "person"}:
            return None
        few, many = sorted(("body", "place"), key=lambda one: (len(classes[one]), one))
        return many if len(classes[many]) >= _FAR * len(classes[few]) else None
    if not _taken_for(name, set(classes)):
        return None
    return "place" if "place" in classes else max(classes, key=lambda one: (len(classes[one]), one == "person"))


_FAR = 2
"""How many times as many documents must take a word for a place or a body as take it for the other."""


def _taken_for(name: str, classes: set[str]) -> bool:
    """Whether a name may be a person's in the eyes of some, and of all else in those of others: "Lower Orrin" has no
    given name, and may be a place."""
    return classes == {"person", "body"} or (classes == {"person", "place"} and name.split()[0] not in given())


def _cluster(group: Group) -> Cluster:
    rows = [link[0] for link in group.links]
    alone = len(rows) == 1
    links = (
        Link(row.id, key, ONLY if alone and reason == EXACT else reason, round(sure, 2))
        for row, key, reason, sure in group.links
    )
    name = _naming(group)
    own = [row for row, key, _, _ in group.links if key == name] or rows
    fitting = [row for row in rows if CLASSES.get(row.type, "other") == name[0]]
    type_ = type_of(fitting) if fitting else _USUAL.get(name[0]) or type_of(rows)
    return Cluster(name, name_of(own), type_, own[0].known, tuple(sorted(links, key=lambda one: one.entity)))


def _naming(group: Group) -> Key:
    """The key that names a group: of a person that of the name which most have, but for one with an initial alone."""
    keys = Counter(key for _, key, _, _ in group.links if key[0] == "person" and len(key) == 2)
    if group.key[0] != "person" or not keys:
        return group.key
    return min(keys, key=lambda key: (key[1][1:2] == " ", -keys[key], -len(key[1]), key))


def name_of(rows: Sequence[EntityRow]) -> str:
    """The name that most of them have in their documents, the longer of two; the neutral one where it is known."""
    if rows[0].known:
        return rows[0].known
    names = Counter(row.name for row in rows)
    return min(names, key=lambda name: (-names[name], name.lower().startswith(ARTICLES), -len(name), name))


def type_of(rows: Iterable[EntityRow]) -> str:
    """The type that most of them have; "other" only where all are."""
    types = Counter(row.type for row in rows)
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
    full: Sequence[tuple[str, ...]],
    lands: frozenset[str],
) -> list[Group]:
    """Join what no type is told of to the only one of its name; and name persons of one word, each by itself.

    A word that nothing shows to be a person's name, since nobody in the corpus has it in a full name or under a title,
    and that names one place or one body elsewhere, or a land, is that: a reader mistook it.
    """
    borne = {word for words in full if SMALL.isdisjoint(words) for word in words}
    borne |= {person(name).words[-1] for row in single for name in row.names if _titled(name)}
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


def _titled(name: str) -> bool:
    own = person(name)
    return own.titled and bool(own.words) and SMALL.isdisjoint(own.words)  # not "minister of water of Velmark"
