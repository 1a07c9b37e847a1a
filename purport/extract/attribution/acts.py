"""Speech acts: what a cue does, by the lexicon, and what its negation makes of that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from purport.extract.attribution.in_its_words import in_its_words
from purport.extract.factuality.operators import Operators
from purport.lexicons import CueRow
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.model.analysis import Analysis
from purport.model.document import Spans
from purport.model.record import Attribution
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.cues import following, row_of
from purport.syntax.parse import child, root, subject

_NEGATED: dict[Act, Act] = {
    "assert": "withhold",
    "confirm": "withhold",
    "announce": "withhold",
    "learn": "withhold",
    "quote": "withhold",
    "argue": "withhold",
    "warn": "withhold",
    "ask": "withhold",
    "accuse": "withhold",
    "criticise": "withhold",
    "praise": "withhold",
    "threaten": "withhold",
    "admit": "withhold",
    "deny": "withhold",
    "reject": "withhold",
    "believe": "doubt",
    "predict": "doubt",
    "doubt": "believe",
    "agree": "reject",
    "promise": "reject",
    "plan": "reject",
}
"""What becomes of an act that is negated: "did not say", "does not believe", "would not agree". Who does not deny a
thing has not affirmed it, and who does not admit it has not denied it: either leaves it open."""

_POS = {
    "VERB": ("verb", "phrase", "prep"),
    "AUX": ("verb", "phrase"),
    "NOUN": ("noun", "phrase", "verb"),
    "PROPN": ("noun", "phrase", "verb"),
    "ADJ": ("adj", "phrase", "verb"),
}
"""What the lexicon calls a token of that part of speech; a headline's verb is often taken for a noun."""
_NOT = words_of("negating words")
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_TAKEN = frozenset({"accept", "recognise", "recognize"})
"""What is not taken is turned down: "refuses to accept the count"."""
_HAD = frozenset({"have", "'ve", "'d"})


def act_of(analysis: Analysis, cue: Spans, content: Spans) -> Act | Literal[""]:
    """The speech act of the cue at these spans; "" for no cue, "assert" for one that no lexicon row describes.

    A bare colon ("Q: ...") and a verb that only says do what the words do.
    """
    if not cue:
        return ""
    text = analysis.document.text
    if [span.of(text) for span in cue] == [":"]:
        done = in_its_words(analysis, content)
        return "ask" if done == "assert" and text[: content[-1].end].endswith("?") else done
    found = reading(analysis, cue)
    if found is None:
        return "assert"
    if found.negated:
        return negated(found.row)
    if found.row.act == "promise" and _of_what_is(analysis, found.word):
        return "assert"
    if found.row.act == "withhold" and _of_a_thing(analysis, found.word):
        return "reject"
    if found.row.lemma == "accept" and (taken := child(analysis, found.word, (rel.OBJ,))) is not None:
        # "accepted the terms", but "accepted the blame", "accepted that she had misled them"
        return "admit" if analysis.tokens[taken].lemma in _BORNE else "agree"
    if analysis.tokens[found.word].lemma in _RECKONED and _to_come(analysis, content):
        return "predict"
    return in_its_words(analysis, content) if found.row.act == "assert" else found.row.act


def by_its_words(analysis: Analysis, one: Attribution) -> bool:
    """Whether the words of an attribution tell its act, and not its cue: what else stands in them is still asserted."""
    found = reading(analysis, one.cue) if one.cue else None
    return one.act not in ("", "assert", "ask") and (found is None or (found.row.act == "assert" and not found.negated))


class Reading(NamedTuple):
    """A cue by the lexicon: the token of its word, its row, and whether its own words negate it."""

    word: int
    row: CueRow
    negated: bool


