"""Which mention names a source, and in whose words each mention stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Kind, Naming
from purport.resolve.document.clusters import Sets
from purport.resolve.document.names import Name, bare, lowered
from purport.resolve.document.nodes import Node
from purport.resolve.document.nouns import BODIES
from purport.resolve.document.release import issuers
from purport.syntax import relations as rel

_ARTICLES = ("the ", "a ", "an ")


class Places:
    """Mentions by their places."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._starts = [node.span.start for node in nodes]
        self._at_head: dict[int, list[Node]] = {}
        for node in nodes:
            self._at_head.setdefault(node.head, []).append(node)

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
        place = _DATELINE.match(analysis.document.text, one.source[0].start, one.source[0].end)
        if place is not None and any(node.span.start >= place.end() for node in inside):
            inside = [node for node in inside if node.span.start >= place.end()]  # "ORRIN—Mara Denk"
            return min(inside, key=lambda node: (node.span.start, -len(node.span))).number
        own = analysis.tokens_in(one.source[0])
        tops = [i for i in own if analysis.tokens[i].head not in own or analysis.tokens[i].head == i]
        heading = [node for node in inside if node.head in tops[:1]]
        whose = _author(analysis, tops[0], inside) if tops else None
        if whose is not None:
            return whose.number
        for node in self.around(one.source[0]) if one.kind is Kind.BLOCK else ():
            before = analysis.document.text[node.span.start : one.source[0].start].lower()
            if node.name is not None and node.span.end == one.source[0].end and before in _ARTICLES:
                return node.number  # "Orrin Workers' League", of "the Orrin Workers' League"
        if not inside and tops and analysis.tokens[tops[0]].tag in ("WP", "WDT"):
            who, start = _whom(analysis, tops[0]), one.source[0].start
            meant = [node for node in self._at_head.get(who, ()) if _right_before(analysis, node, start)]
            near = self._nodes[max(0, bisect_left(self._starts, start) - _NEAR) : bisect_left(self._starts, start)]
            meant = meant or [one for one in near if one.name is not None and _ends_at(analysis, one, start)]
            if meant:
                return max(meant, key=lambda node: (node.name is not None, len(node.span))).number
        if any(not node.piece for node in inside):
            return max(heading or inside, key=lambda node: (len(node.span), -node.number)).number
        around = min(
            (node for node in self.around(one.source[0]) if not node.piece),
            key=lambda node: len(node.span),
            default=None,
        )
        words = one.source[0].of(analysis.document.text)
        if around is not None and around.name is not None and not {*around.name.core}.isdisjoint(bare(words.split())):
            return around.number
        named = self._named(words)
        if named is None and around is not None and around.name is None:
            return around.number  # "Health Experts" in "Health Experts Condemn Denk" are not Denk
        return named

    def _named(self, words: str) -> int | None:
        """The mention of whom alone the document has a name that words are, or that ends with them."""
        own = lowered(bare(words.split()))
        if not own or not words[:1].isupper():
            return None
        found: dict[tuple[str, ...], int] = {}
        for node in self._nodes:
            core = lowered(node.name.core) if node.name is not None and not node.piece else ()
            if core[-len(own) :] == own:
                found.setdefault(core, node.number)
        whole = [core for core in found if len(core) > len(own)]
        return min(found.values()) if found and len(whole) < _TWO else None


def _whom(analysis: Analysis, at: int) -> int:
    """The word that a relative pronoun stands for, -1 where the parse has none: "the mayor, who denied it"."""
    clause = analysis.tokens[analysis.tokens[at].head]
    while clause.dep in (rel.CONJ, rel.CCOMP, rel.XCOMP) and clause.head != clause.i:
        clause = analysis.tokens[clause.head]
    return clause.head if clause.dep == rel.RELCL else -1


def _right_before(analysis: Analysis, node: Node, at: int) -> bool:
    """Whether somebody is named right before a place, with but a comma or a dash between, or as one person: a clause
    further off may be another's."""
    person = node.type == "person" and node.naming is not Naming.PRONOUN
    near = analysis.document.text[node.span.end : at].strip(" ,—–-\n") == ""
    return node.span.start < at and (person or (near and node.type != "other")) and not _when(analysis, node)


def _ends_at(analysis: Analysis, node: Node, at: int) -> bool:
    """Whether a person's name ends at a place, but for a comma or a parenthesis: "David Denk (who denied it)"."""
    behind = analysis.document.text[node.span.end : at] if node.span.end <= at else "."
    return node.type == "person" and len(behind) <= _MARKS and behind.strip(" ,(—–-") == ""


_MARKS = 3
"""Characters between a name and a relative pronoun."""
_DATELINE = re.compile(r"[A-Z][A-Z.]{2,20}(?: [A-Z][A-Z.]{1,20}){0,2}\s?[—–]\s?(?=[A-Z])")
"""A town in capitals and the dash behind it, with which a report opens."""


def _author(analysis: Analysis, top: int, inside: Sequence[Node]) -> Node | None:
    """Who wrote or spoke what a source is: "Denk's letter", which is named by him."""
    lemma = analysis.tokens[top].lemma.lower()
    if lemma not in words_of("words for words") and lemma not in words_of("what is published"):
        return None
    below = analysis.children[top]
    owners = {i for i in below if analysis.tokens[i].dep in (rel.POSS, rel.COMPOUND)}
    # "a report by the Orrin Herald"
    by = (i for i in below if i > top and analysis.lower(i) in ("by", "from"))
    owners |= {i for one in by for i in analysis.children[one] if analysis.tokens[i].dep == rel.POBJ}
    whose = [node for node in inside if node.head in owners and node.naming is not Naming.DESCRIPTION]
    # In "the Denk interview" he may be who asks or who is asked.
    return next((node for node in whose if analysis.tokens[node.head].dep != rel.COMPOUND or _writes(node)), None)


def _writes(node: Node) -> bool:
    """Whether a name is that of a body, which has its name before what it publishes: "an Orrin Institute study"."""
    row = node.name.row if node.name is not None else None
    outlet = row is not None and row.type == "outlet"
    return node.name is not None and (outlet or _body(node, node.name)) and not node.piece


def _when(analysis: Analysis, node: Node) -> bool:
    """Whether a mention says when something was ("this week")."""
    head = analysis.tokens[node.head]
    return head.dep == rel.NPADVMOD or (head.lemma in _TIMES and analysis.word(node.head).islower())


_TIMES = frozenset(
    "hour day night morning afternoon evening week weekend fortnight month quarter season spring summer "
    "autumn winter year decade century today tomorrow yesterday tonight".split()
)
_TWO = 2
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
