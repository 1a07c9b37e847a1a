"""Whom several documents name: entities of one name are one actor, each link with its reason; nothing is forced.

What may be compared at all is found by blocking (Christen 2012, chapter 4): by the folded name, and for persons by
the consonants that transliterations of a name have in common. Within a block persons are joined by complete linkage,
so that no chain of small steps joins what is far apart. Missing words of a name are made up for only where a single
candidate is left in the corpus, and a surname alone joins nobody. A function of the set of entities, whatever
their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from purport.lexicons.given import given
from purport.model.record import hash_id
from purport.model.rows import EntityRow
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.folding import ARTICLES, consonants, fold, fold_name, person, similar
from purport.resolve.corpus.said_of_names import CLASSES, SMALL, acronyms, lands_of, said_to_be

Key = tuple[str, ...]
"""What an actor is known by: what it is, its folded name, and, of one that its name does not tell, where it is named;
("known", neutral name) of one in the lexicon; ("entity", id) of one that has no name."""


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


_USUAL = {"place": "place", "body": "organisation"}
"""The type of what only its surroundings tell to be such."""


@dataclass(slots=True)
class _Form:
    """A full name of persons as it is spelled, and who bears it."""

    words: tuple[str, ...]
    generation: str
    rows: list[EntityRow] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return ("person", " ".join((*self.words, self.generation)).strip())

    @property
    def initial(self) -> bool:
        """Whether its first name is but a letter."""
        return len(self.words[0]) == 1


class _Group:
    """Entities that are one: forms or names, the first of which names it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.forms: list[_Form] = []
        self.acronyms: set[str] = set()
        self.links: list[tuple[EntityRow, Key, str, float]] = []

    def take(self, rows: Iterable[EntityRow], key: Key, reason: str, confidence: float) -> None:
        self.links += [(row, key, reason, confidence) for row in rows]

    def absorb(self, other: _Group, reason: str, confidence: float) -> None:
        """Take in all of the other, for that reason; what is less sure stays so."""
        self.forms += other.forms
        for row, key, before, sure in other.links:
            own = before not in (_EXACT, _ONLY)
            self.links.append((row, key, f"{reason}; {before}" if own else reason, min(sure, confidence)))


_EXACT = "exact name"
_ONLY = "the only one of its name"
_MENDED = "exact name; most documents take it for what this is"
_SURE = 0.98


def clusters(rows: Iterable[EntityRow]) -> list[Cluster]:
    """The actors that the entities are, by key. Every entity is of exactly one."""
    by_id = {row.id: row for row in rows}
    ordered = [by_id[name] for name in sorted(by_id)]
    known: dict[str, _Group] = {}
    unnamed: list[_Group] = []
    persons: list[EntityRow] = []
    named: dict[Key, list[EntityRow]] = defaultdict(list)
    usual, mended = _usual_classes(ordered), set[str]()
    for row in ordered:
        class_ = CLASSES.get(row.type, "other")
        if class_ in ("person", "body") and not row.known and usual.get(fold_name(row.name), class_) != class_:
            class_ = usual[fold_name(row.name)]
            mended.add(row.id)
        if row.known:
            key = ("known", row.known)
            known.setdefault(row.known, _Group(key)).take((row,), key, "alias in the lexicon", _SURE)
        elif not row.name or not fold(row.name):
            group = _Group(("entity", row.id))
            group.take((row,), group.key, "no name: never joined", 1.0)
            unnamed.append(group)
        elif class_ == "person":
            persons.append(row)
        else:
            named[class_, fold_name(row.name) or fold(row.name)].append(row)
    full, single = _forms(persons)
    people = _joined(full)
    said = said_to_be(ordered)
    told = {row.id: said_of for row in single if (said_of := said.get((row.document, fold_name(row.name)))) is not None}
    for (class_, name), rows in named.items():
        for row in rows:
            told_here = said.get((row.document, name))
            if told_here is not None and (class_ == "other" or (class_ == "body" and told_here[0] == "place")):
                told[row.id] = told_here
    single = [row for row in single if row.id not in told]
    left = {key: [row for row in rows if row.id not in told] for key, rows in named.items()}
    bodies = _bodies({key: rows for key, rows in left.items() if rows})
    for id_, told_key in told.items():
        row = by_id[id_]
        own = told_key if told_key[0] == "place" else ("body", fold_name(row.name), row.document)
        bodies.setdefault(told_key, _Group(told_key)).take((row,), own, "its document says what it is", 0.85)
    rest = _untold(bodies, people, single, [form.words for form in full], lands_of(ordered))
    found = [*known.values(), *unnamed, *people, *bodies.values(), *rest]
    for group in found:
        group.links = [
            (row, key, _MENDED, min(sure, 0.85)) if row.id in mended and why == _EXACT else (row, key, why, sure)
            for row, key, why, sure in group.links
        ]
    return sorted((_cluster(group) for group in found), key=lambda one: one.key)


