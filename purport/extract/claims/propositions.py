"""Propositions of a document: its clauses, each with how certain it is, how it is put, and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from purport.extract.attribution.acts import by_its_words
from purport.extract.claims.places import scene, toponyms
from purport.extract.claims.times import moment
from purport.extract.claims.triples import binary, readings
from purport.extract.factuality.evaluate import FALSELY, Factuality
from purport.extract.factuality.sentences import verdict_after
from purport.extract.factuality.value import NEGATE, PLAIN, Outlook, compose
from purport.extract.factuality.vouchers import Vouchers
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Span, Spans
from purport.model.record import (
    Argument,
    Attribution,
    Certainty,
    Frame,
    Held,
    Kind,
    Proposition,
    Timex,
    Toponym,
    Triple,
    proposition_id,
)
from purport.syntax import relations as rel
from purport.syntax.clauses import Argument as Part
from purport.syntax.clauses import Clause, Form, clauses
from purport.syntax.parse import root
from purport.syntax.phrases import Phrases
from purport.syntax.pronouns import Persons
from purport.syntax.timex import timexes

SURE = 0.5
"""Confidence of an attribution below which it is unsure who vouches for what stands in it."""
_NEGATABLE = frozenset({Form.VERB, Form.COPULA, Form.PARTICIPLE})


def propositions(analysis: Analysis, attributions: Sequence[Attribution]) -> tuple[Proposition, ...]:
    """All propositions of the document in the order of their first characters. A function of its arguments alone."""
    phrases = Phrases(analysis)
    vouchers = Vouchers(analysis, attributions)
    factuality = Factuality(analysis, vouchers)
    persons = Persons(analysis)
    found = clauses(analysis)
    circumstances = _circumstances(phrases, found, factuality)
    embedding = frozenset(one.head for one in found if one.led)
    labels = {n for n, block in analysis.blocks.items() if block.kind in (BlockKind.LABEL, BlockKind.SIGNATURE)}
    found = tuple(one for one in found if analysis.block_of(one.head) not in labels)
    made = (_proposition(phrases, one, embedding, factuality, vouchers, circumstances, persons) for one in found)
    unique = {one.id: one for one in made if one is not None}
    return tuple(_once(analysis, sorted(unique.values(), key=lambda p: (p.extent, p.id))))


def _once(analysis: Analysis, ordered: Iterable[Proposition]) -> Iterator[Proposition]:
    """All but what one voucher says in passing of somebody again: who has a title has it in every mention. It is said
    again where all words of the name stood in an earlier one; "Lena Holt" is not "Anton Holt"."""
    seen: dict[tuple[str | None, str], list[frozenset[str]]] = {}
    text = analysis.document.text
    for one in ordered:
        if not one.predicate and one.implied:
            name = frozenset(word for span in one.subject for word in span.of(text).split())
            said = " ".join(span.of(text).lower() for span in one.object)
            before = seen.setdefault((one.voucher, said), [])
            if any(name <= earlier for earlier in before):
                continue
            before.append(name)
        yield one


def _proposition(
    phrases: Phrases,
    clause: Clause,
    embedding: frozenset[int],
    factuality: Factuality,
    vouchers: Vouchers,
    circumstances: Circumstances,
    persons: Persons,
) -> Proposition | None:
    analysis = phrases.analysis
    voice = vouchers.of(clause.head)
    attribution = vouchers.attributions[voice.number] if voice is not None else None
    outlook = outlook_of(factuality, clause)
    cue = factuality.reported(clause.head) if attribution is None and outlook.certainty > 0 else None
    if cue is not None:
        # Somebody is said to say it, and not found to: it must not stand as the text's own.
        outlook, attribution = outlook._replace(certainty=0), vouchers.with_cue(cue)
    elif attribution is None and outlook.false:
        # "The video falsely shows her embracing him": a thing is no source that holds it.
        outlook = outlook._replace(certainty=-outlook.certainty, false=False)
    doer, done, rest = _parts(clause)
    predicate = spans_of(analysis, clause.predicate)
    subject, object_ = spans_of(analysis, doer), spans_of(analysis, done)
    if not predicate and not (subject and object_):
        return None
    name = proposition_id(analysis.document.id, predicate, clause.implied, subject, object_)
    voucher = attribution.id if attribution is not None else None
    held = [Held(voucher, Certainty.of(outlook.certainty))]
    false = outlook.false or (
        attribution is not None and factuality.topmost(clause.head) and _false(analysis, attribution)
    )
    if false and outlook.certainty and voucher is not None:
        held.append(Held(None, Certainty.of(-outlook.certainty)))
    sure = outlook.certainty == 3 and outlook.frame is Frame.PLAIN
    if attribution is not None and (
        (factuality.topmost(clause.head) and sure and _granted(analysis, attribution))
        or (factuality.topmost(clause.head) and _how_it_was(analysis, attribution, clause.head))
        or (sure and _in_passing(analysis, attribution, clause.head))
    ):
        held.append(Held(None, Certainty.CT_PLUS))
    checked = attribution is not None and attribution.kind is Kind.BLOCK and not attribution.source
    if checked and (verdict := verdict_after(factuality, clause.head)) is not None:
        # "Claim: ... Verdict: False.": the text says what it is, and who claims it is not known, nor how surely.
        outlook = outlook._replace(certainty=0)
        held = [Held(voucher, Certainty.UU), Held(None, Certainty.of(verdict.certainty))]
    elif attribution is not None and _judged(factuality, vouchers, clause.head):
        # "Denk said that it fell. That is false.": she says so, and the text what it makes of it.
        verdict = verdict_after(factuality, clause.head)
        held += [Held(None, Certainty.of(verdict.certainty))] if verdict is not None else []
    if outlook.frame is Frame.QUESTION and (answer := _answered(analysis, vouchers, clause.head)) is not None:
        answering, yes = answer
        held.insert(0, Held(answering.id, Certainty.CT_PLUS if yes else Certainty.CT_MINUS))
        if attribution is None or not attribution.source:
            # Who asked is not said: who answers vouches for it.
            attribution, voucher = answering, answering.id
            outlook = PLAIN if yes else compose(PLAIN, NEGATE)
    if (told := factuality.judged_by(clause.head)) is not None:
        by, made = told
        judge = vouchers.attributions[by.number] if by is not None else None
        theirs = Held(judge.id if judge is not None else None, Certainty.of(made.certainty))
        if attribution is not None and not attribution.source:
            # "rejected the claim that ...": whose claim it is is not said, and who rejects it is who vouches for that.
            attribution, outlook, voucher = judge, made, theirs.by
            held.insert(0, theirs)
        else:
            held.append(theirs)
    unsure = []
    if cue is not None or (attribution is not None and attribution.confidence < SURE):
        unsure.append("voucher")
    if outlook.doubtful:
        unsure.append("polarity")
    told_by = _telling(analysis, attribution, clause)
    triples = (
        Triple(spans_of(analysis, who), spans_of(analysis, set(does) - told_by), spans_of(analysis, what), one.implied)
        for one in readings(phrases, clause, embedding)
        for who, does, what in binary(phrases, one)
        if who and what and (does or one.implied)
    )
    meant = persons.meant(doer[0]) if len(doer) == 1 else None
    return Proposition(
        name,
        predicate,
        subject,
        object_,
        tuple(Argument(one.role, spans_of(analysis, one.by), spans_of(analysis, one.words)) for one in rest),
        tuple(dict.fromkeys(triples)),
        Certainty.of(outlook.certainty),
        outlook.frame,
        tuple(held),
        voucher,
        attribution is not None and _endorsed(analysis, attribution),
        clause.implied,
        _negation(analysis, factuality, clause),
        tuple(circumstances.times.get(clause.head, ())),
        tuple(circumstances.places.get(clause.head, ())),
        refers=spans_of(analysis, phrases.noun(meant)) if meant is not None else (),
        unsure=tuple(unsure),
        confidence=round(_confidence(clause, outlook) * (attribution.confidence if attribution else 1.0), 4),
        reporting=voucher is None and _reports(vouchers, clause),
        why=factuality.why(clause.head) if clause.form not in (Form.APPOSITION, Form.TITLE) else (),
    )


def _answered(analysis: Analysis, vouchers: Vouchers, index: int) -> tuple[Attribution, bool] | None:
    """Who is asked in the same sentence and answers, and whether by yes or by no: "Asked whether it fell, Denk said:
    “Yes, it did.”" """
    sentence = analysis.sentences[analysis.tokens[index].sentence]
    for number in range(index + 1, sentence.last):
        answer = analysis.lower(number)
        if answer not in ("yes", "no") or number + 1 >= len(analysis.tokens) or analysis.word(number + 1) not in _STOPS:
            continue
        voice = vouchers.of(number)
        own = vouchers.attributions[voice.number] if voice is not None else None
        if own is not None and own.kind is Kind.DIRECT and own.source and voice != vouchers.of(index):
            start = own.content[0].start if own.content else -1
            if analysis.document.text[start : analysis.tokens[number].start].strip(_OPENING) == "":
                return own, answer == "yes"
    return None


