"""Mentions that were learned to be one, as far as nothing that is known speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.record import Naming
from purport.resolve.document.candidates import DEMONSTRATIVE, person_of
from purport.resolve.document.clusters import Sets, labelled
from purport.resolve.document.coreference import Linked, Named
from purport.resolve.document.names import head_of
from purport.resolve.document.nodes import SURE, Node, beside
from purport.resolve.document.nouns import BODIES
from purport.resolve.document.running import Running
from purport.syntax import relations as rel

_NEAR = 20
_FEW = 8
"""Mentions around a name in which what somebody is said to be is sought."""
"""Mentions back in which the last of a kind is sought."""


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
    running: Running | None = None,
) -> None:
    """Join what was learned to be one, as far as nothing that is known speaks against it. `links` are the choices for
    each mention; `speakers` and `issuer` say whose words mentions stand in, and `written` are those by which who signs
    the text speaks of himself. `turns` are those whose blocks of the layout are, with whom each speaks to."""
    turns = turns or {}
    at_head = {node.head: node.number for node in nodes if node.naming is Naming.PRONOUN}
    for node, link in zip(nodes, links, strict=True):
        if node.number in written:
            continue
        candidate = found[node.number].candidate
        person = person_of(analysis.word(candidate.head)) if node.naming is Naming.PRONOUN else ""
        if person == "i" and node.number in speakers:
            speaker = nodes[speakers[node.number]]
            if not sets.of(speaker.number).kinds.isdisjoint(_NO_PERSONS):
                continue  # who passes somebody's words on is not who says "I"
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
        if person == "we" and by >= 0 and (body := _spoken_for(analysis, nodes, nodes[by])) is not None:
            if sets.join(node.number, body.number):
                node.reason, node.confidence = "first person: whom the speaker speaks for", SURE - 0.1
            continue
        outer = _said_of_himself(analysis, node, person)
        if outer in at_head and sets.join(node.number, at_head[outer]):
            node.reason, node.confidence = "pronoun: the one who says it", SURE - 0.1
            continue
        meant = running.meant(node) if running is not None and person in ("he", "she") else None
        if meant is not None and sets.join(node.number, meant):
            node.reason, node.confidence = "pronoun: whom the report is about", SURE - 0.1
            continue
        if person == "" and running is not None and (link.choices[0][0] is None or link.choices[0][1] < _SPOKEN):
            told = running.described(node) if _unnamed(nodes, sets, node) else None
            if told is not None and sets.join(node.number, told):
                node.reason, node.confidence = "description: whom the report is about", SURE - 0.15
                continue
        for choice, chance in link.choices:
            if choice is None:
                if node.naming is Naming.DESCRIPTION and _demonstrative(analysis, found, node, sets):
                    _join_nearest(analysis, found, nodes, node, sets)
                break
            before = nodes[choice]
            if choice in written or _not_meant(analysis, node, before, person, sets, speakers):
                continue
            if written and person == "we" and node.number not in speakers and person_of(before.words) != "we":
                continue  # whom else who signs a text speaks for is not told
            if person == "we" and _others(node, before, speakers, sets):
                continue
            if person == "we" and chance < _SPOKEN and node.number in speakers and person_of(before.words) != "we":
                continue  # whom else somebody speaks for is seldom told
            if chance < _HARDLY and _named_after(analysis, node, before):
                continue
            if chance < _SURELY and _brought_in(analysis, node, before):
                continue
            if chance < _SPOKEN and _two_roles(analysis, node, before):
                continue
            if (
                _opposed(analysis, node, before, person)
                or _another(analysis, node, before)
                or _strangers(node, before)
                or _of_another(analysis, node, before)
                or _named_otherwise(nodes, sets, node, before, sure=chance >= _SPOKEN)
                or labelled(node, before)
            ):
                continue
            if not sets.join(node.number, choice):
                continue  # what is known to be another: the next best
            if node.reason in ("", "the first of its name"):
                node.reason, node.confidence = _reason(analysis, found, node, before, person), chance
            break


def _not_meant(
    analysis: Analysis, node: Node, before: Node, person: str, sets: Sets, speakers: Mapping[int, int]
) -> bool:
    """Whether a pronoun stands for nobody like this: "I" and "we" in nobody's told words are not whoever was talked
    about last, nor is who is talked about after them; and "they" are not one person who has a name."""
    earlier = person_of(before.words) if before.naming is Naming.PRONOUN else ""
    if earlier in _SPEAKING and earlier != person and before.number not in speakers:
        return analysis.tokens[node.head].dep != rel.APPOS  # "I, Mara Denk, ..."
    if person in _SPEAKING and earlier and earlier not in _SPEAKING and node.number not in speakers:
        return True
    if before.naming is Naming.PRONOUN or not person:
        return False
    if person in _SPEAKING and node.number not in speakers:
        return True
    return person == "they" and bool(sets.of(before.number).persons)


def _spoken_for(analysis: Analysis, nodes: Sequence[Node], speaker: Node) -> Node | None:
    """The body that somebody speaks for, as the words beside his name say: "Mara Denk, an Orrin Steel spokeswoman"."""
    number = analysis.tokens[speaker.head].sentence
    near = range(max(0, speaker.number - _FEW), min(len(nodes), speaker.number + _FEW))
    for other in (nodes[n] for n in near):
        top = analysis.tokens[other.head]
        if top.sentence != number or top.lemma.lower() not in words_of("who speaks for a body"):
            continue
        if top.i != speaker.head and not beside(analysis, other.head, speaker.head):
            continue
        within = (nodes[n] for n in near if other.span.start <= nodes[n].span.start < other.span.end)
        return next((one for one in within if one.name is not None and one.type == "organisation"), None)
    return None


def _named_after(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether a name comes behind a description that nothing says to be of it."""
    named = node.name is not None and bool(node.name.core)
    return named and before.naming is Naming.DESCRIPTION and not _linked(analysis, node, before)


