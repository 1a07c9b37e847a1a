"""Which of the attributions that were found tell what somebody has said, and which the text only imputes.

A cue that is asked, supposed, predicted or negated is no act of speech ("did Denk deny", "nobody accused"), and a plan,
wish or knowledge that the text ascribes to somebody who is not said to have told it ("the militia planned to burn the
mill") is the text's own word. The latter are what event factuality calls private states (Wiebe, Wilson and Cardie 2005)
under no speech event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from purport.extract.attribution.acts import avoider, negated
from purport.extract.attribution.cue import FIRST, Cue
from purport.extract.attribution.imputed import imputed
from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.operators import Operators
from purport.extract.factuality.vouchers import Vouchers
from purport.lexicons.classes import words_of
from purport.lexicons.operators import OperatorRow, operators
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Frame, Kind
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import child, root, subject

_LISTENER = frozenset({"you", "your"})
_THOUGHT = frozenset({"believe", "learn", "doubt", "hope", "plan", "fear", "predict"})
"""Acts that take no word: whoever is addressed is only said to think so."""
_UNSURE = 0.7
"""Confidence below which a cue that no lexicon knows, and that has no word for speech, is taken for a deed."""


def said(analysis: Analysis, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with the acts that the text says were done, and those marked that it imputes.

    What a cue does is done where the text holds the cue's own act to have happened. Where its clause holds that it did
    not ("few ministers denied") the act is that of its negation, if that too tells of words ("would not say"); where
    the text only asks, supposes, predicts or demands it ("should he accuse them", "may deny"), nobody has said
    anything, and `act` is "". What a cue takes for granted and puts in nobody's mouth ("it is no secret that") is no
    attribution at all.
    """
    found = Operators.of(analysis)
    read = {one.id: Cue.of(analysis, one) for one in attributions}
    twice = _twice(read.values())
    gone = {one.id: one.inside for one in attributions if one.id in twice or _presupposed(analysis, found, one)}
    left = [replace(one, inside=_around(one.inside, gone)) for one in attributions if one.id not in gone]
    known = {one.id: one for one in left}
    cues = [replace(read[one.id], one=one) for one in left]
    imputes = [cue.one.kind is not Kind.BLOCK and imputed(cue, known) for cue in cues]
    silent = {one.id: one.inside for one, so in zip(left, imputes, strict=True) if so}
    marked = [
        replace(one, imputed=so, inside=_around(one.inside, silent)) for one, so in zip(left, imputes, strict=True)
    ]
    values = Factuality(analysis, Vouchers(analysis, marked))
    told = [one.imputed or one.kind is Kind.BLOCK for one in marked]
    return [
        one if so else replace(one, act=_done(cue, values)) for cue, one, so in zip(cues, marked, told, strict=True)
    ]


# -- what is no attribution ----------------------------------------------------------------------------------------


def _around(inside: str | None, gone: Mapping[str, str | None]) -> str | None:
    """The attribution around one, past those that are gone."""
    while inside is not None and inside in gone:
        inside = gone[inside]
    return inside


def _twice(cues: Collection[Cue]) -> set[str]:
    """The attributions whose cue another one has for what it does: "wishes to [thank] the crew"."""
    done = {cue.word for cue in cues if cue.word is not None and cue.word not in cue.words()}
    return {cue.one.id for cue in cues if cue.word in done and cue.word in cue.words()}


def _presupposed(analysis: Analysis, found: Operators, one: Attribution) -> bool:
    """Whether its cue takes the content for granted and puts it in nobody's mouth: "the board was unaware that",
    "it is no secret that", "there is no denying that"."""
    cue = {i for span in one.cue for i in analysis.tokens_in(span)}
    if not cue:
        return _comes_to_light(analysis, one)
    if not any(analysis.tokens[i].lemma in _granting() for i in cue):
        return False
    inside = (i for span in one.content for i in analysis.tokens_in(span))
    above = (found.above(i) for i in inside if analysis.tokens[i].pos in ("VERB", "AUX", "ADJ", "NOUN"))
    return any(match is not None and match.token in cue and _grants(match.row) for match in above)