_STOPS = frozenset(",.!;:—–")
_OPENING = " \"“‘'«„"


def _judged(factuality: Factuality, vouchers: Vouchers, index: int) -> bool:
    """Whether an act that a source tells first, as something that was done, may be what the text's own words in the
    next sentence judge."""
    analysis = factuality.analysis
    number = analysis.tokens[index].sentence + 1
    if number >= len(analysis.sentences) or vouchers.of(analysis.sentences[number].first) is not None:
        return False
    return factuality.topmost(index) and factuality.outlook(index) == PLAIN


def _telling(analysis: Analysis, attribution: Attribution | None, clause: Clause) -> set[int]:
    """The words of a clause that name its voucher's act: of "are said by aides to have left" all but "have left"."""
    if attribution is None or not attribution.source:
        return set()
    told = {i for span in attribution.cue for i in analysis.tokens_in(span)} & set(clause.led)
    return told | {i for i in clause.led if told and i > min(told) and analysis.tokens[i].tag == "TO"}


def _reports(vouchers: Vouchers, clause: Clause) -> bool:
    """Whether the clause is the cue of a statement, so that all it tells is that somebody says something."""
    one = vouchers.with_cue(clause.head)
    return clause.form is not Form.NOUN and one is not None and one.listed and bool(one.content)


