"""The entities of a corpus in parts that can be told apart one by one: no two of different parts are ever compared, but
for what all of them together tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator

from purport.model.rows import EntityRow
from purport.resolve.corpus.classes import Classes
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
    blocks: dict[Block, set[tuple[str, ...]]] = defaultdict(set)
    for row in told_once(entities, told.classes):
        names.add(fold_name(row.name))
        for one, other in joins_of(row, told.classes, told.words.joined):
            names.join(one, other)
        if (form := form_of(row, told.classes, told.words.joined)) is not None:
            blocks[form[0]].add(form[1])
    for word, owner in told.words.owners.items():
        names.join(word, owner)
    for alike in blocks.values():
        for one, other in alike_in(alike, lambda one, other: names.find(one) != names.find(other)):
            names.join(one, other)
    return dict(names.numbered())


Block = tuple[str, ...]
"""Where full names are compared (`block_of`)."""


def joins_of(row: EntityRow, classes: Classes, joined: Container[str]) -> Iterator[tuple[str, str]]:
    """What one that has a name and is in no lexicon joins; `joined` as in `full_name`. In pairs of names, or of a name
    and what stands for a surname."""
    name = fold_name(row.name)
    said = classes.said.get((row.document, name))
    if said is not None:
        yield name, said[1]
    if classes.told(row)[0] != "person":
        for letters in acronyms(row):
            yield name, letters
        return
    called = full_name(row, joined)
    words = called.words or person(row.name).words
    if words:
        yield name, " ".join(words)
        yield name, " ".join((*words, called.generation)).strip()
        yield name, SURNAME + words[-1]


def form_of(row: EntityRow, classes: Classes, joined: Container[str]) -> tuple[Block, tuple[str, ...]] | None:
    """The words of the full name of one that is taken for a person, and where it is compared with others; None where
    it is with none."""
    if classes.told(row)[0] != "person":
        return None
    called = full_name(row, joined)
    if called.words is None or len(called.words[0]) == 1:
        return None
    return block_of(called.words, called.generation), called.words


def alike_in(
    forms: Iterable[tuple[str, ...]],
    asked: Callable[[str, str], bool],
    new: Collection[tuple[str, ...]] | None = None,
) -> Iterator[tuple[str, str]]:
    """What stands for the surnames of two full names of a block that may be one, where it is `asked` of the two; with
    `new` names only of those with any."""
    some = sorted(forms)
    for at, one in enumerate(some):
        for other in some[:at]:
            if new is not None and one not in new and other not in new:
                continue
            mine, its = SURNAME + one[-1], SURNAME + other[-1]
            if asked(mine, its) and may_be_one(one, other):
                yield mine, its


SURNAME = "~"
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
            if not name.startswith(SURNAME):
                yield name, self._root(at)
