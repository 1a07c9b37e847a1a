"""Speech acts: what a cue does, by the lexicon, and what its negation makes of that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from purport.lexicons import CueRow
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.model.analysis import Analysis
from purport.model.document import Spans
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.cues import following, row_of
from purport.syntax.parse import SUBJECTS, child, root, subject

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
_OPENING = ("“", '"', "‘", "«", "„", "''", "``")
_HAD = frozenset({"have", "'ve", "'d"})


def act_of(analysis: Analysis, cue: Spans, content: Spans) -> Act | Literal[""]:
    """The speech act of the cue at these spans; "" for no cue, "assert" for one that no lexicon row describes.

    A bare colon ("Q: ...") asks where its content ends as a question, and asserts elsewhere.
    """
    if not cue:
        return ""
    text = analysis.document.text
    if [span.of(text) for span in cue] == [":"]:
        return "ask" if text[: content[-1].end].endswith("?") else "assert"
    found = reading(analysis, cue)
    if found is None:
        return "assert"
    if found.negated:
        return negated(found.row)
    if found.row.act == "promise" and _of_what_is(analysis, found.word):
        return "assert"
    return _in_its_words(analysis, content) if found.row.act == "assert" else found.row.act


def _in_its_words(analysis: Analysis, content: Spans) -> Act:
    """What is done with words that are only "said": an order by a verb without a subject ("“Leave the delta by Sunday,”
    the admiral said"), a request where it is polite, a denial that names nothing else ("“Not a word of it is true,” he
    said"), what its own verb does ("“We condemn it,” he said"), else an assertion."""
    inside = analysis.tokens_in(content[0])
    words = (i for i in inside if analysis.tokens[i].pos not in ("PUNCT", "SPACE"))
    if not inside or not analysis.document.text.startswith(_OPENING, content[0].start):
        return "assert"
    if _denies(analysis.document.text[content[0].start : content[0].end]):
        return "deny"
    first = next(words, None)
    done = _performed(analysis, first) if first is not None else None
    if done is not None:
        return done
    polite = first is not None and analysis.lower(first) == "please"
    if polite or (first is not None and analysis.lower(first) in ("do", "never", "always")):
        first = next((i for i in words if analysis.lower(i) not in ("not", "n't", "n’t")), None)
    if first is None or analysis.tokens[first].tag != "VB" or child(analysis, first, SUBJECTS) is not None:
        return "assert"
    root_of = analysis.tokens[first].dep in (rel.ROOT, rel.CCOMP, rel.CONJ)
    if not root_of or analysis.tokens[first].lemma in words_of("verbs that open a speech"):
        return "assert"
    return "request" if polite else "demand"


_OF_IT = re.compile(
    r"(?:this|that|it|these|they|those|all of (?:it|this|that)) (?:is|are|was|were) (?P<what>.+)|"
    r"(?:none|not a word|nothing) of (?:it|this|that|these) (?:is|was) (?:true|correct|so)|"
    r"there (?:is|was) no truth (?:in|to) (?:it|this|that|these|those|the \w+)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,.;:!?—–()\[\]\"”»]")
_SAID_OF_IT = 7
"""Words that are looked at of what it is said to be."""


def _denies(words: str) -> bool:
    """Whether a quotation begins by denying what it does not name: "This is a lie", "None of it is true"."""
    found = _OF_IT.fullmatch(_CLAUSE_END.split(words.lstrip(_AHEAD)[:_QUOTED], maxsplit=1)[0].strip())
    if found is None or found["what"] is None:
        return found is not None
    told = found["what"].lower().replace("n’t", " n't").split()
    if "that" in told:
        told = told[: told.index("that")]  # "It is not true that the dam leaks"
    if not told or len(told) > _SAID_OF_IT:
        return False
    negated = bool(_NOT & set(told))
    if told[-1] in ("true", "correct", "so"):
        return negated
    untrue = words_of("verdicts of untruth")
    return not negated and (told[-1] in untrue or told[-1].removesuffix("s") in untrue or told[-1] == "lies")


_QUOTED = 200
"""Code points of a quotation that are looked at."""
_PERFORMED = frozenset(
    {"accuse", "admit", "criticise", "demand", "deny", "praise", "promise", "reject", "request", "warn"}
)


def _performed(analysis: Analysis, first: int) -> Act | None:
    """What is done by saying so (Austin 1962): "[I promise] you that", "[We condemn] the raid". None where the first
    word is none of the speaker, or the verb none of doing so, in the present and not negated."""
    token = analysis.tokens[first]
    if analysis.lower(first) not in ("i", "we") or token.dep != rel.NSUBJ:
        return None
    verb = analysis.tokens[token.head]
    row = row_of(analysis, verb.i, "verb")
    kids = [analysis.tokens[i] for i in analysis.children[verb.i]]
    plain = verb.tag == "VBP" and not any(one.dep in (rel.AUX, rel.NEG, rel.MARK) for one in kids)
    if not plain or row is None or row.act not in _PERFORMED or not row.strong:
        return None
    return row.act


_AHEAD = " \"“‘'«„"


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
    # "refused to say", "did not hesitate to say": what is done, or not done, is to say it.
    order.sort(key=lambda index: avoider(analysis, index) not in tokens and _leading(analysis, index, tokens) is None)
    order.sort(key=lambda index: not _gone_on_to(analysis, index, tokens))
    for index in order:
        row = row_of(analysis, index, *_POS.get(analysis.tokens[index].pos, ("prep", "phrase", "verb")))
        if row is not None:
            return Reading(index, row, _is_negated(analysis, index, row, tokens))
    return None


def _is_negated(analysis: Analysis, index: int, row: CueRow, tokens: range) -> bool:
    own = set(following(analysis, index, row.lemma.split()[1:]))
    around = (set(tokens) | set(analysis.children[index])) - own
    avoided = avoider(analysis, index)
    if avoided is not None:
        return not _not_avoided(analysis, avoided)
    over = _leading(analysis, index, tokens)
    if over is not None:
        turned = any(_negates(analysis, i) for i in analysis.children[over])
        affirmed, denied = _led_by()[analysis.tokens[over].lemma]
        return (denied if turned else affirmed) < 0
    return any(_negates(analysis, i) for i in around) or by_nobody(analysis, index)


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
    if found is None:
        return False
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
