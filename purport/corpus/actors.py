"""The actors of a store: found across its documents, as people's judgements have them, by name or id."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TypeVar

from purport import store as stores
from purport.errors import UsageError
from purport.lexicons import shipped_lexicon
from purport.model.rows import Actor, ActorLink, EntityRow, Judgement
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.folding import fold, fold_name, folded_person
from purport.resolve.corpus.judgements import APART, MERGE, RENAME, SPLIT, UNDO, Judged, judged, named, undone
from purport.resolve.corpus.link import Cluster, actor_id, clusters
from purport.resolve.corpus.words import Told
from purport.resolve.document.names import read_name
from purport.store.conditions import known_as

_LEAST = 6
"""Digits that are enough of an id."""
FAR = 4
"""How many times as often as all others together somebody must be named to be meant by a name."""
_LISTED = 5
"""Candidates that an error names."""
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINING = frozenset("al el bin ibn von van de der den di da du la le of for and the y - &".split())


class Cast:
    """The actors of a store as they are at one moment."""

    def __init__(
        self,
        rows: Iterable[EntityRow],
        judgements: Sequence[Judgement],
        found: Sequence[Cluster] | None = None,
        told: Told | None = None,
    ) -> None:
        """The actors of entities; what was `found` of the same ones before is taken as it is, since it takes long.
        `told` is what more entities tell of which these are a part (`purport.resolve.corpus.parts`)."""
        self.rows = {row.id: row for row in rows}
        self.judgements = tuple(judgements)
        self.found: Sequence[Cluster] = clusters(self.rows.values(), told) if found is None else found
        self.judged: Judged = judged(self.found, self.judgements, self.rows)
        self._told: dict[tuple[str, ...], Actor] = {}
        self._folded: dict[tuple[str, ...], set[str]] = {}

    @classmethod
    def of(cls, store: stores.Store) -> Cast:
        """That of a store."""
        return cls(stores.entities(store), stores.judgements(store))

    # -- asking ---------------------------------------------------------------------------------------------------

    def actors(self, search: str | None = None, type_: str | None = None, limit: int | None = None) -> Iterator[Actor]:
        """The actors by number of mentions, then by name: all that have a name and are no mere thing ("other"),
        unless a type is asked for. `search` are words of one of their names. Raises `UsageError` for a type that is
        none."""
        yield from map(self.actor, self.ranked(search, type_)[:limit])

    def ranked(self, search: str | None = None, type_: str | None = None) -> list[Cluster]:
        """The same as clusters."""
        if type_ is not None and type_ not in TYPES:
            raise UsageError(f"no type of actor is called {type_!r}; there are {', '.join(TYPES)}")
        asked = f" {fold(search)} " if search is not None else ""
        return [
            one
            for one, names in self.by_mentions
            if asked in names and (one.type == type_ if type_ is not None else one.name and one.type != "other")
        ]

    @cached_property
    def by_mentions(self) -> list[tuple[Cluster, str]]:
        """All actors by number of mentions, each with its folded names as one text in which words can be found."""
        return [(one, in_one_text(self.folded(one))) for one in self._most_named]

    @cached_property
    def _most_named(self) -> list[Cluster]:
        """All actors by number of mentions, then by name."""

        return sorted(self.judged.clusters, key=lambda one: (-self.mentions[one.key], one.name, one.id))

    @cached_property
    def mentions(self) -> dict[tuple[str, ...], int]:
        """How often each actor is named, by its key."""
        return {one.key: sum(self.rows[link.entity].mentions for link in one.links) for one in self.judged.clusters}

    def actor(self, one: Cluster) -> Actor:
        """An actor as a row."""
        told = self._told.get(one.key)
        if told is None:
            told = self._told[one.key] = self._row(one)
        return told

    def _row(self, one: Cluster) -> Actor:
        rows = [self.rows[link.entity] for link in one.links]
        called: Counter[str] = Counter()
        for row in rows:
            called.update(own_names(row))
        called.pop(one.name, None)
        return Actor(
            one.id,
            one.name or (min(rows[0].names, default="") if rows else ""),
            one.type,
            one.known,
            self.mentions[one.key],
            len({row.document for row in rows}),
            sum(row.statements for row in rows),
            sum(row.hostile for row in rows),
            sum(row.laudatory for row in rows),
            by_number(called),
        )

    def links(self, one: Cluster) -> Iterator[ActorLink]:
        """Every entity of an actor with the reason for which it is of it, by document."""
        id_ = one.id  # which is made anew each time
        for link in sorted(one.links, key=lambda link: (self.rows[link.entity].document, link.entity)):
            row = self.rows[link.entity]
            yield ActorLink(
                row.id, id_, one.name, row.document, row.name, row.type, row.mentions, link.reason,
                link.confidence, row.names,
            )  # fmt: skip

    def all_links(self) -> Iterator[ActorLink]:
        """The links of all actors that have a name, by actor's id."""
        for one in sorted(self.judged.clusters, key=lambda one: one.id):
            if one.name:
                yield from self.links(one)

    def find(self, name: str) -> Cluster:
        """The actor that is called so: by its id or the beginning of it, its name, or any name that it alone bears.

        Raises `UsageError`, with the candidates, where there is none, or several.
        """
        asked = name.strip().lower()
        if asked in self._by_id:
            return self._by_id[asked]
        if may_begin_id(asked):
            fitting = {one.key: one for id_, one in self._by_id.items() if id_.startswith(asked)}
            if fitting:
                return self._only(name, list(fitting.values()))
        if fold(name):
            possible = {one.key: one for form in forms_of(name) for one in self._called.get(form, ()) if one.name}
            found = nearest(name, list(possible.values()), lambda one: (one.name, self.forms(one)))
        else:
            found = [one for one in self.judged.clusters if one.name == name != ""]
        if found:
            return self._only(name, found)
        raise UsageError(NOBODY.format(name))

    def called(self, name: str) -> list[Cluster]:
        """The actors that bear a name, also as the last word of a person's, the most named first."""
        return sorted(self._bearers(name), key=lambda one: (-self.actor(one).mentions, one.id))

    def dominant(self, name: str) -> tuple[Cluster, int]:
        """The actor that a name means most, and how many others a single word may mean. Raises `UsageError` where it
        means nobody, or none of several by far more than the others together."""
        whole = " " in fold(name) or name.strip().lower() in self._by_id
        found = [] if whole else self.called(name)
        if len(found) > 1:
            first, *rest = (self.actor(one).mentions for one in found)
            if first > FAR * sum(rest):
                return found[0], len(rest)
            return self._only(name, found), 0
        return self.find(name), 0

    def bearing(self, name: str) -> list[str]:
        """The ids of the entities of all actors that bear a name, or of the one whose id it is; none where nobody
        does."""
        asked = name.strip().lower()
        chosen = [self._by_id[asked]] if asked in self._by_id else self._bearers(name)
        return sorted({link.entity for one in chosen for link in one.links})

    def _bearers(self, name: str) -> list[Cluster]:
        """The actors that bear a name, or are known to the lexicon by it."""
        known = known_as(name)
        found = [one for form in forms_of(name) for one in self._called.get(form, ())]
        found += [one for one in self.judged.clusters if one.known in known] if known else []
        return [one for one in {one.key: one for one in found}.values() if one.name]

    def _only(self, name: str, found: Sequence[Cluster]) -> Cluster:
        if len(found) == 1:
            return found[0]
        raise several(name, map(self.actor, found), self._where)

    def _where(self, one: Actor) -> str:
        """In which document, or in how many, an actor is named."""
        documents = {self.rows[link.entity].document for link in self._by_id[one.id].links}
        return f"document {min(documents)}" if len(documents) == 1 else f"{len(documents)} documents"

    def folded(self, one: Cluster) -> set[str]:
        """The folded names of an actor."""
        own = self._folded.get(one.key)
        if own is None:
            rows = (self.rows[link.entity] for link in one.links)
            own = self._folded[one.key] = set[str]().union(*(folded_in(row, one.name, one.type) for row in rows))
        return own

    @cached_property
    def _called(self) -> dict[str, list[Cluster]]:
        """The actors by the forms that they are called by."""
        found: dict[str, list[Cluster]] = defaultdict(list)
        for one in self.judged.clusters:
            for form in self.forms(one):
                found[form].append(one)
        return dict(found)

    def forms(self, one: Cluster) -> set[str]:
        """The forms that an actor is called by (`forms_of` a name): its folded names, and what a person's end in."""
        return self.folded(one) | endings(one)

    @cached_property
    def _by_id(self) -> dict[str, Cluster]:
        """Each actor by its id, and by those that its other names would give."""
        other = {actor_id(key): one for key, one in sorted(self.judged.by_key.items())}
        return other | {one.id: one for one in self.judged.clusters}

    # -- judging --------------------------------------------------------------------------------------------------

    def merge(self, name: str, other: str) -> Judgement:
        """That the second actor is the first. Raises `UsageError` where either cannot be found, or they are one."""
        one, two = self.find(name), self.find(other)
        if one.key == two.key:
            raise UsageError(f"{name!r} and {other!r} are one actor already: {one.id} {one.name}")
        number = self.judged.kept_apart(one, two)
        if number is not None:
            raise UsageError(f"judgement {number} says that {name!r} and {other!r} are two; undo it first")
        return Judgement(0, MERGE, one.key, two.key, told=f"{_said(two)} is {_said(one)}")

    def apart(self, name: str, other: str) -> Judgement:
        """That two actors are two, whatever documents that are read later make of them. Raises `UsageError` where
        either cannot be found, they are one, or are judged so already."""
        one, two = self.find(name), self.find(other)
        if one.key == two.key:
            raise UsageError(f"{name!r} and {other!r} are one actor: {one.id} {one.name}; split off what is another")
        number = self.judged.kept_apart(one, two)
        if number is not None:
            raise UsageError(f"judgement {number} says so already of {name!r} and {other!r}")
        return Judgement(0, APART, one.key, two.key, told=f"{_said(two)} is not {_said(one)}")

    def merged(self, pairs: Iterable[tuple[str, str]]) -> list[Judgement]:
        """That of each pair the second actor is the first; pairs that follow from those before them are left out.
        Raises as `merge`, and where all of them together would make one of those whom a judgement keeps apart."""
        made: list[Judgement] = []
        leads: dict[tuple[str, ...], tuple[str, ...]] = {}

        def lead(key: tuple[str, ...]) -> tuple[str, ...]:
            while key in leads:
                key = leads[key]
            return key

        for name, other in dict.fromkeys(pairs):
            found = self.merge(name, other)
            one, two = lead(found.one), lead(found.other)
            if one != two:
                leads[two] = one
                made.append(found)
        numbered = [replace(one, number=len(self.judgements) + at) for at, one in enumerate(made, 1)]
        after = judged(self.found, (*self.judgements, *numbered), self.rows)
        broken = sorted(after.overridden() - self.judged.overridden())
        if broken:
            raise UsageError(f"judgement {broken[0]} keeps two of these apart; undo it first, or leave one of them out")
        return made

    def split(self, name: str, what: str) -> Judgement:
        """That an entity, by its id, or all that have a name, are not that actor but another. Raises `UsageError`
        where there is nothing of the kind, or nothing would be left."""
        one = self.find(name)
        given = what.strip().lower()
        entities = [link for link in one.links if len(given) >= _LEAST and link.entity.startswith(given)]
        if len(entities) == 1:
            (link,) = chosen = entities
            row = self.rows[link.entity]
            other: tuple[str, ...] = ("entity", row.id, row.document, *link.key)
            told = f"{row.name or row.id} of document {row.document} is not {_said(one)}"
        else:
            forms = (form for form in dict.fromkeys((folded_person(what), fold_name(what))) if form)
            form, chosen = next(
                ((form, links) for form in forms if (links := named(one.links, form, self.rows))), ("", [])
            )
            other, told = ("name", form), f"who is called {what.strip()!r} is not {_said(one)}"
        if not chosen:
            raise UsageError(f"{one.name} ({one.id}) has no entity or name {what!r}; show the actor to see them")
        if len(chosen) == len(one.links):
            raise UsageError(f"{what!r} is all that {one.name} ({one.id}) is; split off a part of it")
        return Judgement(0, SPLIT, one.key, other, told=told)

    def rename(self, name: str, new: str) -> Judgement:
        """That the actor is to be called otherwise. Raises `UsageError` for an empty name, or the one it has."""
        one, called = self.find(name), " ".join(new.split())
        if not fold(called):
            raise UsageError(f"{new!r} is no name; give one with a letter in it")
        if called == one.name:
            raise UsageError(f"{one.id} is called {called!r} already")
        return Judgement(0, RENAME, one.key, name=called, told=f"{_said(one)} is called {called}")

    def undo(self, number: int | None = None) -> Judgement:
        """That a judgement, the last that stands if none is named, is taken back; an undo can be taken back too.
        Raises `UsageError` where there is none, or it is undone already."""
        gone = undone(self.judgements)
        if number is None:
            standing = [one for one in self.judgements if one.number not in gone and one.deed != UNDO]
            if not standing:
                raise UsageError("there is no judgement to undo; the log lists those there are")
            chosen = standing[-1]
        else:
            fitting = [one for one in self.judgements if one.number == number]
            if not fitting:
                raise UsageError(f"there is no judgement {number}; the log lists those there are")
            (chosen,) = fitting
            if number in gone:
                raise UsageError(f"judgement {number} is undone already; undo the judgement that did it instead")
        return Judgement(0, UNDO, undoes=chosen.number, told=f"not so: {chosen.told}")


