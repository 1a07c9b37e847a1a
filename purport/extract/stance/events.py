"""Stances that deeds show: who, as a voucher has it, did what to whom.

A deed that is planned, denied, doubted, supposed or asked about shows nothing; one that somebody claims is shown on
that voucher's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from purport.extract.stance.participants import Figures, Meant
from purport.lexicons.deeds import DeedRow, deed_nouns, deed_phrases, deeds
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Argument, Certainty, Frame, Proposition
from purport.syntax import relations as rel

SURE = frozenset({Certainty.CT_PLUS, Certainty.PR_PLUS})


class Deed(NamedTuple):
    """One deed of one actor to another."""

    row: DeedRow
    holder: Meant
    target: Meant
    proposition: Proposition

    @property
    def sign(self) -> int:
        """1 where it helps, -1 where it harms."""
        return self.row.sign * self.target.factor

    @property
    def root(self) -> str:
        """Its root type; what is done against a threat to somebody is aid."""
        return self.row.root if self.target.factor > 0 else "AID" if self.sign > 0 else "COERCE"


def done(figures: Figures, propositions: Sequence[Proposition]) -> Iterator[Deed]:
    """The deeds among the propositions, in their order, that a voucher holds certain or probable."""
    for one in propositions:
        if one.certainty in SURE and one.frame is Frame.PLAIN:
            yield from _deeds(figures, one)


def _deeds(figures: Figures, one: Proposition) -> Iterator[Deed]:
    seen: set[tuple[str, str]] = set()
    for row, goals in _rows(figures, one):
        for holder in _meant(figures, one.subject or one.refers):
            for target in goals:
                # What befalls an actor by what is its own ("Ardania's guns shelled Ardania's town") is no stance.
                if holder.entity != target.entity and (holder.entity, target.entity) not in seen:
                    seen.add((holder.entity, target.entity))
                    yield Deed(row, holder, target, one)


def _meant(figures: Figures, spans: Sequence[Span]) -> list[Meant]:
    return [meant for head in figures.heads(spans) for meant in figures.meant(head)]


def _rows(figures: Figures, one: Proposition) -> Iterator[tuple[DeedRow, list[Meant]]]:
    """The rows that the predicate is, and whom the deed is done to by each."""
    analysis = figures.analysis
    words = [i for span in one.predicate for i in analysis.tokens_in(span)]
    verbs = [i for i in words if analysis.tokens[i].pos == "VERB"]
    if not verbs:
        nouns = [i for i in words if analysis.tokens[i].pos in ("NOUN", "PROPN")]
        row = deed_nouns().get(analysis.tokens[nouns[-1]].lemma) if nouns else None
        if row is not None:
            yield row, _meant(figures, one.object) or list(_after(figures, one.arguments, _PREPOSITIONS))
        return
    verb = verbs[-1]
    lemma = analysis.tokens[verb].lemma
    around = [lemma, *(analysis.tokens[i].lemma for i in words if i > verb)]
    for rest, row in deed_phrases().get(lemma, ()):
        goals = list(_phrase(figures, one, around[1:], rest, row))
        if goals:
            yield row, goals
            return
    row = deeds().get(lemma)
    if row is None or _figurative(analysis, verb):
        return
    if "obj" in row.takes and one.object:
        yield row, _meant(figures, one.object)
    goals = list(_after(figures, one.arguments, row.takes))
    if goals:
        yield row, goals


_PREPOSITIONS = frozenset({"on", "against", "of", "for", "with"})


def _figurative(analysis: Analysis, verb: int) -> bool:
    """Whether a verb stands in a sense of its own: "struck a deal", "called off", "beat the record"."""
    return any(analysis.tokens[i].dep == rel.PRT for i in analysis.children[verb])


def _after(figures: Figures, arguments: Sequence[Argument], takes: frozenset[str]) -> Iterator[Meant]:
    """Who is brought in by one of the prepositions."""
    text = figures.analysis.document.text
    for argument in arguments:
        if " ".join(span.of(text) for span in argument.by).lower() in takes:
            yield from _meant(figures, argument.spans)


def _phrase(
    figures: Figures, one: Proposition, inside: Sequence[str], rest: Sequence[str], row: DeedRow
) -> Iterator[Meant]:
    """Whom "imposed sanctions on" is done to, where the predicate and its object are such a phrase; else nobody."""
    analysis = figures.analysis
    objects = figures.heads(one.object)
    for argument in one.arguments:
        objects += figures.heads(argument.spans)
    tokens = analysis.tokens
    for head in [*objects, *(i for span in one.predicate for i in analysis.tokens_in(span))]:
        for noun in (head, *(i for i in analysis.children[head] if tokens[i].dep == rel.CONJ)):
            if tokens[noun].lemma != rest[-1] or tokens[noun].pos not in ("NOUN", "PROPN"):
                continue
            verb_side = [*inside, *(tokens[i].lemma for i in _between(figures, one, noun))]
            if not all(part in verb_side for part in rest[:-1]):
                continue
            yield from _after(figures, one.arguments, row.takes)
            for child in analysis.children[noun]:
                if tokens[child].dep == rel.PREP and tokens[child].lemma in row.takes:
                    for goal in analysis.children[child]:
                        yield from figures.meant(goal)
            return


def _between(figures: Figures, one: Proposition, noun: int) -> range:
    """The words from the predicate to a noun behind it."""
    first = figures.analysis.tokens_in(one.predicate[0]).start
    return range(first, noun)
