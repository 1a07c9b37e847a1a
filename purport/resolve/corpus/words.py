"""What words are in the names of all entities together: surnames that somebody bears, words that one body alone has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from purport.model.rows import EntityRow
from purport.resolve.corpus.classes import Classes
from purport.resolve.corpus.entities import CLASSES, Entities, Named
from purport.resolve.corpus.folding import fold_name, person
from purport.resolve.corpus.persons import after_article, full_name
from purport.resolve.corpus.said_of_names import SMALL
from purport.resolve.document.nouns import BODIES


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words of names, by what they are in them.

    `called` may persons with a longer name or a title be called, `taken` stand in a full name, `borne` too, or after a
    title, and "minister of water" is no such name; `joined` stand after an article ("al-Reth"). `owners` are bodies by
    the word that no other body's name begins or ends with, and by which a document calls some body or other thing;
    `beside` are the persons, by their whole names, of the documents in which those stand who are called by a noun
    ("the Guard"), and their owners.
    """

    called: frozenset[str]
    borne: frozenset[str]
    taken: frozenset[str]
    joined: frozenset[str]
    owners: Mapping[str, str]
    beside: Mapping[str, set[str]]

    @classmethod
    def of(cls, entities: Entities, classes: Classes) -> Words:
        """Those of a corpus."""
        joined = frozenset(word for row in entities.kinds() for word in after_article(row.name))
        found: dict[Part, set[str]] = {part: set() for part in Part}
        whole: dict[str, str] = {}
        for row in told_once(entities, classes):
            for part, word in words_in(row, classes, joined):
                if part is Part.WHOLE:
                    name = fold_name(row.name)
                    whole[word] = name if whole.get(word, name) == name else ""
                else:
                    found[part].add(word)
        taken = found[Part.TAKEN]
        owners = {word: whole[word] for word in sorted(found[Part.ALONE] - taken) if whole.get(word)}
        return cls.told(entities, found[Part.CALLED], found[Part.BORNE], taken, joined, owners)

    @classmethod
    def told(
        cls,
        entities: Named,
        called: Iterable[str],
        borne: Iterable[str],
        taken: Iterable[str],
        joined: Iterable[str],
        owners: Mapping[str, str],
    ) -> Words:
        """Those that are told, with whom the entities are named beside."""
        beside = _persons_beside(entities, {word: name for word, name in owners.items() if word in BODIES})
        return cls(frozenset(called), frozenset(borne), frozenset(taken), frozenset(joined), owners, beside)


class Part(StrEnum):
    """What a word is in a name: as `Words` has them; `ALONE` all of it, `WHOLE` what the name of a body begins or ends
    with."""

    CALLED = "called"
    BORNE = "borne"
    TAKEN = "taken"
    ALONE = "alone"
    WHOLE = "whole"


def words_in(row: EntityRow, classes: Classes, joined: Container[str]) -> Iterator[tuple[Part, str]]:
    """What the words are in the names of one that is in no lexicon; `joined` as in `full_name`."""
    class_, _ = classes.told(row)
    if class_ == "person":
        for word in _last_words(row):
            yield Part.CALLED, word
        words = full_name(row, joined).words
        if words is not None:
            for word in words:
                yield Part.TAKEN, word
                if SMALL.isdisjoint(words):
                    yield Part.BORNE, word
        elif (row.document, fold_name(row.name)) not in classes.said:
            for word in _titled(row):
                yield Part.BORNE, word
        return
    name = fold_name(row.name)
    parts = name.split()
    if len(parts) == 1 and class_ in ("body", "other"):
        yield Part.ALONE, name
    elif class_ == "body":
        for word in {parts[0], parts[-1]} if SMALL.isdisjoint(parts) else {parts[0]}:
            yield Part.WHOLE, word


def told_once(entities: Entities, classes: Classes) -> Iterator[EntityRow]:
    """The entities that have a name and are in no lexicon, those only once of which each is taken for the same."""
    single = classes.single()
    for row in entities.kinds():
        name = fold_name(row.name)
        if name and not row.known and name not in single:
            yield row
    for row in entities.named(single):
        if not row.known:
            yield row


def _last_words(row: EntityRow) -> Iterator[str]:
    """The words by which a person with a longer name or a title may be called."""
    for one in (row.name, *row.names):
        own = person(one)
        if own.words and (len(own.words) > 1 or own.titled) and SMALL.isdisjoint(own.words):
            yield from (own.words[0], own.words[-1])


def _titled(row: EntityRow) -> Iterator[str]:
    """The words that stand behind a title: "Minister Reth", not "minister of water of Velmark"."""
    for name in row.names:
        own = person(name)
        if own.titled and own.words and SMALL.isdisjoint(own.words):
            yield own.words[-1]


def _persons_beside(entities: Named, owners: Mapping[str, str]) -> dict[str, set[str]]:
    names = {*owners, *owners.values()}
    found: dict[str, set[str]] = defaultdict(set)
    if names:
        for row in entities.of({row.document for row in entities.named(names)}):
            name = fold_name(row.name) if CLASSES.get(row.type) == "person" else ""
            if " " in name:
                found[row.document].add(name)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What all entities together tell, by which any of them are told apart."""

    classes: Classes
    words: Words

    @classmethod
    def by(cls, entities: Entities) -> Told:
        """That of a corpus."""
        classes = Classes.of(entities)
        return cls(classes, Words.of(entities, classes))