def own_names(row: EntityRow) -> set[str]:
    """The names, and no descriptions, by which a document calls an entity, without a possessive's ending."""
    return {_POSSESSIVE.sub("", name) for name in (row.name, *row.names) if _is_name(name)}


def by_number(called: Counter[str]) -> tuple[str, ...]:
    """Names, those that most have first."""
    return tuple(sorted(called, key=lambda name: (-called[name], name)))


def folded_in(row: EntityRow, name: str, type_: str) -> set[str]:
    """The folded names of an entity, of an actor of that name and type."""
    own = {
        told
        for one in (name, row.name, row.known, *filter(_is_name, row.names))
        for told in (fold(one), fold_name(one))
    }
    return (own | {folded_person(row.name)} if type_ == "person" else own) - {""}


def in_one_text(folded: Iterable[str]) -> str:
    """Folded names as one text, in which words of them can be found."""
    return "\n".join(f" {name} " for name in sorted(folded))


_ENDING = "… "
"""What stands in a form before the last words of a longer name."""


def endings(one: Cluster) -> set[str]:
    """The forms of a person that are what its names end in."""
    if one.key[0] != "person":
        return set()
    names = {link.key[1] for link in one.links}
    return {_ENDING + " ".join(parts[at:]) for parts in map(str.split, names) for at in range(len(parts))}