def _negation(analysis: Analysis, factuality: Factuality, clause: Clause) -> Spans:
    """The words that negate it, a span each, so that they can be counted."""
    if clause.form not in _NEGATABLE:
        return ()
    found = sorted(set(factuality.negations(clause.head)))
    return tuple(Span(analysis.tokens[i].start, analysis.tokens[i].end) for i in found)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and where: expressions of time and names of places by the head of the clause that they stand in."""

    times: dict[int, list[Timex]]
    places: dict[int, list[Toponym]]


def _circumstances(phrases: Phrases, found: Sequence[Clause], factuality: Factuality) -> Circumstances:
    analysis = phrases.analysis
    heads = {one.head for one in found if one.form not in (Form.APPOSITION, Form.TITLE)}

    def clause_of(span: Span) -> int | None:
        """The nearest clause above the words."""
        inside = analysis.tokens_in(span)
        index = root(analysis, inside) if inside else None
        seen: set[int] = set()
        while index is not None and index not in seen:
            seen.add(index)
            if index in heads:
                return index
            index = analysis.tokens[index].head
        return None

    def yet_to_come(position: int) -> bool:
        head = clause_of(Span(position, position + 1))
        return head is not None and factuality.outlook(head).frame in _FUTURE

    times: dict[int, list[Timex]] = {}
    for one in timexes(analysis.document.text, tuple(analysis.blocks.values()), None, yet_to_come):
        head = moment(phrases, one.span, heads)
        if head is not None:
            times.setdefault(head, []).append(one)
    named: dict[int, list[Toponym]] = {}
    for name in toponyms(analysis):
        head = scene(phrases, name, heads)
        if head is not None:
            named.setdefault(head, []).append(name)
    return Circumstances(times, named)


_FUTURE = frozenset({Frame.PREDICTED, Frame.INTENDED, Frame.ORDERED})


def outlook_of(factuality: Factuality, clause: Clause) -> Outlook:
    """What is made of the clause; what is said in passing (an apposition, a title) is taken for granted."""
    if clause.form in (Form.APPOSITION, Form.TITLE):
        return Outlook()
    return factuality.outlook(clause.head)


def _false(analysis: Analysis, one: Attribution) -> bool:
    """Whether the text says that its source is wrong: "falsely claimed"."""
    return any(analysis.tokens[i].lemma in FALSELY for span in one.cue for i in analysis.tokens_in(span))


def _endorsed(analysis: Analysis, one: Attribution) -> bool:
    """Whether the cue presupposes what it brings in: nobody admits, discovers or proves what is not so."""
    words = [analysis.tokens[i] for span in one.cue for i in analysis.tokens_in(span)]
    if any(word.dep == rel.NEG or word.lemma in _NOT_DONE for word in words):
        return False  # "could not prove", "failed to establish"
    if one.act == "admit":
        return not by_its_words(analysis, one)
    return any(word.lemma in _PRESUPPOSING for word in words) and one.act not in ("withhold", "doubt")


def _granted(analysis: Analysis, one: Attribution) -> bool:
    """Whether the cue takes for granted what it brings in, whoever speaks and whatever becomes of the cue: "forgot",
    "did not realise", "regretted that"."""
    words = [analysis.tokens[i] for span in one.cue for i in analysis.tokens_in(span)]
    heard = any(
        word.lemma == "learn" and any(analysis.tokens[i].lemma == "from" for i in analysis.children[word.i])
        for word in words
    )
    return not heard and any((word.lemma, word.pos) in _factive() for word in words)


def _how_it_was(analysis: Analysis, one: Attribution, head: int) -> bool:
    """Whether only why, how, when or where it was done is told, or not: "has yet to explain why he burned it"."""
    first = analysis.tokens_in(one.content[0])
    if not first or analysis.lower(first[0]) not in _HOW_IT_WAS or analysis.tokens[head].tag != "VBD":
        return False
    helped = any(analysis.tokens[i].dep in (rel.AUX, rel.NEG) for i in analysis.children[head])
    return not helped and any(
        analysis.tokens[i].lemma in _MADE_KNOWN for span in one.cue for i in analysis.tokens_in(span)
    )


def _in_passing(analysis: Analysis, one: Attribution, head: int) -> bool:
    """Whether it is told of what somebody is not said to have named: "refused to visit the bridge that they mined",
    "published photographs of a bridge mined by them"."""
    shown = [root(analysis, analysis.tokens_in(one.content[0]))]
    shown += [i for span in one.cue for i in analysis.tokens_in(span)]
    things = (analysis.tokens[i] for i in shown if i is not None and analysis.tokens[i].pos == "NOUN")
    if any(thing.lemma in words_of("depictions") for thing in things):  # and not "recorded that"
        return analysis.tokens[head].dep in (rel.RELCL, rel.ACL) and analysis.tokens[head].tag in ("VBD", "VBN")
    if one.act not in ("reject", "withhold") or one.kind is not Kind.INDIRECT:
        return False
    words = analysis.tokens_in(one.content[0])
    if not words or analysis.tokens[words[0]].tag != "TO" or analysis.tokens[head].dep != rel.RELCL:
        return False
    helped = any(analysis.tokens[i].dep in rel.HELPING for i in analysis.children[head])
    return analysis.tokens[head].tag in ("VBD", "VBN") and not helped


_HOW_IT_WAS = frozenset({"why", "how", "when", "where"})
_MADE_KNOWN = frozenset({"explain", "say", "disclose", "reveal", "clarify"})
"""Cues of what is told, or not, about what has taken place."""


@cache
def _factive() -> frozenset[tuple[str, str]]:
    rows = (row for row in embeddings() if row.presupposed and "that" in row.takes)
    return frozenset((row.lemma, row.pos.upper()) for row in rows)


_NOT_DONE = frozenset("fail refuse decline unable".split())
_PRESUPPOSING = words_of("presupposing cues")


def _parts(clause: Clause) -> tuple[tuple[int, ...], tuple[int, ...], list[Part]]:
    """Who does it, whom it is done to, and what else there is."""
    rest = list(clause.arguments)
    agent = clause.first("agent") if clause.passive else None
    if clause.passive:
        if agent is not None:
            rest.remove(agent)
        object_ = clause.first("object", "complement", "clause")
        if agent is None and clause.form is Form.VERB and object_ is None:
            return (), clause.subject, rest
        return (agent.words if agent else ()), clause.subject, rest
    first = clause.first("object", "complement", "clause")
    if first is not None:
        rest.remove(first)
    return clause.subject, (first.words if first else ()), rest


def _confidence(clause: Clause, outlook: Outlook) -> float:
    sure = {Form.VERB: 0.9, Form.COPULA: 0.9, Form.PARTICIPLE: 0.8, Form.NOUN: 0.7}.get(clause.form, 0.75)
    if clause.subject_head is None:
        sure -= 0.1
    return sure - (0.2 if outlook.doubtful else 0.0)


def spans_of(analysis: Analysis, words: Iterable[int]) -> Spans:
    """Tokens as spans, those side by side as one."""
    found: list[Span] = []
    last = -2
    for index in sorted(set(words)):
        token = analysis.tokens[index]
        if index == last + 1:
            found[-1] = Span(found[-1].start, token.end)
        else:
            found.append(Span(token.start, token.end))
        last = index
    return tuple(found)
