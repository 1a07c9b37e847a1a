"""A role is the person who holds it in the document: "the Velmark foreign minister" and "Maria Dorn, foreign minister".

What somebody is called, by a title before the name or a description beside it, is taken down for each person; a
description with an article is then the one person who is called so. A deputy is not whom he stands in for, and who was
something is not who is. Of persons called otherwise it is known that the description is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from purport.lexicons.classes import listed, words_of
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.record import Naming
from purport.resolve.document.candidates import Candidate
from purport.resolve.document.clusters import Sets, join
from purport.resolve.document.coreference import Named
from purport.resolve.document.names import state_of
from purport.resolve.document.nodes import SURE, Node
from purport.syntax import relations as rel


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is: the office without what tells which ("minister"), the words that tell which ("foreign"), and
    the land it is of, by its code, "" where none is told."""

    office: str
    which: frozenset[str] = frozenset()
    land: str = ""

    def is_told_by(self, other: Role) -> bool:
        """Whether a description with the other's words may mean this."""
        if self.office != other.office or (self.land and other.land and self.land != other.land):
            return False
        apart = words_of("roles apart")
        return other.which <= self.which and (self.which & apart) == (other.which & apart)


@cache
def _offices() -> Mapping[str, str]:
    """Each word for an office with the first of those that mean the same."""
    return {word: group.split()[0] for group in listed("offices of one kind") for word in group.split()}


def join_roles(analysis: Analysis, found: Sequence[Named], nodes: Sequence[Node], sets: Sets) -> None:
    """Join each description of a role with the one person of the document who is called so."""
    held: dict[int, tuple[Node, set[Role]]] = {}
    for node in nodes:
        person = next((nodes[n] for n in sorted(sets.of(node.number).members) if _is_person(nodes[n])), None)
        if person is None:
            continue
        roles = set(_of_name(analysis, node))
        if node.naming is Naming.DESCRIPTION:
            roles |= {role} if (role := _described(analysis, found[node.number].candidate)) is not None else set()
        if roles:
            held.setdefault(sets.key(node.number), (person, set()))[1].update(roles)
    if not held:
        return
    for node in nodes:
        candidate = found[node.number].candidate
        if (
            node.naming is not Naming.DESCRIPTION
            or candidate.group
            or any(_is_person(nodes[n]) for n in sets.of(node.number).members)
        ):
            continue
        role = _described(analysis, candidate) if _definite(analysis, candidate) else None
        if role is None:
            continue
        fitting = [person for person, roles in held.values() if any(one.is_told_by(role) for one in roles)]
        if len({sets.key(person.number) for person in fitting}) == 1:
            join(node, fitting[0], "the one who holds that office here", SURE - 0.08, sets)
        for person, roles in held.values():
            offices = [one for one in roles if one.office == role.office]
            if offices and person not in fitting:
                sets.of(node.number).banned |= set(sets.of(person.number).members)


def _is_person(node: Node) -> bool:
    return node.name is not None and node.type == "person" and node.name.row is None


def _of_name(analysis: Analysis, node: Node) -> Iterator[Role]:
    """The roles that stand before a name: "Deputy Interior Minister Olga Reiss"."""
    if node.name is None or not node.name.titles:
        return
    words = node.words.split()
    own = len(node.name.core)
    before = [word.strip(",.;:\"“”'’").lower() for word in words[: max(0, len(words) - own)]]
    yield from _read(analysis, [word for word in before if word], words)
    for title in node.name.titles:
        yield from _read(analysis, title.replace(".", "").split(), title.split())


def _described(analysis: Analysis, one: Candidate) -> Role | None:
    """The role that a description tells: "Velmark's deputy minister of defence"."""
    head = analysis.tokens[one.head]
    if head.tag not in ("NN", "NNP"):
        return None
    last = one.head
    after = one.head + 1
    if after < one.last and analysis.word(after).lower() in ("of", "for"):
        last = one.head + 2
        while last < one.last and analysis.word(last).lower() in ("the", "and"):
            last += 1
    words = [analysis.word(i) for i in range(one.first, last + 1)]
    return next(_read(analysis, [word.lower() for word in words], words), None)


def _read(analysis: Analysis, low: Sequence[str], words: Sequence[str]) -> Iterator[Role]:
    """The role that words end with, or have before "of"."""
    of = next((at for at, word in enumerate(low) if word in ("of", "for") and at), len(low))
    if not of or not low[:of]:
        return
    head = low[of - 1]
    office = _offices().get(head, head)
    if office == head and head not in titles() and not head.endswith(tuple(words_of("endings of persons"))):
        return
    which = set()
    land = ""
    for word, written in zip(low, words, strict=False):
        row = state_of(written, analysis.lexicon)
        named = analysis.lexicon.named.get(written, ())
        if row is None and len(named) == 1 and named[0].type == "state":
            row = named[0]
        if row is not None:
            land = row.of or row.name
        elif word not in _SMALL and word != head:
            which.add(_offices().get(word, word))
    yield Role(office, frozenset(which - {office}), land)


_SMALL = frozenset("the a an of for and his her its their our my 's ’s , '".split())


def _definite(analysis: Analysis, one: Candidate) -> bool:
    """Whether a description means somebody known: "the minister", "Velmark's minister", "Minister" by itself."""
    first = analysis.word(one.first).lower()
    if first == "the":
        return True
    owned = any(analysis.tokens[i].dep == rel.POSS for i in analysis.children[one.head])
    return owned and first not in ("his", "her", "their", "my", "our", "your", "its")