def reading(analysis: Analysis, cue: Spans) -> Reading | None:
    """The cue at these spans by the lexicon; None where no row describes it."""
    tokens = analysis.tokens_in(cue[0])
    if not tokens:
        return None
    head = root(analysis, tokens)
    order = ([head] if head is not None else []) + [i for i in tokens if i != head]
    if head is not None and analysis.tokens[head].lemma in words_of("verbs of voicing"):
        # "voiced doubts that": what is said is in the noun
        order.sort(key=lambda i: not (analysis.tokens[i].pos == "NOUN" and row_of(analysis, i, "noun") is not None))
    if head is not None and row_of(analysis, head, "verb") is not None:
        beside = _how(analysis, head)
        order = [i for i in order if i not in beside] or order
    # "refused to say", "did not hesitate to say": what is done, or not done, is to say it.
    order.sort(key=lambda index: avoider(analysis, index) not in tokens and _leading(analysis, index, tokens) is None)
    order.sort(key=lambda index: not _gone_on_to(analysis, index, tokens))
    for index in order:
        row = row_of(analysis, index, *_POS.get(analysis.tokens[index].pos, ("prep", "phrase", "verb")))
        done = _done_by_wishing(analysis, index)
        if done is not None:
            word, does = done
            return Reading(word, does, _is_negated(analysis, index, row or does, tokens))
        if row is not None:
            return Reading(index, row, _is_negated(analysis, index, row, tokens))
    return None


def _done_by_wishing(analysis: Analysis, wish: int) -> tuple[int, CueRow] | None:
    """What somebody does by saying that he wishes to do it: "the council wishes to [thank] the crew"."""
    if analysis.tokens[wish].lemma not in ("wish", "like"):
        return None
    done = child(analysis, wish, (rel.XCOMP,))
    above = Operators.of(analysis).above(done) if done is not None else None
    row = row_of(analysis, done, "verb", "phrase") if done is not None else None
    if done is None or row is None or above is None or above.row.id != "performative_want":
        return None
    return done, row


def _is_negated(analysis: Analysis, index: int, row: CueRow, tokens: range) -> bool:
    own = set(following(analysis, index, row.lemma.split()[1:]))
    around = (set(tokens) | set(analysis.children[index])) - own - _how(analysis, index)
    avoided = avoider(analysis, index)
    if avoided is not None:
        return not _not_avoided(analysis, avoided)
    over = _leading(analysis, index, tokens)
    if over is not None:
        turned = any(_negates(analysis, i) for i in analysis.children[over])
        affirmed, denied = _led_by()[analysis.tokens[over].lemma]
        return (denied if turned else affirmed) < 0
    return any(_negates(analysis, i) for i in around) or by_nobody(analysis, index)


def _how(analysis: Analysis, verb: int) -> set[int]:
    """Words behind a verb that only say how: "claimed [without offering evidence] that"."""
    if analysis.tokens[verb].pos != "VERB":
        return set()
    behind = (i for i in analysis.children[verb] if i > verb and analysis.tokens[i].lemma == "without")
    return {one for i in behind for one in range(analysis.edges[i][0], analysis.edges[i][1] + 1)}


def _leading(analysis: Analysis, index: int, tokens: range) -> int | None:
    """Of a cue with a verb that settles whether its infinitive was done ("did not [hesitate] to accuse") that verb."""
    over = analysis.tokens[index].head
    led = analysis.tokens[index].dep == rel.XCOMP and over in tokens
    return over if led and analysis.tokens[over].lemma in _led_by() else None


def _gone_on_to(analysis: Analysis, index: int, tokens: range) -> bool:
    """Whether the token is what somebody goes on to do, or is heard doing: "went on to [accuse]" accuses, where "went
    on:" says; "insists on [calling]" calls; "can be heard [yelling]" yells."""
    token = analysis.tokens[index]
    over = analysis.tokens[token.head]
    if token.dep == rel.PCOMP and token.tag == "VBG" and over.lemma == "on":
        return over.head in tokens
    if over.i not in tokens or over.i == index:
        return False
    heard = token.tag == "VBG" and child(analysis, over.i, (rel.AUX_PASS,)) is not None
    return (token.tag == "VB" and over.lemma == "go") or (heard and over.lemma in words_of("verbs of perceiving"))


@cache
def _led_by() -> Mapping[str, tuple[int, int]]:
    """Verbs that lead an infinitive, and how certain it is (-3 to 3) where they are affirmed and negated, for those
    that settle it where they are negated."""
    rows = (row for row in embeddings() if row.pos == "verb" and "to" in row.takes and row.frame == "plain")
    return {row.lemma: (row.affirmed, row.negated) for row in rows if abs(row.negated) == 3}


def negated(row: CueRow) -> Act:
    """The act that is done where the row's act is not."""
    return "reject" if row.lemma in _TAKEN else _NEGATED.get(row.act, row.act)


def _negates(analysis: Analysis, index: int) -> bool:
    return analysis.tokens[index].dep == rel.NEG or analysis.tokens[index].lemma in _NOT


