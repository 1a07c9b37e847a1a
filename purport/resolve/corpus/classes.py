"""What each entity is taken for, a person, a body or a place: by its document, by what other documents say of its name,
and by what has ministers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from purport.lexicons.given import given
from purport.model.rows import EntityRow
from purport.resolve.corpus.entities import CLASSES, Entities
from purport.resolve.corpus.folding import fold_name, person
from purport.resolve.corpus.said_of_names import Key, lands_of, said_to_be, says_what
from purport.resolve.document.nouns import HEADS


@dataclass(frozen=True, slots=True)
class Classes:
    """What all entities together tell of single ones.

    `lands` are the folded words that somebody is prime minister or the like of; `said` what a document says that a word
    is, by both; `usual` what most documents take a folded name for, and `apart` where one uses it for two; `elsewhere`
    the names of lands that a document uses for a place and for a body.
    """

    lands: frozenset[str]
    said: Mapping[tuple[str, str], Key]
    usual: Mapping[str, str]
    apart: frozenset[tuple[str, str]]
    elsewhere: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, entities: Entities) -> Classes:
        """Those of a corpus."""
        saying, lands = set[str](), set[str]()
        for row in entities.kinds():
            lands |= lands_of((row,))
            if says_what(row):
                saying.add(fold_name(row.name))
        return cls.told_of(entities, lands, said_to_be(entities, saying))

    @classmethod
    def told_of(cls, entities: Entities, lands: Collection[str], said: Mapping[tuple[str, str], Key]) -> Classes:
        """Those of entities of which it is told what lands there are and what documents say."""
        usual, apart = _usual_classes(entities.of_several_classes())
        taken: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in entities.named(lands):
            taken[row.document, fold_name(row.name)].add(CLASSES.get(row.type, "other"))
        elsewhere = frozenset(where for where, classes in taken.items() if {"place", "body"} <= classes)
        return cls(frozenset(lands), said, usual, frozenset(apart), elsewhere)

    def single(self) -> set[str]:
        """The folded names that entities have of which one may be taken for another thing than the next."""
        return {*self.lands, *(name for _, name in self.said), *(name for _, name in self.apart)}

    def told(self, row: EntityRow) -> tuple[str, bool]:
        """What an entity that has a name and is in no lexicon is taken for, and whether that is for other documents'
        sake."""
        class_ = CLASSES.get(row.type, "other")
        name = fold_name(row.name)
        if class_ == "body" and name in self.lands and not self._body_after_all(row, name):
            return "place", True  # what has ministers is a land, whatever it does
        usual = self.usual.get(name, class_)
        movable = class_ in ("person", "body", "place") and name not in self.lands
        if movable and usual != class_ and (row.document, name) not in self.apart:
            return usual, True
        return class_, False

    def _body_after_all(self, row: EntityRow, name: str) -> bool:
        """Whether its document says that what has a land's name is a body: it is an outlet, the land is named there
        too, or it is called by a noun for bodies ("the newspaper")."""
        if row.type == "outlet" or (row.document, name) in self.elsewhere or (row.document, name) in self.said:
            return True
        described = (one.split()[-1] for one in row.names if one[:1].islower() or one.startswith(("The ", "A ")))
        return any(HEADS.get(noun.lower(), ()) == ("body",) for noun in described)


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
