"""Which mention names a source, and in whose words each mention stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Kind, Naming
from purport.resolve.document.clusters import Sets
from purport.resolve.document.names import Name
from purport.resolve.document.nodes import Node
from purport.resolve.document.nouns import BODIES
from purport.resolve.document.release import issuers
from purport.syntax import relations as rel


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
        whose = _author(analysis, tops[0], inside) if tops else None
        if whose is not None:
            return whose.number
        if heading or inside:
            return max(heading or inside, key=lambda node: (len(node.span), -node.number)).number
        around = self.around(one.source[0])
        return min(around, key=lambda node: len(node.span)).number if around else None


def _author(analysis: Analysis, top: int, inside: Sequence[Node]) -> Node | None:
    """Who wrote or spoke what a source is: "Denk's letter", which is named by him."""
    if analysis.tokens[top].lemma.lower() not in words_of("words for words"):
        return None
    owners = {i for i in analysis.children[top] if analysis.tokens[i].dep == rel.POSS}
    return next((node for node in inside if node.head in owners and node.naming is not Naming.DESCRIPTION), None)


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