def _brought_in(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether a subject is somebody new by its article: "a senior lawmaker said", after whom was named."""
    first = node.words.split()[0].lower()
    subject = analysis.tokens[node.head].dep in (rel.NSUBJ, rel.NSUBJ_PASS)
    return first in ("a", "an") and subject and node.type == "person" and not _linked(analysis, node, before)


def _two_roles(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether two roles that have no name are of two by their nouns: "the witness" is no "minister"."""
    two = [analysis.tokens[one.head] for one in (node, before)]
    if two[0].lemma.lower() == two[1].lemma.lower() or _linked(analysis, node, before):
        return False
    roles = [one.naming is Naming.DESCRIPTION and one.type == "person" for one in (node, before)]
    return all(roles) and len({one.tag == "NNS" for one in two}) == 1


def _said_of_himself(analysis: Analysis, node: Node, person: str) -> int:
    """Of "he" in "he said he ..." the place of the one who says it; -1 of any other word."""
    token = analysis.tokens[node.head]
    clause = analysis.tokens[token.head]
    if person not in ("he", "she") or token.dep != rel.NSUBJ or clause.dep != rel.CCOMP:
        return -1
    subjects = [i for i in analysis.children[clause.head] if analysis.tokens[i].dep == rel.NSUBJ and i < clause.i]
    return next((i for i in subjects if person_of(analysis.word(i)) == person), -1)


_NO_PERSONS = frozenset({"body", "place", "state"})
"""Kinds of those who do not say "I"."""
_SPEAKING = frozenset({"i", "we", "you"})
"""Persons of pronouns for who speaks and is spoken to."""


_SURELY = 0.8
"""Probability from which on what has "a" before it may be somebody who was named."""
_HARDLY = 0.2
"""Probability below which a name is none of a description before it."""
_SPOKEN = 0.5
"""Probability that the one must have for whom "we" in somebody's words is said to speak."""


def _opposed(analysis: Analysis, node: Node, before: Node, person: str) -> bool:
    """Whether one of two is called an enemy or the like: whom the speaker names so is neither the speaker nor any other
    who is called by a name or another noun."""
    two = [analysis.tokens[one.head].lemma.lower() for one in (node, before)]
    hostile = words_of("opponents")
    if person:
        return person in ("i", "we") and two[1] in hostile
    return two[0] != two[1] and (two[0] in hostile or two[1] in hostile) and not _linked(analysis, node, before)


def _linked(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether a sentence says that the two are one: an apposition, or "X is the enemy"."""
    mine, theirs = analysis.tokens[node.head], analysis.tokens[before.head]
    if (mine.dep == rel.APPOS and mine.head == theirs.i) or (theirs.dep == rel.APPOS and theirs.head == mine.i):
        return True
    return mine.dep == rel.ATTR and analysis.tokens[mine.head].i == theirs.head


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
    mine, theirs = ({word.lower() for word in name.core} - {"of", "for"} for name in (one.name, other.name))
    if mine.isdisjoint(theirs):
        return True
    # "The Senate of Velmark" is not that of Ardania: each says what the other does not.
    person = one.type == other.type == "person"
    return not person and not mine <= theirs and not theirs <= mine


def _unnamed(nodes: Sequence[Node], sets: Sets, node: Node) -> bool:
    """Whether nobody is known yet whom a description is of."""
    return all(nodes[number].name is None for number in sets.of(node.number).members)


def _named_otherwise(nodes: Sequence[Node], sets: Sets, node: Node, before: Node, *, sure: bool) -> bool:
    """Whether what two are joined to so far has names without a word in common: a description is no bridge from one
    name to another."""
    mine, theirs = (
        [
            {word.lower() for word in name.core} - {"of", "for"}
            for number in sets.of(one.number).members[:_NEAR]
            if (name := nodes[number].name) is not None and name.core and (not sure or nodes[number].type != "other")
        ]
        for one in (node, before)
    )
    return bool(mine) and bool(theirs) and all(one.isdisjoint(other) for one in mine for other in theirs)


def _of_another(analysis: Analysis, node: Node, before: Node) -> bool:
    """Whether a description has a word with a capital that a body's name has not: "the Tarsian army" is no "Eastern
    Hills Resistance Army"."""
    for one, other in ((node, before), (before, node)):
        if one.naming is not Naming.DESCRIPTION or other.name is None or other.name.row is not None:
            continue
        if head_of(other.name).lower() not in BODIES or other.type == "person":
            continue
        own = [word for word in one.words.split()[1:] if word[:1].isupper()]
        theirs = {word.lower().removesuffix("’s").removesuffix("'s") for word in other.words.split()}
        head = analysis.tokens[one.head].lemma.lower()
        if own and head in theirs and all(word.lower().strip("'’s") not in theirs for word in own):
            return True
    return False


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
