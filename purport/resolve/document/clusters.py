"""Mentions that are one, joined step by step and never against what is known.

In the order of the sieves of Lee et al. (2013): what is certain is joined first (the same name, an alias, a surname
with a title, an acronym), what is learned after it, and nothing is joined that would make two of one: two entries of
the lexicon, persons whose names differ, a man and a woman, what is coordinated with each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Kind, Naming
from purport.resolve.document.candidates import DEMONSTRATIVE, Candidate, person_of
from purport.resolve.document.coreference import Linked, Named
from purport.resolve.document.names import Name, same_person
from purport.resolve.document.nodes import BODIES, HEADS, KINDS, SURE, Node, acronym, beside
from purport.resolve.document.release import issuers
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
    kinds: set[str] = field(default_factory=set)


_PART = frozenset("some many most several few".split())
"""Words for a part of several."""
_GENDERS = {"he": "m", "she": "f", "it": "n"}
_Key = TypeVar("_Key", bound=Hashable)


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
        kept.persons += gone.persons
        kept.names |= gone.names
        kept.genders |= gone.genders
        kept.banned |= gone.banned
        kept.group |= gone.group
        kept.kinds |= gone.kinds
        for member in gone.members:
            self._of[member] = first
        return True

    def all(self) -> Iterator[Joined]:
        """Every one that is left, in the order of their first mentions."""
        for number in sorted(set(self._of)):
            yield self._sets[number]


def _apart(one: Joined, other: Joined) -> bool:
    """Whether it is known that they are two."""
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
    for mine, theirs in ((one, other), (other, one)):
        if "n" in mine.genders and (theirs.persons or "person" in theirs.kinds):
            return True  # "it" is nobody
        if mine.genders & {"m", "f"} and (theirs.group or theirs.rows):
            return True
    if one.kinds and other.kinds and one.kinds.isdisjoint(other.kinds):
        return True
    return any(not same_person(a, b) for a in one.persons for b in other.persons)


def within(analysis: Analysis, nodes: Sequence[Node]) -> list[set[int]]:
    """For each mention those that it stands in and does not end with: "the Revolution" in "Leader of the Revolution"
    is another."""
    found: list[set[int]] = []
    around: list[Node] = []
    for node in nodes:
        while around and around[-1].span.end <= node.span.start:
            around.pop()
        inside = (one for one in around if node.span.end <= one.span.end and node.head != one.head)
        found.append({one.number for one in inside if not beside(analysis, one.head, node.head)})
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
    if node.label:
        own.kinds = {f"label {node.words}"}  # "A:" is whoever answers, and no other label
    elif name is not None and name.row is not None:
        own.kinds = {KINDS.get(name.row.type, "body")}
    elif node.naming is Naming.DESCRIPTION and not candidate.group:
        own.kinds = set(HEADS.get(analysis.tokens[candidate.head].lemma, ()))
    elif name is not None and node.type == "person" and name.core:
        own.kinds = {"person"}
    if name is not None and name.row is not None:
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
    if head.dep == rel.CONJ:
        own.banned |= {other for other in at_head.get(head.head, ()) if other != node.number}
    return own


def join_names(analysis: Analysis, nodes: Sequence[Node], sets: Sets, whole: Mapping[str, Node]) -> None:
    """Join what names tell for sure: the same entry, the same name, a part of it that no other person bears, an
    acronym; `whole` has the mentions of the names that letters stand for."""
    by_row: dict[str, int] = {}
    by_name: dict[tuple[str, ...], int] = {}
    for node in nodes:
        name = node.name
        if name is None:
            continue
        if name.row is not None:
            _first(node, by_row, name.row.name, "alias in the lexicon", nodes, sets)
        elif name.core:
            _first(node, by_name, tuple(word.lower() for word in name.core), "exact name", nodes, sets)
    _join_beside(analysis, nodes, sets)
    _join_office(analysis, nodes, sets)
    _join_persons([n for n in nodes if n.type == "person" and n.name is not None and n.name.row is None], sets)
    for node in nodes:
        if node.name is not None and node.name.row is None and (long := whole.get(acronym(node.name))) is not None:
            _join(node, long, "acronym", SURE - 0.05, sets)


def _join_beside(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a name with the description that it stands beside without a comma ("her rival Hollan Reth")."""
    for node in nodes:
        for after in nodes[node.number + 1 : node.number + _NEAR]:
            if after.span.start >= node.span.end:
                break
            if after.span.end <= node.span.end and after.name is not None and beside(analysis, node.head, after.head):
                between = analysis.document.text[node.span.start : after.span.start]
                if "," not in between and "(" not in between:
                    _join(node, after, "apposition", SURE - 0.05, sets)
                break


