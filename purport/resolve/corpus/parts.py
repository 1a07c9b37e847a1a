"""The entities of a corpus in parts that can be told apart one by one: no two of different parts are ever compared, but
for what all of them together tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from purport.resolve.corpus.entities import Entities
from purport.resolve.corpus.folding import fold_name, person
from purport.resolve.corpus.persons import block_of, full_name, may_be_one
from purport.resolve.corpus.said_of_names import acronyms
from purport.resolve.corpus.words import Told, told_once


def parts(entities: Entities, told: Told) -> dict[str, int]:
    """For the folded name of each entity that is in no lexicon the number of its part; entities of one name, or known
    to the lexicon as one, are always of one part.

    Joined are names that are alike, those of persons with one surname and who is called by it alone, long names and
    their initials, and bodies with the word that they alone have: whatever `clusters` may compare.
    """
    names = _Joined()
    forms: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for row in told_once(entities, told.classes):
        name = fold_name(row.name)
        names.add(name)
        said = told.classes.said.get((row.document, name))
        if said is not None:
            names.join(name, said[1])
        if told.classes.told(row)[0] != "person":
            for letters in acronyms(row):
                names.join(name, letters)
            continue
        called = full_name(row, told.words.joined)
        words = called.words or person(row.name).words
        if words:
            names.join(name, " ".join(words))
            names.join(name, " ".join((*words, called.generation)).strip())
            names.join(name, _SURNAME + words[-1])
        if called.words is not None and len(words[0]) > 1:
            forms[block_of(words, called.generation)].add(words)
    for word, owner in told.words.owners.items():
        names.join(word, owner)
    for alike in forms.values():
        some = sorted(alike)
        for at, one in enumerate(some):
            for other in some[:at]:
                mine, its = _SURNAME + one[-1], _SURNAME + other[-1]
                if names.find(mine) != names.find(its) and may_be_one(one, other):
                    names.join(mine, its)
    return dict(names.numbered())


_SURNAME = "\0"
"""Before what is no name, but the surname of several."""


class _Joined:
    """Names, each with those that it is joined to (Galler and Fischer 1964)."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}
        self._parents: list[int] = []

    def add(self, name: str) -> int:
        at = self._at.get(name)
        if at is None:
            at = self._at[name] = len(self._parents)
            self._parents.append(at)
        return at

    def find(self, name: str) -> int:
        return self._root(self.add(name))

    def _root(self, at: int) -> int:
        parents = self._parents
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    def join(self, one: str, other: str) -> None:
        a, b = self.find(one), self.find(other)
        if a != b:
            self._parents[max(a, b)] = min(a, b)

    def numbered(self) -> Iterator[tuple[str, int]]:
        for name, at in self._at.items():
            if not name.startswith(_SURNAME):
                yield name, self._root(at)