def _usual_classes(rows: Iterable[EntityRow]) -> dict[str, str]:
    """Of names of several words that some documents take for a person's and others for a body's what most of them do, a
    person where as many do: whoever reads "Aurel Kest praised the fair" may err. What one document tells apart, or a
    title or gender says, is left as it is."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sure: set[str] = set()
    for row in rows:
        class_ = CLASSES.get(row.type, "other")
        name = "" if row.known or not row.name or class_ == "other" else fold_name(row.name)
        if " " in name:
            told[name][class_].add(row.document)
            if class_ == "person" and any(person(one).gender for one in row.names):
                sure.add(name)
    return {
        name: max(classes, key=lambda one: (len(classes[one]), one == "person"))
        for name, classes in told.items()
        if set(classes) == {"person", "body"} and name not in sure and classes["person"].isdisjoint(classes["body"])
    }


def _cluster(group: _Group) -> Cluster:
    rows = [link[0] for link in group.links]
    alone = len(rows) == 1
    links = (
        Link(row.id, key, _ONLY if alone and reason == _EXACT else reason, round(sure, 2))
        for row, key, reason, sure in group.links
    )
    name = _naming(group)
    own = [row for row, key, _, _ in group.links if key == name] or rows
    fitting = [row for row in rows if CLASSES.get(row.type, "other") == name[0]]
    type_ = type_of(fitting) if fitting else _USUAL.get(name[0]) or type_of(rows)
    return Cluster(name, name_of(own), type_, own[0].known, tuple(sorted(links, key=lambda one: one.entity)))


def _naming(group: _Group) -> Key:
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


# -- persons ------------------------------------------------------------------------------------------------------


def _forms(rows: Sequence[EntityRow]) -> tuple[list[_Form], list[EntityRow]]:
    """The full names with who bears them, by frequency; and those who have but one word for a name."""
    forms: dict[Key, _Form] = {}
    single: list[EntityRow] = []
    for row in rows:
        name = person(row.name)
        if len(name.words) < 2:
            single.append(row)
            continue
        told = [one for one in map(person, row.names) if one.words == name.words]
        generation = next((one.generation for one in (name, *told) if one.generation), "")
        form = _Form(name.words, generation)
        form = forms.setdefault(form.key, form)
        form.rows.append(row)
        form.documents.add(row.document)
        form.genders |= {one.gender for one in (name, *told)} - {""}
    return sorted(forms.values(), key=lambda one: (-len(one.rows), one.key)), single


def _joined(forms: Sequence[_Form]) -> list[_Group]:
    """Persons of full names: spellings of one name, then names that lack a middle one, then initials."""
    blocks: dict[tuple[str, ...], list[_Group]] = defaultdict(list)
    apart: list[_Group] = []
    initials: list[_Form] = []
    for form in forms:
        apart += _same_document(form)
        if not form.rows:
            continue
        if form.initial:
            initials.append(form)
            continue
        block = blocks[_block(form)]
        for group in block:
            told = _all(form, group)
            if told is not None:
                group.take(form.rows, form.key, *told)
                group.forms.append(form)
                break
        else:
            block.append(_new(form))
    found: list[_Group] = []
    for block in blocks.values():
        found += _without_middle(block)
    return [*apart, *_with_initials(initials, found)]


def _new(form: _Form) -> _Group:
    group = _Group(form.key)
    group.forms.append(form)
    group.take(form.rows, form.key, _EXACT, _SURE)
    return group


def _same_document(form: _Form) -> list[_Group]:
    """Take out those of one name that a document keeps apart: it knows of two, and which is which elsewhere is open."""
    counts = Counter(row.document for row in form.rows)
    doubled = [row for row in form.rows if counts[row.document] > 1]
    found = []
    for row in doubled:
        group = _Group((*form.key, row.document, row.id))
        group.take((row,), group.key, "one of several of its name in its document", 1.0)
        found.append(group)
    if doubled:
        form.rows = [row for row in form.rows if counts[row.document] == 1]
        form.documents = {row.document for row in form.rows}
    return found


def _block(form: _Form) -> tuple[str, ...]:
    """The consonants of the first and the last word, in either order, and "jr" or the like."""
    return (*sorted(map(consonants, (form.words[0], form.words[-1]))), form.generation)


def _all(form: _Form, group: _Group) -> tuple[str, float] | None:
    """Why a name is one with every name of a group; None where it is not."""
    told = None
    for other in group.forms:
        own = _spelled(form, other)
        if own is None or _two(form, other, apart_in_one=own[0] != _TURNED):
            return None
        told = own if told is None else told
    return told


_TURNED = "the same name in another order"


def _two(one: _Form, other: _Form, *, apart_in_one: bool = True) -> bool:
    """Whether something says that they are two: "jr", a title of the other gender, a document that names both."""
    return (
        one.generation != other.generation
        or (bool(one.genders) and bool(other.genders) and one.genders.isdisjoint(other.genders))
        or (apart_in_one and not one.documents.isdisjoint(other.documents))
    )


def _spelled(one: _Form, other: _Form) -> tuple[str, float] | None:
    """Why two full names with as many words are one: spellings of each other, or in another order."""
    if len(one.words) != len(other.words):
        return None
    alike = similar(one.words, other.words)
    if alike is not None:
        if any(len(word) == 1 for word in (*one.words, *other.words)) and alike == 1:
            return "middle initial", 0.92
        return f"transliteration similarity {alike:.2f}".replace("0.", "."), round(alike * 0.97, 2)
    # "James Thomas" and "Thomas James" are two: which is the given name must be told by one being none.
    if all(word in given() for word in one.words):
        return None
    turned = (*one.words[1:], one.words[0]), (one.words[-1], *one.words[:-1])
    best = max((like for words in turned if (like := similar(words, other.words)) is not None), default=None)
    return (_TURNED, round(0.92 * best, 2)) if best is not None else None


def _without_middle(block: list[_Group]) -> list[_Group]:
    """The groups of a block, each that has no middle name joined to the only one that has one, if it is the only."""
    longer = [group for group in block if len(group.forms[0].words) > 2]
    found = list(longer)
    for group in block:
        if len(group.forms[0].words) > 2:
            continue
        fitting = [
            other
            for other in longer
            if similar(group.forms[0].words, _ends(other.forms[0])) is not None
            and not any(_two(one, its) for one in group.forms for its in other.forms)
        ]
        # "Hollan Reth" could be either of "Hollan K. Reth" and "Hollan M. Reth", though only one of them be free.
        rivals = sum(similar(group.forms[0].words, _ends(other.forms[0])) is not None for other in longer)
        if len(fitting) == 1 == rivals:
            fitting[0].absorb(group, "middle name missing", 0.9)
        else:
            found.append(group)
    return found


def _ends(form: _Form) -> tuple[str, str]:
    return form.words[0], form.words[-1]


def _with_initials(forms: Sequence[_Form], groups: Sequence[_Group]) -> list[_Group]:
    """The groups with what has an initial for its first name joined to the only one that it fits."""
    fitting: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    for group in groups:
        for place in {(form.words[0][0], form.words[-1]) for form in group.forms}:
            fitting[place].append(group)
    found = list(groups)
    rest: dict[tuple[str, str], list[_Form]] = defaultdict(list)
    for form in forms:
        rest[form.words[0], form.words[-1]].append(form)
    for place, alike in rest.items():
        for form in alike:
            possible = [group for group in fitting[place] if any(_abbreviates(form, one) for one in group.forms)]
            if len(possible) == 1 and not any(_two(form, one) for one in possible[0].forms):
                possible[0].take(form.rows, form.key, "initial and surname", 0.85)
            elif not possible and len(alike) == 1:
                found.append(_new(form))  # of one spelling, and no full name says that it is several
            else:
                found += _each(form, "an initial and a surname that several share")
    return found


def _abbreviates(short: _Form, form: _Form) -> bool:
    """Whether "H. K. Reth" may stand for a full name: its further initials are those of the name, as far as it has
    any."""
    mine, theirs = short.words[1:-1], form.words[1:-1]
    if short.generation != form.generation:
        return False
    return not mine or not theirs or [word[0] for word in mine] == [word[0] for word in theirs]


def _each(form: _Form, reason: str) -> Iterator[_Group]:
    for row in form.rows:
        group = _Group((*form.key, row.document))
        group.take((row,), group.key, reason, 1.0)
        yield group


# -- organisations, places and the rest --------------------------------------------------------------------------


def _bodies(named: Mapping[Key, Sequence[EntityRow]]) -> dict[Key, _Group]:
    """Those that one name makes one, each acronym joined to the only long form that a document gives it."""
    groups: dict[Key, _Group] = {}
    for key in sorted(named):
        group = groups[key] = _Group(key)
        group.take(named[key], key, _EXACT, _SURE)
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
    bodies: dict[Key, _Group],
    people: Sequence[_Group],
    single: Sequence[EntityRow],
    full: Sequence[tuple[str, ...]],
    lands: frozenset[str],
) -> list[_Group]:
    """Join what no type is told of to the only one of its name; and name persons of one word, each by itself.

    A word that nothing shows to be a person's name, since nobody in the corpus has it in a full name or under a title,
    and that names one place or one body elsewhere, or a land, is that: a reader mistook it.
    """
    borne = {word for words in full if SMALL.isdisjoint(words) for word in words}
    borne |= {person(name).words[-1] for row in single for name in row.names if _titled(name)}
    for land in sorted(lands - borne):
        bodies.setdefault(("place", land), _Group(("place", land)))
    by_name: dict[str, list[_Group]] = defaultdict(list)
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
            group = _Group(key if len(rows) == 1 else (*key, row.id))
            group.take((row,), group.key, "one word: never joined to another document's", 1.0)
            groups.append(group)
    return groups


def _titled(name: str) -> bool:
    own = person(name)
    return own.titled and bool(own.words)
