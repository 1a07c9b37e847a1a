"""Mentions of a document and whom they name: chains that were learned, mended by what names and lexicons tell for sure.

In the order of the sieves of Lee et al. (2013): what is certain is joined first (the same name, an alias, a surname
with a title, an acronym), what is learned after it, and nothing is joined that would make two of one: two entries of
the lexicon, persons whose names differ, a man and a woman, what is coordinated with each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from purport.analysis import Analysis
from purport.document import Span
from purport.lexicons.actors import ActorRow
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.packed import packed
from purport.record import Attribution, Entity, Kind, Mention, Naming, hash_id
from purport.resolve.candidates import DEMONSTRATIVE, Candidate, person_of
from purport.resolve.coreference import Linked, Named, linked, mentions
from purport.resolve.features import kind_of
from purport.resolve.names import Name, bare, read_name, same_person, state_of
from purport.resolve.release import issuers

SURE = 0.98
"""Confidence of what a name tells by itself."""
_LEARNED = {
    "person": "person", "place": "place", "organization": "organisation", "object": "other", "event": "other",
    "time": "other", "substance": "other", "animal": "other", "plant": "other", "abstract": "other",
}  # fmt: skip
_ACTING = frozenset({"person", "organisation", "place"})
_KINDS = {
    "person": "person", "state": "state", "place": "place", "people": "people", "movement": "body",
    "armed group": "body", "organisation": "body", "government": "body", "outlet": "body",
}  # fmt: skip
_HEADS = {
    **dict.fromkeys("country nation republic kingdom".split(), ("state", "place")),
    **dict.fromkeys("city town village island province district river sea valley".split(), ("place",)),
    **dict.fromkeys(
        "group organisation organization movement militia army party faction network agency ministry company bank "
        "committee council court commission newspaper broadcaster station channel university".split(),
        ("body",),
    ),
    **dict.fromkeys(
        "man woman boy girl minister president general commander leader senator governor spokesman spokeswoman mayor "
        "ambassador father mother son daughter brother sister wife husband king queen prince princess lawyer doctor "
        "teacher author writer actor actress singer professor judge officer official candidate".split(),
        ("person",),
    ),
}
"""What a noun says that somebody or something is."""
_GENDERS = {"he": "m", "she": "f", "it": "n"}


@dataclass(slots=True)
class _Node:
    """A mention while entities are made of them."""

    number: int
    span: Span
    words: str
    naming: Naming
    name: Name | None
    weights: Weights
    head: int
    type: str = "other"
    reason: str = ""
    confidence: float = 1.0
    label: bool = False


@dataclass(slots=True)
class _Set:
    """What is known of mentions that are one so far."""

    members: list[int]
    rows: set[str] = field(default_factory=set)
    persons: list[tuple[str, ...]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    banned: set[int] = field(default_factory=set)
    group: bool = False
    kinds: set[str] = field(default_factory=set)


_Key = TypeVar("_Key", bound=Hashable)


class _Sets:
    """Mentions that are one, joined step by step and never against what is known."""

    def __init__(self, sets: list[_Set]) -> None:
        self._of = list(range(len(sets)))
        self._sets = sets

    def of(self, number: int) -> _Set:
        return self._sets[self._of[number]]

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

    def all(self) -> Iterator[_Set]:
        for number in sorted(set(self._of)):
            yield self._sets[number]


def _apart(one: _Set, other: _Set) -> bool:
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


@dataclass(frozen=True, slots=True)
class Resolved:
    """The mentions and entities of a document, or of a section of a long one; and for each attribution's id the id of
    the entity that is its source."""

    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)


class Whole:
    """The sections of a long document together: what bears the same name in two of them is one."""

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._unnamed: list[Sequence[Entity]] = []
        self._by_name: dict[tuple[str, str], str] = {}

    def take(self, section: Resolved) -> Resolved:
        """The next section, with the ids that its entities have in the whole."""
        now: dict[str, str] = {}
        self._unnamed.append(packed(one for one in section.entities if not one.name))
        for one in section.entities:
            key = (one.type, one.known or one.name.lower())
            first = self._by_name.setdefault(key, one.id) if one.name else one.id
            now[one.id] = first
            if not one.name:
                continue
            before = self._entities.get(first)
            if before is None:
                self._entities[first] = one
            else:
                self._entities[first] = replace(before, names=tuple(dict.fromkeys((*before.names, *one.names))))
        return Resolved(
            tuple(replace(one, entity=now[one.entity]) for one in section.mentions),
            section.entities,
            {name: now[entity] for name, entity in section.holders.items()},
        )

    def entities(self) -> Sequence[Entity]:
        """All entities: those with a name in the order in which they are named first, then the others."""
        return packed((*self._entities.values(), *(one for part in self._unnamed for one in part)))


def resolve(analysis: Analysis, attributions: Sequence[Attribution]) -> Resolved:
    """Whom a document, or a section of one, names where.

    Nothing where no ranker is at hand. A function of its arguments alone.
    """
    return _made(analysis, *_grouped(analysis, attributions))


def chained(analysis: Analysis, attributions: Sequence[Attribution]) -> list[list[Named]]:
    """The mentions that name the same, also those of things that are no actors; for measuring."""
    found, _, sets, _ = _grouped(analysis, attributions)
    return [[found[number] for number in sorted(one.members)] for one in sets.all()]


def _grouped(
    analysis: Analysis, attributions: Sequence[Attribution]
) -> tuple[list[Named], list[_Node], _Sets, dict[str, int]]:
    found = mentions(analysis)
    links = linked(analysis, found)
    nodes = [_node(analysis, number, one) for number, one in enumerate(found)]
    _settle(nodes)
    at_head: dict[int, list[int]] = {}
    for number, mention in enumerate(found):
        if not mention.candidate.group:
            at_head.setdefault(mention.candidate.head, []).append(number)
    within = _within(analysis, nodes)
    sets = _Sets([_set(analysis, node, found[node.number].candidate, at_head, within[node.number]) for node in nodes])
    places_ = _Places(nodes)
    holders = {one.id: place for one in attributions if (place := places_.holder(analysis, one)) is not None}
    _join_names(analysis, nodes, sets)
    _join_learned(
        analysis, found, links, nodes, sets, _speakers(attributions, places_, holders), _issuer(analysis, places_)
    )
    return found, nodes, sets, holders


def _settle(nodes: Sequence[_Node]) -> None:
    """Give each mention its type, all of one name the same."""
    alike: dict[str, list[_Node]] = {}
    for node in nodes:
        key = node.name.words.lower() if node.name is not None and node.name.core else f"#{node.number}"
        alike.setdefault(key, []).append(node)
    for own in alike.values():
        type_ = _type(node.weights for node in own)
        for node in own:
            node.type = type_


def _within(analysis: Analysis, nodes: Sequence[_Node]) -> list[set[int]]:
    """For each mention those that it stands in and does not end with: "the Revolution" in "Leader of the Revolution"
    is another."""
    found: list[set[int]] = []
    around: list[_Node] = []
    for node in nodes:
        while around and around[-1].span.end <= node.span.start:
            around.pop()
        inside = (one for one in around if node.span.end <= one.span.end and node.head != one.head)
        found.append({one.number for one in inside if not _beside(analysis, one.head, node.head)})
        around.append(node)
    return found


def _beside(analysis: Analysis, one: int, other: int) -> bool:
    """Whether two words name the same side by side ("her rival Hollan Reth")."""
    first, second = analysis.tokens[one], analysis.tokens[other]
    return (second.dep == "appos" and second.head == one) or (first.dep == "appos" and first.head == other)


def _node(analysis: Analysis, number: int, one: Named) -> _Node:
    candidate = one.candidate
    span = analysis.span(candidate.first, candidate.last)
    kind = kind_of(analysis, candidate)
    naming = {"pronoun": Naming.PRONOUN, "name": Naming.NAME}.get(kind, Naming.DESCRIPTION)
    if candidate.group:
        naming = Naming.DESCRIPTION
    name = None
    text = analysis.document.text
    words = span.of(text).split()
    if kind == "name" and not candidate.group:
        # "Hollan Reth, the commander": the name ends with its head.
        own = analysis.span(candidate.first, _of_names(analysis, candidate)).of(text).split()
        name = read_name(own)
        if words[0].lower() in _SOME:
            name, naming = None, Naming.DESCRIPTION  # "some Republicans" are not the party
        elif name.titles and _learned(analysis, one, "organization") > _learned(analysis, one, "person"):
            name = replace(name, core=tuple(own), titles=(), gender="")  # "General Electric" is no general
        if name is not None and name.row is None and len(words) <= 6:
            whole = read_name(words)
            name = whole if whole.row is not None or whole.tone else name
    elif kind == "noun" and len(words) <= 5:
        whole = read_name(words)
        # Nothing before it may be left out: "the prime minister of Velmark" is not Velmark.
        if (whole.row is not None or (whole.tone and whole.neutral)) and whole.core == bare(words):
            name, naming = whole, Naming.NAME
    weights = _weights(analysis, one, name)
    label = _label(analysis, candidate)
    return _Node(number, span, span.of(text), naming, name, weights, candidate.head, label=label)


def _of_names(analysis: Analysis, one: Candidate) -> int:
    """The last word of a name: its head, or what "of" and names behind it add ("Leader of the Blue Revolution")."""
    end = one.head
    if len(read_name(analysis.span(one.first, end).of(analysis.document.text).split()).core) > 1:
        return end  # "Mara Denk of Velmark" is Mara Denk
    of = end + 1
    if of + 1 > one.last or analysis.word(of).lower() not in ("of", "for"):
        return end
    while of < one.last:
        of += 1
        word = analysis.word(of)
        if not (word[:1].isupper() or word.lower() in ("the", "of", "and", "for", "-")):
            break
        if word[:1].isupper():
            end = of
    return end


_SOME = frozenset("some many most several few both two three four five other another any no every each".split())


def _learned(analysis: Analysis, one: Named, type_: str) -> float:
    assert analysis.ranker is not None
    return one.types[analysis.ranker.types.index(type_)]


def _weights(analysis: Analysis, one: Named, name: Name | None) -> Weights:
    """How much speaks for each of the types that are told apart: what was learned, mended by what words tell."""
    ranker = analysis.ranker
    assert ranker is not None
    found = dict.fromkeys((*_LEARNED.values(), "other"), 0.0)
    for type_, share in zip(ranker.types, one.types, strict=True):
        found[_LEARNED.get(type_, "other")] += share
    head = analysis.tokens[one.candidate.head]
    if name is None:
        told = _HEADS.get(head.lemma, ())
        for type_ in ("person", "place", "organisation"):
            if _KINDS.get(type_, type_) in told:
                found[type_] += 2
        return found
    if name.titles or (name.gender and len(name.core) > 1):
        found["person"] += 1
    elif name.core and name.core[-1].lower() in _BODIES:
        found["organisation"] += 1
    else:
        above = analysis.tokens[head.head]
        if head.dep == "pobj" and above.lemma in _LOCATIVE:
            found["place"] += 0.5
        if name.words in places() and found["person"] < SURE:
            found["place"] += 0.7
    return found


def _type(weights: Iterable[Weights]) -> str:
    """The type for which most speaks; "other" where little does."""
    total: dict[str, float] = {}
    count = 0
    for one in weights:
        count += 1
        for type_, share in one.items():
            total[type_] = total.get(type_, 0.0) + share
    best = max(total, key=lambda type_: (total[type_], type_))
    return best if total[best] >= _ENOUGH * count else "other"


Weights = Mapping[str, float]
_ENOUGH = 0.45
"""Share of the weight that the best type must have."""
_LOCATIVE = frozenset("in at near from to toward towards outside inside around across into".split())
_BODIES = frozenset(
    "ministry party company university council committee court commission agency department bank union association "
    "organisation organization institute parliament congress senate army guard police force forces government group "
    "movement front brigade brigades corporation inc ltd llc foundation club league network times post journal news "
    "tribune herald gazette press radio television tv broadcasting authority bureau board office society federation "
    "alliance coalition church school college hospital".split()
)


def _set(
    analysis: Analysis, node: _Node, candidate: Candidate, at_head: Mapping[int, Sequence[int]], within: set[int]
) -> _Set:
    own = _Set([node.number], group=candidate.group, banned=set(within))
    name = node.name
    if node.label:
        own.kinds = {f"label {node.words}"}  # "A:" is whoever answers, and no other label
    elif name is not None and name.row is not None:
        own.kinds = {_KINDS.get(name.row.type, "body")}
    elif node.naming is Naming.DESCRIPTION and not candidate.group:
        own.kinds = set(_HEADS.get(analysis.tokens[candidate.head].lemma, ()))
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
    if head.dep == "conj":
        own.banned |= {other for other in at_head.get(head.head, ()) if other != node.number}
    return own


def _label(analysis: Analysis, one: Candidate) -> bool:
    """Whether it is a letter with a colon, which says whose turn it is ("Q:", "A:")."""
    after = one.last + 1
    letter = one.first == one.last and len(analysis.word(one.first)) == 1 and analysis.word(one.first).isupper()
    return letter and after < len(analysis.tokens) and analysis.word(after) == ":"


def _join_names(analysis: Analysis, nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join what names tell for sure: the same entry, the same name, a part of it that no other person bears, an
    acronym."""
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
    _join_persons([n for n in nodes if n.type == "person" and n.name is not None and n.name.row is None], sets)
    by_initials: dict[str, _Node] = {}
    for node in nodes:
        core = node.name.core if node.name is not None else ()
        if len(core) > 1:
            by_initials.setdefault("".join(word[0] for word in core if word[0].isupper()), node)
    for node in nodes:
        if node.name is not None and node.name.row is None and len(node.name.core) == 1:
            letters = node.name.core[0].replace(".", "")
            whole = by_initials.get(letters) if len(letters) > 1 and letters.isupper() else None
            if whole is not None and whole.type == node.type:
                _join(node, whole, "acronym", SURE - 0.05, sets)