def is_ending(form: str) -> bool:
    """Whether a form is what a name ends in."""
    return form.startswith(_ENDING)


def may_begin_id(name: str) -> bool:
    """Whether a name may be the beginning of an actor's id: at least 6 of its hexadecimal digits."""
    asked = name.strip().lower()
    return len(asked) >= _LEAST and set(asked) <= set("0123456789abcdef")


def forms_of(name: str) -> set[str]:
    """The forms of which one is a form of each actor that is called so."""
    asked = name.strip()
    return {fold(asked), fold_name(asked), folded_person(asked), _ENDING + fold(asked)} - {"", _ENDING}


NOBODY = "no actor is called {!r}; search the actors for a part of the name"


def nearest(name: str, candidates: Sequence[One], told: Callable[[One], tuple[str, Container[str]]]) -> list[One]:
    """Those of the candidates, of which one of `forms_of` the name is a form, to whom it is nearest: whose name it is,
    then one of whose names, then what a person's name ends in. `told` gives the name and the forms of one."""
    words, own = fold(name), {fold(name), fold_name(name), folded_person(name)} - {""}
    ways: tuple[Callable[[str, Container[str]], bool], ...] = (
        lambda called, _: called == name,
        lambda called, _: fold(called) == words,
        lambda called, _: not own.isdisjoint((fold(called), fold_name(called))),
        lambda _, forms: any(form in forms for form in own),
        lambda _, forms: _ENDING + words in forms,
    )
    known = [(one, *told(one)) for one in candidates]
    for fits in ways:
        if found := [one for one, called, forms in known if fits(called, forms)]:
            return found
    return []


def several(name: str, found: Iterable[Actor], where: Callable[[Actor], str]) -> UsageError:
    """That several actors are called so, with those that are named most; `where` tells of each in which document, or in
    how many, it is named."""
    rows = sorted(found, key=lambda one: (-one.mentions, one.id))
    told = [f"{one.id} {one.name} ({one.type}, {where(one)})" for one in rows[:_LISTED]]
    more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
    return UsageError(f"{len(rows)} actors are called {name!r}: {', '.join(told)}{more}; name one by its id")


One = TypeVar("One")


def _said(one: Cluster) -> str:
    return f"{one.name or 'unnamed'} ({one.type}, {one.id})"


@lru_cache(maxsize=1 << 16)
def _is_name(words: str) -> bool:
    """Whether words are a name, not a description: all but what joins them begins with a capital or a digit."""
    core = read_name(words.split(), shipped_lexicon()).core
    return (
        words[:1].isalnum()
        and bool(core)
        and all(not word[0].islower() or word in _JOINING for word in core)
        and core[0][0].isupper()
    )
