"""Which operator of the lexicon stands over an act or in its clause, and what it makes of the act's value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import NamedTuple

from purport.extract.factuality.value import (
    KEEP,
    NEGATE,
    OPEN,
    Operation,
    Outlook,
    compose,
    fix,
    put,
    unplanned,
    weaken,
)
from purport.lexicons.operators import Node, OperatorRow, Way, operators
from purport.model.analysis import Analysis
from purport.model.record import Frame
from purport.syntax.relations import Relations


class Match(NamedTuple):
    """An operator on an act: its row and the token of the operator's word."""

    row: OperatorRow
    token: int


@cache
def _ways() -> tuple[tuple[OperatorRow, Way, bool, tuple[frozenset[str], ...]], ...]:
    """All ways of all rows, in their order, with whether they embed and the words that they need."""
    return tuple((row, way, way.embeds, way.needs) for row in operators() for way in row.ways)


def _all_in(words: Set[str], needed: Iterable[frozenset[str]]) -> bool:
    """Whether one of each set is among the words."""
    for one in needed:  # noqa: SIM110 - asked for each sentence and way: a generator takes twice as long
        if words.isdisjoint(one):
            return False
    return True


class Operators:
    """The operators of one analysis."""

    def __init__(self, analysis: Analysis, without: str = "") -> None:
        """All of the lexicon but the row of that id."""
        self._without = without
        self._analysis = analysis
        self._relations: Relations | None = None
        self._known: dict[int, tuple[Match | None, tuple[Match, ...]]] = {}
        self._possible: dict[int, tuple[tuple[OperatorRow, Way, bool], ...]] = {}

    @classmethod
    def of(cls, analysis: Analysis) -> Operators:
        """Those of an analysis, matched once for all who ask."""
        return analysis.once(cls)

    @property
    def relations(self) -> Relations:
        """The parse in relations of Universal Dependencies, made when it is first asked for."""
        if self._relations is None:
            self._relations = Relations(self._analysis)
        return self._relations

    def above(self, act: int) -> Match | None:
        """The operator that the act hangs on ("saw [gunmen] enter"), None where there is none."""
        return self._of(act)[0]

    def within(self, act: int) -> tuple[Match, ...]:
        """The operators that hang on the act ("few ministers denied")."""
        return self._of(act)[1]

    def touches(self, act: int) -> bool:
        """Whether an operator works on the act or on the word that it hangs on."""
        head = self._analysis.tokens[act].head
        return any(above is not None or within for above, within in (self._of(act), self._of(head)))

    def _of(self, act: int) -> tuple[Match | None, tuple[Match, ...]]:
        if act not in self._known:
            above = next(self._matches(act, embedding=True), None)
            self._known[act] = above, tuple(self._matches(act, embedding=False))
        return self._known[act]

    def _matches(self, act: int, *, embedding: bool) -> Iterator[Match]:
        last: OperatorRow | None = None
        for row, way, embeds in self._of_sentence(self._analysis.tokens[act].sentence):
            if embeds is embedding and row is not last and (token := self._end(way, act)) is not None:
                last = row
                yield Match(row, token)

    def _of_sentence(self, number: int) -> tuple[tuple[OperatorRow, Way, bool], ...]:
        """The ways whose words are all in the sentence: only these can be found in it."""
        if number not in self._possible:
            sentence = self._analysis.sentences[number]
            inside = range(sentence.first, sentence.last)
            words = {self._analysis.tokens[i].lemma for i in inside} | {self._analysis.lower(i) for i in inside}
            self._possible[number] = tuple(
                (row, way, embeds)
                for row, way, embeds, needed in _ways()
                if row.id != self._without and _all_in(words, needed)
            )
        return self._possible[number]

    def _end(self, way: Way, act: int) -> int | None:
        """The token at the other end of a way from the act; None where the way is not there."""
        nodes, steps = list(way.nodes), list(way.steps)
        if way.embeds:
            turned = {"<": ">", ">": "<"}
            nodes, steps = nodes[::-1], [(turned[direction], names) for direction, names in steps[::-1]]
        return self._walk(act, nodes, steps)

    def _walk(self, at: int, nodes: list[Node], steps: list[tuple[str, frozenset[str]]]) -> int | None:
        if not self._is(at, nodes[0]):
            return None
        if not steps:
            return at
        direction, names = steps[0]
        for following in self._neighbours(at, direction, names):
            found = self._walk(following, nodes[1:], steps[1:])
            if found is not None:
                return found
        return None

    def _neighbours(self, at: int, direction: str, names: frozenset[str]) -> list[int]:
        """The tokens one step away: the governor ("<") or the dependents (">") in one of the relations."""
        relations = self.relations
        if direction == ">":
            return [i for i in relations.children[at] if relations.relation[i] in names]
        head = relations.head[at]
        return [head] if head != at and relations.relation[at] in names else []

    def _is(self, at: int, node: Node) -> bool:
        token = self._analysis.tokens[at]
        if node.words and token.lemma not in node.words and self._analysis.word(at).lower() not in node.words:
            return False
        if node.tags and token.tag not in node.tags:
            return False
        return all(
            wanted is any(self._is(i, inner) for i in self._neighbours(at, direction, names))
            for wanted, direction, names, inner in node.beside
        )


_KINDS = {"negate": NEGATE, "open": OPEN, "keep": KEEP}
"""Effects without a measure, as operations on a value."""


@cache
def _operations(effect: str) -> tuple[Operation, ...]:
    """The effect that a row names ("negate 1", "fix +"), as operations on a value."""
    kind, _, by = effect.partition(" ")
    if kind == "fix":
        return (fix(3 if by == "+" else -3),)
    weakened = (weaken(int(by)),) if by else ()
    return (*((_KINDS[kind],) if kind in _KINDS else ()), *weakened)


def applied(effect: str, given: Outlook) -> Outlook:
    """What an effect makes of an outlook."""
    return compose(given, *_operations(effect))


def composed(row: OperatorRow, parent: Outlook) -> Outlook:
    """What an operator makes of the act on which it works, where `parent` is made of the operator itself."""
    negated = parent.certainty < 0
    effect = row.negated if negated else row.affirmed
    given = Outlook(parent.certainty, parent.frame)
    if effect.startswith("fix") or (effect == "open" and row.frame == Frame.CONDITIONAL):
        given = given._replace(frame=Frame.PLAIN)  # "suppose that" bids no more than to suppose
    made = compose(applied(effect, given), put(Frame(row.frame)))
    return unplanned(made) if negated and not effect.startswith("fix") else made
