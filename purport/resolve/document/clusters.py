"""Mentions that are one, joined step by step and never against what is known.

In the order of the sieves of Lee et al. (2013): what is certain is joined first (the same name, an alias, a surname
with a title, an acronym), what is learned after it, and nothing is joined that would make two of one: two entries of
the lexicon, persons whose names differ, a man and a woman, what is coordinated with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from purport.lexicons.classes import words_of
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.record import Naming
from purport.resolve.document.candidates import Candidate, person_of
from purport.resolve.document.gender import gender_of_noun
from purport.resolve.document.names import Name, bare, same_person
from purport.resolve.document.nodes import Node, beside
from purport.resolve.document.nouns import HEADS, KINDS
from purport.syntax import relations as rel


@dataclass(slots=True)
class Joined:
    """What is known of mentions that are one so far."""

    members: list[int]
    rows: set[str] = field(default_factory=set)
    persons: list[tuple[str, ...]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    banned: set[int] = field(default_factory=set)
    group: bool = False
    many: bool = False
    alone: bool = False
    kinds: set[str] = field(default_factory=set)


_PART = frozenset("some many most several few".split())
"""Words for a part of several."""
_SURELY = 0.97
"""Weight of a person from which on a description of one is no body or place."""
_GENDERS = {"he": "m", "she": "f", "it": "n"}


class Sets:
    """Mentions that are one, joined step by step and never against what is known."""

    def __init__(self, sets: list[Joined]) -> None:
        self._of = list(range(len(sets)))
        self._sets = sets

    def of(self, number: int) -> Joined:
        """What the mention with this number is joined to, itself included."""
        return self._sets[self._of[number]]

    def key(self, number: int) -> int:
        """A number that mentions share which are one now."""
        return self._of[number]

    def join(self, one: int, other: int) -> bool:
        """Make the two one, unless that is known to be wrong; whether they are one now."""
        if self._of[one] == self._of[other]:
            return True
        mine, theirs = self.of(one), self.of(other)
        if _apart(mine, theirs):
            return False
        first, second = sorted((self._of[one], self._of[other]))
        kept, gone = self._sets[first], self._sets[second]
        kept.members += gone.members
        kept.rows |= gone.rows
        kept.persons = _wholes([*kept.persons, *(one for one in gone.persons if one not in kept.persons)])
        kept.names |= gone.names
        kept.genders |= gone.genders
        kept.banned |= gone.banned
        kept.group |= gone.group
        kept.many |= gone.many
        kept.kinds |= gone.kinds
        for member in gone.members:
            self._of[member] = first
        return True

    def all(self) -> Iterator[Joined]:
        """Every one that is left, in the order of their first mentions."""
        for number in sorted(set(self._of)):
            yield self._sets[number]


def _wholes(names: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names of a person without those that are a part of another: "Mara" beside "Mara Denk" bars no "Denk"."""
    return [one for one in names if not any(len(one) < len(other) and same_person(one, other) for other in names)]


def _apart(one: Joined, other: Joined) -> bool:
    """Whether it is known that they are two."""
    if one.alone or other.alone:
        return True  # a piece of a name is nobody
    if one.rows and other.rows and one.rows.isdisjoint(other.rows):
        return True
    if len(one.genders | other.genders) > 1:
        return True
    if not one.banned.isdisjoint(other.members) or not other.banned.isdisjoint(one.members):
        return True
    if (one.rows and other.persons) or (other.rows and one.persons):
        return True
    if (one.group and (other.rows or other.persons)) or (other.group and (one.rows or one.persons)):
        return True  # "Denk and Orlo" is neither
    if (one.many and other.persons) or (other.many and one.persons):
        return True  # "the candidates" are no one of them
    for mine, theirs in ((one, other), (other, one)):
        if "n" in mine.genders and (theirs.persons or "person" in theirs.kinds):
            return True  # "it" is nobody
        if mine.genders & {"m", "f"} and (theirs.group or theirs.rows or theirs.kinds & {"body", "place", "state"}):
            return True
    if one.kinds and other.kinds and one.kinds.isdisjoint(other.kinds):
        return True
    return any(not same_person(a, b) for a in one.persons for b in other.persons)