def _comes_to_light(analysis: Analysis, one: Attribution) -> bool:
    """Whether it is only told that it became known, or is passed over: "it emerged that", "what they leave out is
    that"; a tagger takes that for a cue that it cannot place."""
    first = root(analysis, analysis.tokens_in(one.content[0]))
    if first is None or analysis.tokens[first].dep != rel.CCOMP:
        return False
    verb = analysis.tokens[first].head
    if analysis.tokens[verb].lemma in _EMERGING:
        return not one.source
    what = child(analysis, verb, (rel.CSUBJ,)) if analysis.tokens[verb].lemma == "be" else None
    return what is not None and analysis.tokens[what].lemma in _OMITTING


_EMERGING = frozenset({"emerge", "transpire"})
_OMITTING = frozenset({"leave", "omit", "ignore", "forget", "overlook"})


@cache
def _granting() -> frozenset[str]:
    """The words of operators that take an act for granted, affirmed and negated."""
    ways = (way for row in operators() if _grants(row) for way in row.ways if way.embeds)
    return frozenset(word for way in ways for word in way.nodes[0].words)


def _grants(row: OperatorRow) -> bool:
    return row.affirmed == row.negated == "fix +"


# -- what was done -------------------------------------------------------------------------------------------------


def _done(cue: Cue, values: Factuality) -> Act | Literal[""]:
    """The act that the text says was done; "" where nobody has said anything."""
    one = cue.one
    if not one.cue or not one.act or cue.word is None:
        return one.act
    if cue.reading is None and not cue.quoted and _deed(cue):
        return ""
    if _empty(cue) and not _takes_a_stand(cue):
        return ""
    if cue.source_is(_LISTENER) and not cue.quoted and not _spoke(cue):
        return ""
    if (over := _of_others(cue)) is not None:
        return "reject" if over in words_of("verbs of turning down") else ""
    if not cue.verbal:
        return "" if _none(cue) else one.act
    if not _governs(cue.analysis, cue.word, one):
        return one.act
    if cue.reading is not None and not {"no", "nothing"}.isdisjoint(cue.reading.row.lemma.split()):
        return "" if cue.reading.negated else one.act  # "made no secret of it": the row's own word negates
    value = values.outlook(cue.word)
    turned = any(reason.startswith("operators") for reason in values.why(cue.word))
    if turned and cue.reading is not None and cue.reading.negated and value == (3, Frame.PLAIN, False, False):
        return cue.reading.row.act  # "could not resist pointing out"
    if cue.reading is not None and cue.reading.negated:
        return one.act if value.frame is not Frame.QUESTION and (_withholds(cue) or _own_feeling(cue)) else ""
    if value.doubtful or value.frame is Frame.ATTEMPTED:
        return one.act
    if value.frame in (Frame.QUESTION, Frame.COUNTERFACTUAL):
        return ""
    if value.frame is Frame.CONDITIONAL and not values.has_condition(cue.word):
        return one.act if _would_say(cue) else ""
    if value.certainty <= -2 and not _own_feeling(cue):
        told = cue.reading is not None and values.denied_here(cue.word) and _withholds(cue)
        return negated(cue.reading.row) if told and cue.reading is not None else ""
    if value.frame is Frame.PREDICTED and not cue.quoted and not cue.source_is(FIRST):
        return ""  # "her lawyers expect the judge to reject it"
    if value.certainty >= 2 or cue.quoted or cue.source_is(FIRST):
        return _ordered(cue) or one.act  # "I will note that": whoever says so of himself does it
    return ""


def _none(cue: Cue) -> bool:
    """Whether there is no such word or feeling: "made [no request]", "is [not in the least afraid]"."""
    if cue.word is None or cue.reading is None or cue.reading.word != cue.word:
        return False
    if cue.analysis.tokens[cue.word].pos == "ADJ":
        return cue.reading.negated and cue.reading.row.act in ("fear", "hope")
    before = (cue.analysis.tokens[i].lemma for i in cue.analysis.children[cue.word] if i < cue.word)
    return cue.reading.row.pos == "noun" and not {"no", "neither"}.isdisjoint(before)