def _join_office(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a person's name with the office in apposition to it ("Velmark's prime minister, Petra Valk"), where
    no list makes the two doubtful."""
    by_head: dict[int, list[Node]] = {}
    for node in nodes:
        by_head.setdefault(node.head, []).append(node)
    for token in analysis.tokens:
        if token.dep != rel.APPOS:
            continue
        two = [node for head in (token.head, token.i) for node in by_head.get(head, ())]
        if any(analysis.tokens[i].dep == rel.CONJ for head in (token.head, token.i) for i in analysis.children[head]):
            continue
        offices = [node for node in two if node.naming is Naming.DESCRIPTION and _office(analysis, node)]
        persons = [node for node in two if node.name is not None and node.type == "person" and node.name.row is None]
        if len(offices) == len(persons) == 1:
            _join(offices[0], persons[0], "apposition", SURE - 0.05, sets)


def _office(analysis: Analysis, node: Node) -> bool:
    """Whether a description is of one person, by what its noun means."""
    head = analysis.tokens[node.head]
    return head.tag == "NN" and (head.lemma in titles() or "person" in HEADS.get(head.lemma, ()))


def _join_persons(nodes: Sequence[Node], sets: Sets) -> None:
    """Join a part of a name with the one person of the document whose whole name it is a part of."""
    by_word: dict[str, dict[tuple[str, ...], Node]] = {}
    for node in nodes:
        core = node.name.core if node.name is not None else ()
        for word in {core[0].lower(), core[-1].lower()} if core else ():
            by_word.setdefault(word, {}).setdefault(core, node)
    for node in nodes:
        assert node.name is not None
        core = node.name.core
        if not core:
            continue
        near = {**by_word[core[-1].lower()], **by_word[core[0].lower()]}
        alike = [one for other, one in near.items() if other != core and same_person(core, other)]
        whole = [one for one in alike if one.name is not None and len(one.name.core) > len(core)]
        people = {min(sets.of(one.number).members) for one in whole}
        if len(people) == 1:
            one = min(whole, key=lambda other: (other.number > node.number, abs(other.number - node.number)))
            how = "title and surname" if node.name.titles else "part of the name"
            _join(node, one, how, SURE - 0.03, sets)
        elif not whole and len(core) > 1:
            same = [one for one in alike if one.name is not None and len(one.name.core) == len(core)]
            if same:
                _join(node, same[0], "the same name in another spelling", SURE - 0.05, sets)


def _first(node: Node, firsts: dict[_Key, int], key: _Key, reason: str, nodes: Sequence[Node], sets: Sets) -> None:
    first = firsts.setdefault(key, node.number)
    if first != node.number:
        _join(node, nodes[first], reason, SURE, sets)
    else:
        node.reason = "the first of its name"


def _labels(node: Node, other: Node) -> bool:
    """Whether one is a label that the other does not name: whoever "A:" is, "I" tells, and no name or noun near it."""
    two = ((node, other), (other, node))
    return any(one.label and it.words != one.words and it.naming is not Naming.PRONOUN for one, it in two)


def _join(node: Node, other: Node, reason: str, confidence: float, sets: Sets) -> bool:
    if _labels(node, other):
        return False
    if not sets.join(node.number, other.number):
        return False
    later = max(node, other, key=lambda one: one.number)
    if later.reason in ("", "the first of its name"):
        later.reason, later.confidence = reason, confidence
    return True


class Places:
    """Mentions by their places."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._starts = [node.span.start for node in nodes]

    def inside(self, span: Span) -> list[Node]:
        """The mentions in a span, in order."""
        first, last = (bisect_left(self._starts, at) for at in (span.start, span.end))
        return [node for node in self._nodes[first:last] if node.span.end <= span.end]

    def around(self, span: Span) -> list[Node]:
        """Mentions that hold a span, those that begin last first; of those that begin far before it none."""
        last = bisect_right(self._starts, span.start)
        near = self._nodes[max(0, last - _NEAR) : last]
        return [node for node in reversed(near) if span.end <= node.span.end]

    def holder(self, analysis: Analysis, one: Attribution) -> int | None:
        """The mention that names the source: the one whose head governs its first span, else the longest in it, of
        equal ones the first; else the shortest around it."""
        if not one.source:
            return None
        inside = self.inside(one.source[0])
        # "Denk this week": when it was said is not who said it.
        inside = [node for node in inside if not _when(analysis, node)] or inside
        words = analysis.tokens_in(one.source[0])
        tops = [i for i in words if analysis.tokens[i].head not in words or analysis.tokens[i].head == i]
        heading = [node for node in inside if node.head in tops[:1]]
        if heading or inside:
            return max(heading or inside, key=lambda node: (len(node.span), -node.number)).number
        around = self.around(one.source[0])
        return min(around, key=lambda node: len(node.span)).number if around else None


def _when(analysis: Analysis, node: Node) -> bool:
    """Whether a mention says when something was ("this week")."""
    head = analysis.tokens[node.head]
    return head.dep == rel.NPADVMOD or (head.lemma in _TIMES and analysis.word(node.head).islower())


_TIMES = frozenset(
    "hour day night morning afternoon evening week weekend fortnight month quarter season spring summer "
    "autumn winter year decade century today tomorrow yesterday tonight".split()
)
_NEAR = 20
"""Mentions back in which one that holds a span is sought."""


def speakers_of(attributions: Sequence[Attribution], places: Places, holders: Mapping[str, int]) -> dict[int, int]:
    """For each mention in words that somebody says directly the mention that names who says them; of words within words
    the innermost."""
    found: dict[int, int] = {}
    direct = [one for one in attributions if one.kind is not Kind.INDIRECT and one.id in holders]
    for one in sorted(direct, key=lambda one: -sum(map(len, one.content))):
        for span in one.content:
            for node in places.inside(span):
                found[node.number] = holders[one.id]
    return found


def turns_of(attributions: Sequence[Attribution], holders: Mapping[str, int], sets: Sets) -> dict[int, tuple[int, ...]]:
    """For each mention that names whose a block is (a turn, a statement, a mail) the mention of whom that speaks to:
    the other, where two speak and no more; nothing where that is not told."""
    found = [holders[one.id] for one in attributions if one.kind is Kind.BLOCK and one.id in holders]
    sides: dict[int, int] = {}
    for number in found:
        sides.setdefault(sets.key(number), number)
    pair = list(sides.values()) if len(sides) == 2 else []
    return {n: tuple(other for other in pair if sets.key(other) != sets.key(n)) for n in found}


def issuer_of(analysis: Analysis, places: Places) -> int | None:
    """The mention at the head of a release that names the body that issues it."""
    for span in issuers(analysis.document):
        for node in places.inside(span):
            ends = node.span.end == span.end
            if ends and node.span.start <= span.start + _ARTICLE and node.name is not None and _body(node, node.name):
                return node.number
    return None


_ARTICLE = len("the ")
_ISSUING = frozenset({"government", "organisation", "armed group", "movement"})


def _body(node: Node, name: Name) -> bool:
    """Whether a name is that of a body that speaks: a government's, an organisation, an armed group."""
    if name.row is not None:
        return name.row.type in _ISSUING
    return node.type == "organisation" or any(word.lower() in BODIES for word in name.core)


def join_learned(
    analysis: Analysis,
    found: Sequence[Named],
    links: Sequence[Linked],
    nodes: Sequence[Node],
    sets: Sets,
    speakers: Mapping[int, int],
    issuer: int | None,
    written: Collection[int] = (),
    turns: Mapping[int, tuple[int, ...]] | None = None,
) -> None:
    """Join what was learned to be one, as far as nothing that is known speaks against it. `links` are the choices for
    each mention; `speakers` and `issuer` say whose words mentions stand in, and `written` are those by which who signs
    the text speaks of himself. `turns` are those whose blocks of the layout are, with whom each speaks to."""
    turns = turns or {}
    for node, link in zip(nodes, links, strict=True):
        if node.number in written:
            continue
        candidate = found[node.number].candidate
        person = person_of(analysis.word(candidate.head)) if node.naming is Naming.PRONOUN else ""
        if person == "i" and node.number in speakers:
            speaker = nodes[speakers[node.number]]
            if sets.join(node.number, speaker.number):
                node.reason, node.confidence = "first person: who says it", SURE - 0.03
            continue
        by = speakers.get(node.number, -1)
        if by in turns and person in ("we", "you"):
            # Who has the word speaks for himself and for whom he speaks for, and to the other of two.
            to = (by,) if person == "we" else turns[by]
            if to and sets.join(node.number, to[0]):
                node.reason = "first person: who says it" if person == "we" else "second person: who is spoken to"
                node.confidence = SURE - 0.05
                continue
        if person == "we" and issuer is not None and node.number not in speakers:
            # In its own words a release speaks for whom it is issued by.
            if sets.join(node.number, issuer):
                node.reason, node.confidence = "first person of a release: who issues it", SURE - 0.05
            continue
        for choice, chance in link.choices:
            if choice is None:
                if node.naming is Naming.DESCRIPTION and _demonstrative(analysis, found, node, sets):
                    _join_nearest(analysis, found, nodes, node, sets)
                break
            before = nodes[choice]
            if choice in written:
                continue
            if written and person == "we" and node.number not in speakers and person_of(before.words) != "we":
                continue  # whom else who signs a text speaks for is not told
            if person == "we" and _others(node, before, speakers, sets):
                continue
            if person == "we" and chance < _SPOKEN and node.number in speakers and person_of(before.words) != "we":
                continue  # whom else somebody speaks for is seldom told
            if _another(analysis, node, before) or _strangers(node, before) or _labels(node, before):
                continue
            if not sets.join(node.number, choice):
                continue  # what is known to be another: the next best
            if node.reason in ("", "the first of its name"):
                node.reason, node.confidence = _reason(analysis, found, node, before, person), chance
            break


_SPOKEN = 0.5
"""Probability that the one must have for whom "we" in somebody's words is said to speak."""


def _others(node: Node, before: Node, speakers: Mapping[int, int], sets: Sets) -> bool:
    """Whether two of "we" are said by two: what one says of "us" is not what another means by it."""
    if before.naming is not Naming.PRONOUN or person_of(before.words) != "we":
        return False
    mine, theirs = (speakers.get(one.number) for one in (node, before))
    if mine is None or theirs is None:
        return mine is not theirs
    return sets.of(mine) is not sets.of(theirs)


def _demonstrative(analysis: Analysis, found: Sequence[Named], node: Node, sets: Sets) -> bool:
    """Whether it is "this group" or the like."""
    first = analysis.word(found[node.number].candidate.first).lower()
    return first in DEMONSTRATIVE and "body" in sets.of(node.number).kinds


def _join_nearest(analysis: Analysis, found: Sequence[Named], nodes: Sequence[Node], node: Node, sets: Sets) -> None:
    near = _meant(analysis, found, nodes, node, sets)
    if near is not None and sets.join(node.number, near.number):
        node.reason, node.confidence = "demonstrative: the last of its kind", 0.6


def _meant(analysis: Analysis, found: Sequence[Named], nodes: Sequence[Node], node: Node, sets: Sets) -> Node | None:
    """The group named last that "this group" may be, in its sentence or the one before."""
    own = analysis.tokens[found[node.number].candidate.head].sentence
    for before in reversed(nodes[max(0, node.number - _NEAR) : node.number]):
        if own - analysis.tokens[found[before.number].candidate.head].sentence > 1:
            return None
        if before.name is not None and "body" in sets.of(before.number).kinds:
            return before
    return None


def _another(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether words say that it is not whom they name ("the other Denk", "another official")."""
    first = [word.lower() for word in node.words.split()[:2]]
    told = first[:1] == ["another"] or first == ["the", "other"]
    return told and analysis.tokens[node.head].lemma == analysis.tokens[before.head].lemma


def _strangers(one: Node, other: Node) -> bool:
    """Whether two names have no word in common: then only a lexicon may make them one."""
    if one.name is None or other.name is None or not one.name.core or not other.name.core:
        return False
    mine, theirs = ({word.lower() for word in name.core} for name in (one.name, other.name))
    return mine.isdisjoint(theirs)


def _reason(analysis: Analysis, found: Sequence[Named], node: Node, before: Node, person: str) -> str:
    """What the learned link rests on, in words."""
    mine, theirs = (analysis.tokens[found[one.number].candidate.head] for one in (node, before))
    if person:
        return f"pronoun: {'' if mine.sentence == theirs.sentence else 'of a sentence before, '}ranked first"
    if mine.dep == rel.APPOS and mine.head == theirs.i:
        return "apposition"
    if mine.dep == rel.ATTR:
        return "predicate of it"
    if mine.lemma == theirs.lemma:
        return "same head"
    return "description: ranked first"
