"""Plain facts of a clause: subject, relation, object, and what stands further; coordination spread out.

The relation of an act that another verb embeds keeps that verb ("had sought to divide"), and an act with a doer that a
passive names is also given with the doer first, so that a plain string says no more than the sentence does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.lexicons.classes import words_of
from purport.syntax import relations as rel
from purport.syntax.clauses import Argument, Clause, Form
from purport.syntax.cues import row_of
from purport.syntax.phrases import Phrases

Words = tuple[int, ...]
"""Indices of tokens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: `implied` stands for a relation that no word gives; `further` is in textual order;
    `beside` are adverbs of the relation that tell how or when, and leave it what it is."""

    subject: Words
    relation: Words
    object: Words
    further: tuple[Argument, ...] = ()
    implied: str = ""
    beside: Words = ()


def readings(phrases: Phrases, clause: Clause, embedding: frozenset[int] = frozenset()) -> Iterator[Reading]:
    """The clause's facts, n-ary: one for each combination of coordinated subjects and objects.

    None of a clause that only embeds another with the same subject: `embedding` are the heads of those that are
    embedded so.
    """
    if not clause.subject or not clause.arguments:
        return
    relation: Words = (*clause.led, *clause.predicate)
    # What stands before its verb is rather a circumstance than a complement.
    rest = sorted(clause.arguments, key=lambda a: a.role == "adverbial" and a.whole[0] < clause.head)
    first = next((a for a in rest if a.role in ("object", "complement", "clause")), None)
    if first is not None and first.role == "clause" and first.head in embedding:
        return
    agent = clause.first("agent") if clause.passive else None
    if first is None and agent is not None:
        further = tuple(a for a in rest if a is not agent)
        active = tuple(i for i in relation if phrases.tokens[i].dep not in (rel.AUX, rel.AUX_PASS))
        yield Reading(agent.words, active, clause.subject, further, beside=_beside(phrases, clause))
        first = agent
    if first is None:
        first = rest[0]
    rest = [a for a in rest if a is not first]
    beside = _beside(phrases, clause)
    if first.role == "complement" and clause.form is Form.COPULA:
        first, brought = _drawn_in(phrases, first)
        relation = (*relation, *brought)
    else:
        relation = (*relation, *first.by)
    for subject in _spread(phrases, clause.subject_head, clause.subject):
        for words in _objects(phrases, first):
            yield Reading(subject, relation, words, tuple(rest), clause.implied, beside)


def _beside(phrases: Phrases, clause: Clause) -> Words:
    """Adverbs before the verb that tell how or when an act took place and leave it what it is: "[mistakenly] held".
    They are arguments of their own in PropBank (Palmer, Gildea and Kingsbury 2005), and no part of a bare fact."""
    if clause.form not in (Form.VERB, Form.PARTICIPLE):
        return ()
    before = (i for i in clause.predicate if i < clause.head and phrases.tokens[i].dep == rel.ADVMOD)
    return tuple(i for i in before if not phrases.children[i] and _mere(phrases, clause.head, phrases.lower(i)))


def _mere(phrases: Phrases, verb: int, adverb: str) -> bool:
    """Whether an adverb bears neither on whether the act took place nor on how far."""
    if adverb in words_of("falsely"):  # "mistakenly held"; but "falsely claimed" says something of the claim
        return row_of(phrases.analysis, verb, "verb") is None
    bearing = adverb in words_of("probable") or adverb in words_of("adverbs that bear")
    return (adverb.endswith("ly") and not bearing) or adverb in words_of("adverbs beside an act")


def binary(phrases: Phrases, reading: Reading) -> Iterator[tuple[Words, Words, Words]]:
    """Subject, relation and object, and the same for what a preposition brings in beside them."""
    own = tuple(i for i in reading.relation if i not in reading.beside)
    yield reading.subject, own, reading.object
    for one in reading.further:
        if one.by and not phrases.verbal(one.head):
            relation = tuple(sorted({*own, *reading.object, *one.by}))
            for words in _objects(phrases, one):
                yield reading.subject, relation, words


def _drawn_in(phrases: Phrases, complement: Argument) -> tuple[Argument, Words]:
    """ "is [close to] collapse", "is [part of] it": a bare complement with its preposition is the relation's."""
    head = complement.head
    token = phrases.tokens[head]
    preposition = next((i for i in phrases.kids(head, rel.PREP) if i in complement.words and i > head), None)
    bare = token.tag == "NN" and not phrases.kids(head, rel.DET, rel.POSS, rel.NUMMOD)
    if (
        preposition is None
        or phrases.kids(head, rel.CONJ)
        or not (token.pos == "ADJ" or token.dep == rel.ACOMP or bare)
    ):
        return complement, ()
    inner = phrases.kid(preposition, rel.POBJ)
    if inner is None:
        return complement, ()
    before = tuple(i for i in complement.words if i <= preposition)
    after = tuple(i for i in complement.words if i > preposition)
    return Argument("complement", inner, after), before


def _objects(phrases: Phrases, one: Argument) -> list[Words]:
    together = one.by and phrases.lower(one.by[0]) in ("between", "among", "amid")
    if one.role == "clause" or together:
        return [one.words]
    return _spread(phrases, one.head, one.words)


def _spread(phrases: Phrases, head: int | None, words: Sequence[int]) -> list[Words]:
    """The parts of a coordination, each with its own words; and instances that "such as" or "including" names."""
    kept = set(words)
    if head is None or head not in kept:
        return [tuple(words)]
    named: list[Words] = []
    for one in phrases.kids(head, rel.PREP):
        such = phrases.lower(one) == "as" and one > 0 and phrases.lower(one - 1) == "such"
        inner = phrases.kid(one, rel.POBJ)
        if one in kept and inner is not None and (such or phrases.lower(one) == "including"):
            named = _spread(phrases, inner, sorted(i for i in phrases.under(inner) if i in kept))
            kept -= phrases.under(one) | ({one - 1} if such else set())
    if named:
        return [phrases.trimmed(sorted(kept)), *named]
    parts = [head]
    while following := [
        i
        for i in phrases.kids(parts[-1], rel.CONJ)
        if i in kept and phrases.tokens[i].pos in ("NOUN", "PROPN", "PRON", "NUM")
    ]:
        parts += following
    if len(parts) == 1:
        return [tuple(words)]
    joints = {i for part in parts for i in phrases.kids(part, rel.CC, rel.CONJ, rel.PRECONJ)}
    found = (phrases.trimmed([i for i in sorted(phrases.under(part, joints)) if i in kept]) for part in parts)
    return [part for part in found if part]