def within(analysis: Analysis, nodes: Sequence[Node]) -> list[set[int]]:
    """For each mention those that it stands in and does not end with: "the Revolution" in "Leader of the Revolution"
    is another."""
    found: list[set[int]] = []
    around: list[Node] = []
    long_forms = frozenset(analysis.lexicon.defined.letters.values())
    for node in nodes:
        while around and around[-1].span.end <= node.span.start:
            around.pop()
        inside = (one for one in around if node.span.end <= one.span.end and node.head != one.head)
        explained = node.words in long_forms  # "the Orrin Rail Authority - ORA"
        found.append({one.number for one in inside if not explained and not beside(analysis, one.head, node.head)})
        around.append(node)
    return found


def set_of(
    analysis: Analysis, node: Node, candidate: Candidate, at_head: Mapping[int, Sequence[int]], within: set[int]
) -> Joined:
    """What is known of a mention by itself. `at_head` holds the numbers of mentions by their heads, `within` those that
    it stands in."""
    # "Some Republicans" are no more the party than "Denk and Reth" are either.
    some = candidate.first < candidate.head and analysis.word(candidate.first).lower() in _PART
    own = Joined([node.number], group=candidate.group or some, banned=set(within))
    name = node.name
    own.alone = node.piece
    if node.label:
        own.kinds = {f"label {node.words}"}  # "A:" is whoever answers, and no other label
    elif name is not None and name.row is not None:
        own.kinds = {KINDS.get(name.row.type, "body")}
    elif node.naming is Naming.DESCRIPTION and analysis.lower(candidate.head) in words_of("words of time"):
        own.kinds = {"time"}
    elif node.naming is Naming.DESCRIPTION and not candidate.group:
        own.kinds = set(HEADS.get(analysis.tokens[candidate.head].lemma, ()))
        head = analysis.tokens[candidate.head]
        own.many = head.tag == "NNS"
        surely = node.weights.get("person", 0.0) > _SURELY or (head.lemma.lower() in titles() and node.type == "person")
        if head.tag == "NN" and (sex := gender_of_noun(head.lemma.lower())):
            own.genders = {sex}
        if not own.kinds and head.tag == "NN" and surely:
            own.kinds = {"person"}  # "a veteran" is no body
    elif name is not None and node.type == "person" and name.core:
        own.kinds = {"person"}
    elif name is not None and node.sure:
        own.kinds = {KINDS.get(node.type, node.type)}
    elif name is not None and node.nobody:
        own.genders = {"n"}  # whatever it is, it is neither "he" nor "she"
    if name is not None and _another_name(analysis, node, name):
        own.kinds = set()  # "Ox" is whoever the text says
    elif name is not None and name.row is not None:
        own.rows = {name.row.name}
    elif name is not None and name.core and node.type == "person":
        if not name.tone or len(name.core) < 3:
            own.persons = [name.core]
        if name.gender:
            own.genders = {name.gender}
    gender = _GENDERS.get(person_of(analysis.word(candidate.head)))
    if gender and node.naming is Naming.PRONOUN:
        own.genders = {gender}
    head = analysis.tokens[candidate.head]
    if head.dep == rel.CONJ and (name is None or name.words not in analysis.lexicon.defined.letters):
        own.banned |= {other for other in at_head.get(head.head, ()) if other != node.number}
    return own


def labelled(node: Node, other: Node) -> bool:
    """Whether one is a label that the other does not name: whoever "A:" is, "I" tells, and no name or noun near it."""
    two = ((node, other), (other, node))
    return any(one.label and it.words != one.words and it.naming is not Naming.PRONOUN for one, it in two)


def _another_name(analysis: Analysis, node: Node, name: Name) -> bool:
    """Whether it is another name of somebody that the text brings in ("also known as Frank Orlo"), or its last word."""
    others = analysis.lexicon.defined.other
    if not others:
        return False
    last = {other.split()[-1] for other in others} - {whole.split()[-1] for whole in others.values()}
    return name.words in others or " ".join(bare(node.words.split())) in others or name.words in last


def join(node: Node, other: Node, reason: str, confidence: float, sets: Sets) -> bool:
    """Make two mentions one, for that reason, unless that is known to be wrong; whether they are one now."""
    if labelled(node, other):
        return False
    if not sets.join(node.number, other.number):
        return False
    later = max(node, other, key=lambda one: one.number)
    if later.reason in ("", "the first of its name"):
        later.reason, later.confidence = reason, confidence
    return True