def _of_others(cue: Cue) -> str | None:
    """The verb with which the source turns down or passes over what others ask: "[resisted] calls to resign"."""
    if cue.word is None or cue.reading is None or cue.reading.row.act not in ("demand", "request"):
        return None
    token = cue.analysis.tokens[cue.word]
    over = cue.analysis.tokens[token.head].lemma
    deaf = over in words_of("verbs of turning down") or over in words_of("verbs of passing over")
    return over if token.pos == "NOUN" and token.dep == rel.OBJ and deaf and token.head in cue.words() else None


def _ordered(cue: Cue) -> Act | Literal[""]:
    """The act of a verb of saying that orders or asks for something: "told his men to leave", "insisted that the gate
    be shut", "asked them to leave", "asked for water"; else ""."""
    if cue.word is None or cue.one.act not in ("assert", "doubt", "ask"):
        return ""
    tokens = cue.analysis.tokens
    for below in cue.analysis.children[cue.word]:
        if cue.lemma == "ask" and below > cue.word and not cue.quoted and _wanted(cue, below):
            return "request"
        bare = tokens[below].tag == "VB" or _plainly_put(cue, below)
        if tokens[below].dep not in (rel.CCOMP, rel.XCOMP) or not bare or cue.quoted:
            continue
        helped = [tokens[i] for i in cue.analysis.children[below] if tokens[i].dep in rel.HELPING]
        named = child(cue.analysis, below, (rel.NSUBJ, rel.NSUBJ_PASS)) is not None
        told = any(one.tag == "TO" for one in helped) and cue.lemma in words_of("verbs of bidding by to")
        urged = (
            named and not any(one.tag in ("TO", "MD") for one in helped) and cue.lemma in words_of("verbs of bidding")
        )
        if told or urged:
            return "demand"
    return ""


def _plainly_put(cue: Cue, below: int) -> bool:
    """Whether a verb that the parser takes for a present has a subject in the singular: "insisted that
    the treasurer [resign]"."""
    named = child(cue.analysis, below, (rel.NSUBJ,))
    return (
        named is not None
        and cue.analysis.tokens[below].tag == "VBP"
        and cue.analysis.tokens[named].tag in ("NN", "NNP")
        and child(cue.analysis, named, (rel.CONJ,)) is None
    )


def _wanted(cue: Cue, below: int) -> bool:
    """Whether what hangs on "ask" is asked for, and is no question: "[to leave]", "[for water]"."""
    token = cue.analysis.tokens[below]
    if token.dep == rel.PREP:
        return token.lemma == "for"
    led = any(cue.analysis.tokens[i].tag == "TO" for i in cue.analysis.children[below])
    asking = cue.analysis.lower(cue.analysis.edges[below][0]) in words_of("words of asking")
    return token.dep in (rel.XCOMP, rel.CCOMP) and led and not asking


def _deed(cue: Cue) -> bool:
    """Whether no lexicon knows the cue, and no word of it is one for speech or for what is felt."""
    tokens = [cue.analysis.tokens[i] for i in cue.words()]
    if cue.one.confidence >= _UNSURE or cue.source_is(FIRST) or any(one.lemma == ":" for one in tokens):
        return False
    told = words_of("words for words") | words_of("feelings that are told")
    return not any(
        one.lemma in told or row_of(cue.analysis, one.i, "verb", "noun", "adj", "prep", "phrase") for one in tokens
    )


_STANDS = frozenset({"deny", "reject", "confirm", "admit", "agree", "doubt"})
"""Acts by which somebody takes a stand to what was said."""


def _takes_a_stand(cue: Cue) -> bool:
    """Whether what is said is a stand to something, which a pronoun may name: "officials denied it", but "said it"."""
    return cue.verbal and cue.reading is not None and cue.reading.row.strong and cue.one.act in _STANDS