def _join_beside(analysis: Analysis, nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join a name with the description that it stands beside without a comma ("her rival Hollan Reth")."""
    for node, after in pairwise(nodes):
        if after.span.end <= node.span.end and after.name is not None and _beside(analysis, node.head, after.head):
            between = analysis.document.text[node.span.start : after.span.start]
            if "," not in between and "(" not in between:
                _join(node, after, "apposition", SURE - 0.05, sets)


def _join_persons(nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join a part of a name with the one person of the document whose whole name it is a part of."""
    by_word: dict[str, dict[tuple[str, ...], _Node]] = {}
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


def _first(node: _Node, firsts: dict[_Key, int], key: _Key, reason: str, nodes: Sequence[_Node], sets: _Sets) -> None:
    first = firsts.setdefault(key, node.number)
    if first != node.number:
        _join(node, nodes[first], reason, SURE, sets)
    else:
        node.reason = "the first of its name"


def _labels(node: _Node, other: _Node) -> bool:
    """Whether one is a label that the other does not name: whoever "A:" is, "I" tells, and no name or noun near it."""
    two = ((node, other), (other, node))
    return any(one.label and it.words != one.words and it.naming is not Naming.PRONOUN for one, it in two)


def _join(node: _Node, other: _Node, reason: str, confidence: float, sets: _Sets) -> bool:
    if _labels(node, other):
        return False
    if not sets.join(node.number, other.number):
        return False
    later = max(node, other, key=lambda one: one.number)
    if later.reason in ("", "the first of its name"):
        later.reason, later.confidence = reason, confidence
    return True


class _Places:
    """Mentions by their places."""

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self._nodes = nodes
        self._starts = [node.span.start for node in nodes]

    def inside(self, span: Span) -> list[_Node]:
        """The mentions in a span, in order."""
        first, last = (bisect_left(self._starts, at) for at in (span.start, span.end))
        return [node for node in self._nodes[first:last] if node.span.end <= span.end]

    def around(self, span: Span) -> list[_Node]:
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
        words = analysis.tokens_in(one.source[0])
        top = next((i for i in words if analysis.tokens[i].head not in words or analysis.tokens[i].head == i), None)
        heading = [node for node in inside if node.head == top]
        if heading or inside:
            return max(heading or inside, key=lambda node: (len(node.span), -node.number)).number
        around = self.around(one.source[0])
        return min(around, key=lambda node: len(node.span)).number if around else None


_NEAR = 20
"""Mentions back in which one that holds a span is sought."""


def _speakers(attributions: Sequence[Attribution], places: _Places, holders: Mapping[str, int]) -> dict[int, int]:
    """For each mention in words that somebody says directly the mention that names who says them; of words within words
    the innermost."""
    found: dict[int, int] = {}
    direct = [one for one in attributions if one.kind is not Kind.INDIRECT and one.id in holders]
    for one in sorted(direct, key=lambda one: -sum(map(len, one.content))):
        for span in one.content:
            for node in places.inside(span):
                found[node.number] = holders[one.id]
    return found


def _issuer(analysis: Analysis, places: _Places) -> int | None:
    """The mention at the head of a release that names the body that issues it."""
    for span in issuers(analysis.document):
        for node in places.inside(span):
            ends = node.span.end == span.end
            if ends and node.span.start <= span.start + _ARTICLE and node.name is not None and _body(node, node.name):
                return node.number
    return None


_ARTICLE = len("the ")
_ISSUING = frozenset({"government", "organisation", "armed group", "movement"})


def _body(node: _Node, name: Name) -> bool:
    """Whether a name is that of a body that speaks: a government's, an organisation, an armed group."""
    if name.row is not None:
        return name.row.type in _ISSUING
    return node.type == "organisation" or any(word.lower() in _BODIES for word in name.core)


def _join_learned(
    analysis: Analysis,
    found: Sequence[Named],
    links: Sequence[Linked],
    nodes: Sequence[_Node],
    sets: _Sets,
    speakers: Mapping[int, int],
    issuer: int | None,
) -> None:
    for node, link in zip(nodes, links, strict=True):
        candidate = found[node.number].candidate
        person = person_of(analysis.word(candidate.head)) if node.naming is Naming.PRONOUN else ""
        if person == "i" and node.number in speakers:
            speaker = nodes[speakers[node.number]]
            if sets.join(node.number, speaker.number):
                node.reason, node.confidence = "first person: who says it", SURE - 0.03
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
            if person == "we" and _others(node, before, speakers, sets):
                continue
            if _strangers(node, before) or _labels(node, before) or not sets.join(node.number, choice):
                continue  # what is known to be another: the next best
            if node.reason in ("", "the first of its name"):
                node.reason, node.confidence = _reason(analysis, found, node, before, person), chance
            break


def _others(node: _Node, before: _Node, speakers: Mapping[int, int], sets: _Sets) -> bool:
    """Whether two of "we" are said by two: what one says of "us" is not what another means by it."""
    if before.naming is not Naming.PRONOUN or person_of(before.words) != "we":
        return False
    mine, theirs = (speakers.get(one.number) for one in (node, before))
    if mine is None or theirs is None:
        return mine is not theirs
    return sets.of(mine) is not sets.of(theirs)


def _demonstrative(analysis: Analysis, found: Sequence[Named], node: _Node, sets: _Sets) -> bool:
    """Whether it is "this group" or the like."""
    first = analysis.word(found[node.number].candidate.first).lower()
    return first in DEMONSTRATIVE and "body" in sets.of(node.number).kinds


def _join_nearest(analysis: Analysis, found: Sequence[Named], nodes: Sequence[_Node], node: _Node, sets: _Sets) -> None:
    near = _meant(analysis, found, nodes, node, sets)
    if near is not None and sets.join(node.number, near.number):
        node.reason, node.confidence = "demonstrative: the last of its kind", 0.6


def _meant(
    analysis: Analysis, found: Sequence[Named], nodes: Sequence[_Node], node: _Node, sets: _Sets
) -> _Node | None:
    """The group named last that "this group" may be, in its sentence or the one before."""
    own = analysis.tokens[found[node.number].candidate.head].sentence
    for before in reversed(nodes[max(0, node.number - _NEAR) : node.number]):
        if own - analysis.tokens[found[before.number].candidate.head].sentence > 1:
            return None
        if before.name is not None and "body" in sets.of(before.number).kinds:
            return before
    return None


def _strangers(one: _Node, other: _Node) -> bool:
    """Whether two names have no word in common: then only a lexicon may make them one."""
    if one.name is None or other.name is None or not one.name.core or not other.name.core:
        return False
    mine, theirs = ({word.lower() for word in name.core} for name in (one.name, other.name))
    return mine.isdisjoint(theirs)


def _reason(analysis: Analysis, found: Sequence[Named], node: _Node, before: _Node, person: str) -> str:
    """What the learned link rests on, in words."""
    mine, theirs = (analysis.tokens[found[one.number].candidate.head] for one in (node, before))
    if person:
        return f"pronoun: {'' if mine.sentence == theirs.sentence else 'of a sentence before, '}ranked first"
    if mine.dep == "appos" and mine.head == theirs.i:
        return "apposition"
    if mine.dep == "attr":
        return "predicate of it"
    if mine.lemma == theirs.lemma:
        return "same head"
    return "description: ranked first"


def _made(
    analysis: Analysis,
    found: Sequence[Named],
    nodes: Sequence[_Node],
    sets: _Sets,
    sources: Mapping[str, int],
) -> Resolved:
    asked = set(sources.values())
    bare = {node.number for node in nodes if node.name is not None and _part_of_name(analysis, node)}
    kept: list[Mention] = []
    entities: list[Entity] = []
    by_mention: dict[int, str] = {}
    for one in sets.all():
        members = [nodes[number] for number in sorted(one.members) if number not in bare]
        if not members:
            continue
        entity = _entity(analysis, found, members, one)
        wanted = any(node.number in asked for node in members)
        named = any(node.name is not None for node in members)
        if not (wanted or named or (entity.type != "other") or len(members) > 1):
            continue
        entities.append(entity)
        for node in members:
            by_mention[node.number] = entity.id
            kept.append(
                Mention(
                    node.span,
                    node.naming,
                    entity.id,
                    node.reason or "the first of its kind",
                    round(node.confidence, 4),
                    node.name.tone if node.name is not None else "",
                )
            )
    kept.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    held = {name: by_mention[number] for name, number in sources.items() if number in by_mention}
    return Resolved(tuple(kept), tuple(entities), held)


def _part_of_name(analysis: Analysis, node: _Node) -> bool:
    """Whether it is but a part of a name: "Prime Minister" or "Mara" in "Prime Minister Mara Denk"."""
    head = analysis.tokens[node.head]
    if head.dep != "compound":
        return False
    part = analysis.tokens[head.head].pos == "PROPN" and node.name is not None and node.name.row is None
    return part or " ".join(node.words.split()).lower() in titles()


def _entity(analysis: Analysis, found: Sequence[Named], members: Sequence[_Node], own: _Set) -> Entity:
    rows = [node.name.row for node in members if node.name is not None and node.name.row is not None]
    names = tuple(dict.fromkeys(_shown(node) for node in members if node.naming is not Naming.PRONOUN))
    name = entity_id = ""
    row: ActorRow | None = rows[0] if rows else None
    spans = [node.span for node in members]
    entity_id = hash_id("entity", (analysis.document.id, f"{spans[0].start}-{spans[0].end}"))
    neutral = next((node.name.neutral for node in members if node.name is not None and node.name.neutral), "")
    if row is not None:
        return Entity(entity_id, row.name, row.type, names, row.name, "", row.held)
    spoken = [node.weights for node in members if node.naming is not Naming.PRONOUN]
    type_ = _type(spoken) if spoken else "other"
    if own.genders & {"m", "f"} or any(person_of(node.words) in ("i", "he", "she") for node in members):
        type_ = "person"
    cores = [node.name.core for node in members if node.name is not None and node.name.core]
    if cores:
        name = neutral or " ".join(_fullest(cores))
    elif type_ == "person":
        type_ = "role"
    of = next((state.name for node in members if (state := _belongs(analysis, found[node.number])) is not None), "")
    return Entity(entity_id, name, type_, names, "", of)


def _fullest(cores: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Of the names of one the one of several words that most of the others end with, of equal ones the longest: what
    stands before it once is rather a description ("nominee Mara Denk")."""
    several = [core for core in dict.fromkeys(cores) if len(core) > 1] or list(dict.fromkeys(cores))
    return max(several, key=lambda core: (sum(one[-len(core) :] == core for one in cores), len(core)))


def _shown(node: _Node) -> str:
    return " ".join(node.words.split())


def _belongs(analysis: Analysis, one: Named) -> ActorRow | None:
    """The state that a description says somebody is of ("Iranian officials", "the US army", "officials in Tehran")."""
    candidate = one.candidate
    for index in range(candidate.first, candidate.head):
        token = analysis.tokens[index]
        if token.head != candidate.head or token.dep not in ("amod", "compound", "poss", "nmod"):
            continue
        word = analysis.word(index)
        row = state_of(word) or read_name([word]).row
        if row is not None and row.type in ("state", "place", "people"):
            return row
    return None