def by_nobody(analysis: Analysis, verb: int) -> bool:
    """Whether nobody does it ("neither army has admitted", "nobody said"), or it goes on from what is negated
    ("neither confirmed nor denied")."""
    token = analysis.tokens[verb]
    if token.dep == rel.CONJ and any(analysis.tokens[i].lemma == "nor" for i in analysis.children[token.head]):
        return True
    found = subject(analysis, verb) if token.pos in ("VERB", "AUX") else None
    agent = child(analysis, verb, (rel.AGENT,))
    if agent is not None:
        found = child(analysis, agent, (rel.POBJ,))  # "is accused by no one of"
    if found is None:
        return False
    if analysis.lower(found) == "one" and any(analysis.lower(i) == "no" for i in analysis.children[found]):
        return True
    return analysis.tokens[found].lemma in _NOBODY or any(
        i < found and analysis.tokens[i].lemma in ("no", "neither") for i in analysis.children[found]
    )


@cache
def _avoiding() -> frozenset[tuple[str, str]]:
    """Words by which what they embed is not done, with how it is put: ("fail", "to"), ("avoid", "ing")."""
    rows = (row for row in embeddings() if row.affirmed == -3 and row.frame == "plain" and row.lemma != "pretend")
    return frozenset((row.lemma, how) for row in rows for how in row.takes)


def avoider(analysis: Analysis, index: int) -> int | None:
    """The word by which what the token says is not done: "[failed] to mention", "stopped [short] of accusing",
    "left [without] answering"; None where there is none."""
    token = analysis.tokens[index]
    head = token.head
    if token.pos not in ("VERB", "AUX") or head == index:
        return None
    if token.dep == rel.PCOMP and analysis.tokens[head].pos != "VERB":
        preposition = analysis.tokens[head]
        if preposition.lemma == "without":
            return head
        over = analysis.tokens[preposition.head]
        short = over.lemma == "short" and preposition.lemma == "of"
        return over.i if short or (over.lemma, preposition.lemma) in _avoiding() else None
    if token.dep not in (rel.XCOMP, rel.CCOMP, rel.PCOMP, rel.ACL, rel.ADVCL):
        return None
    led = any(analysis.tokens[i].tag == "TO" for i in analysis.children[index])
    how = "to" if led else "ing" if token.tag == "VBG" else ""
    return head if (analysis.tokens[head].lemma, how) in _avoiding() else None


def _not_avoided(analysis: Analysis, word: int) -> bool:
    """Whether the word is itself negated ("did not fail to mention")."""
    over = analysis.tokens[word].head if analysis.tokens[word].lemma == "short" else word
    return any(_negates(analysis, i) for i in analysis.children[over])


def _of_what_is(analysis: Analysis, verb: int) -> bool:
    """Whether the clause tells what is or has been, of which there is no promise: "swore that he had not touched it",
    "swears that they crossed the lake"."""
    clause = child(analysis, verb, (rel.CCOMP, rel.ACL))
    if clause is None:
        return False
    helpers = [analysis.tokens[i] for i in analysis.children[clause] if analysis.tokens[i].dep in rel.HELPING]
    if any(one.tag in ("MD", "TO") for one in helpers) or analysis.tokens[clause].tag in ("VB", "VBG"):
        return False
    if helpers and any(one.lemma in _HAD for one in helpers):
        return True
    present = analysis.tokens[verb].tag in ("VBZ", "VBP")
    first = helpers[0].tag if helpers else analysis.tokens[clause].tag
    return present and first in ("VBD", "VBZ", "VBP")


def _of_a_thing(analysis: Analysis, verb: int) -> bool:
    """Whether something is declined that was offered: "declined [the offer]", but "declined to comment"."""
    named = child(analysis, verb, (rel.OBJ,))
    return analysis.tokens[verb].lemma == "decline" and named is not None and analysis.tokens[named].lemma != "comment"


_BORNE = frozenset({"responsibility", "blame", "guilt", "fault", "liability"})
_RECKONED = frozenset({"calculation", "estimate", "projection", "reckoning"})
"""Nouns for a view that is a prediction where it is of what will be."""


def _to_come(analysis: Analysis, content: Spans) -> bool:
    return any(analysis.lower(i) in ("will", "shall") for span in content for i in analysis.tokens_in(span))