def _empty(cue: Cue) -> bool:
    """Whether the content has no word of its own, but a mark or a pronoun."""
    tokens = [cue.analysis.tokens[i] for span in cue.one.content for i in cue.analysis.tokens_in(span)]
    words = [one for one in tokens if any(letter.isalnum() for letter in cue.analysis.word(one.i))]
    return not words or (len(words) == 1 and words[0].lemma in words_of("pronouns for a thing") and not cue.quoted)


def _spoke(cue: Cue) -> bool:
    """Whether whoever is addressed is said to have spoken, and not only to think, or to be about to."""
    if cue.act in _THOUGHT or cue.word is None:
        return False
    past = cue.analysis.tokens[cue.word].tag == "VBD"
    return past or bool(cue.auxiliaries() & {"have", "has", "had", "'ve"})


def _would_say(cue: Cue) -> bool:
    """Whether "would" tells of words that were said: "would only say", "would later claim", "I would say"."""
    if cue.quoted or cue.source_is(FIRST) or cue.word is None:
        return True
    beside = {cue.analysis.word(i).lower() for i in cue.analysis.children[cue.word]}
    return bool(beside & words_of("adverbs of what was said"))


def _withholds(cue: Cue) -> bool:
    """Whether the negation itself tells of words, or of words that were asked for and not given."""
    one, found = cue.one, cue.reading
    if found is None or cue.word is None or cue.source_is(_LISTENER) or _nobody(cue):
        return False
    if one.act in ("doubt", "believe") or found.row.act == "withhold":
        return True
    telling = found.row.lemma in words_of("verbs of withholding")
    over = avoider(cue.analysis, cue.word)
    if over is not None and cue.analysis.tokens[over].lemma != "without":
        refused = cue.analysis.tokens[over].lemma in words_of("verbs of refusing")
        return refused and (telling or found.row.act in ("confirm", "admit", "deny", "agree", "reject"))
    helping = cue.auxiliaries()
    if helping & {"can", "could", "ca"}:
        return telling and (found.row.act in ("confirm", "reject") or not _that(cue) or cue.source_is(FIRST))
    if helping & {"would", "will", "wo", "'ll", "'d"}:
        return telling or found.row.act in ("confirm", "admit", "deny", "agree", "reject", "announce")
    if found.row.act in ("confirm", "deny", "admit", "agree", "reject"):
        return True
    return telling and not _that(cue)


def _own_feeling(cue: Cue) -> bool:
    """Whether somebody tells what he himself does not feel or know now: "I don't know if", "we don't like it"."""
    if not cue.source_is(FIRST) or cue.word is None or (cue.act and cue.act not in _THOUGHT):
        return False
    return cue.analysis.tokens[cue.word].tag in ("VB", "VBP") and bool(cue.auxiliaries() <= {"do"})


def _nobody(cue: Cue) -> bool:
    """Whether nobody does it: "no minister denied", "neither army has admitted"."""
    if cue.word is None:
        return False
    found = subject(cue.analysis, cue.word)
    if found is None:
        return False
    below = {cue.analysis.tokens[i].lemma for i in cue.analysis.children[found] if i < found}
    return cue.analysis.tokens[found].lemma in words_of("nobody") or bool(below & {"no", "neither"})


def _that(cue: Cue) -> bool:
    """Whether what is not said is a whole clause: "did not say that it burned", not "did not say who burned it"."""
    if cue.word is None:
        return False
    for below in cue.analysis.children[cue.word]:
        if cue.analysis.tokens[below].dep == rel.CCOMP:
            first = cue.analysis.word(min(cue.analysis.subtree(below))).lower()
            return first not in words_of("words of asking")
    return False


def _governs(analysis: Analysis, cue: int, one: Attribution) -> bool:
    """Whether some of the content stands in the cue's clause; "if she is to be believed, ..." is beside it."""
    first, last = analysis.edges[cue]
    clause: Span = analysis.span(first, last)
    return any(clause.overlaps(span) for span in one.content)
