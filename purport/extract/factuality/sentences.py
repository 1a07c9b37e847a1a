"""What one sentence makes of the sentence before it: "The dam burst. This is false." "Claim: ... Verdict: misleading."

The verdict is the text's own, and of all that the sentence before states in the text's own words.
"""

from __future__ import annotations

from purport.extract.factuality.value import UNKNOWN, Outlook
from purport.lexicons.classes import words_of
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.phrases import Parse

_POINTING = frozenset({"this", "that", "it"})
CLOSING = frozenset("\"”’')»") | {"''"}
_LONG = 25
"""Words and marks that a sentence has at most that judges the one before it."""
_SHORT = 4
"""Words that a verdict without a verb has at most: "Mostly false." """


def verdict_after(parse: Parse, index: int) -> Outlook | None:
    """What the sentence behind that of the word makes of it; None where it says nothing of it."""
    number = parse.tokens[index].sentence + 1
    headed = False
    if _heads_a_verdict(parse, number):
        number, headed = number + 1, True
    if number >= len(parse.analysis.sentences):
        return None
    sentence = parse.analysis.sentences[number]
    tokens = range(sentence.first, sentence.last)
    if len(tokens) > _LONG:
        return None
    colon = next((i for i in tokens if parse.lower(i) == ":"), None)
    if colon is not None and colon > sentence.first and parse.lower(colon - 1) in words_of("headings of verdicts"):
        tokens, headed = range(colon + 1, sentence.last), True  # "Our rating: Mostly false."
    words = [parse.lower(i) for i in tokens if any(letter.isalnum() for letter in parse.lower(i))]
    if not words or (len(words) > _SHORT and not _of_what_stood_before(parse, tokens)):
        return None
    if len(words) <= _SHORT and not headed and not _of_what_stood_before(parse, tokens) and not _bare(words):
        return None
    return _made(parse, tokens, words)


def tells(parse: Parse, index: int) -> bool:
    """Whether the word says that somebody says something, which is what a verdict on the sentence is about: of "Denk
    said that it fell. That is false." nobody doubts that she said so."""
    row = row_of(parse.analysis, index, "verb", "phrase")
    if row is None or row.act in _FOUND_OUT:
        return False
    return any(parse.tokens[one].head == index for one in parse.kids(index, rel.CCOMP))


_FOUND_OUT = frozenset({"learn", "ask", "request", "demand", "plan", "promise"})


def last_word(parse: Parse, index: int) -> int:
    """The last mark or word of the sentence in which the word stands, before what closes a quotation."""
    sentence = parse.analysis.sentences[parse.tokens[index].sentence]
    last = sentence.last - 1
    while last > sentence.first and parse.analysis.word(last) in CLOSING:
        last -= 1
    return last


def answer_after(parse: Parse, index: int) -> str:
    """ "yes" or "no" where the sentence behind a question answers it so, in the same paragraph; else ""."""
    number = parse.tokens[index].sentence + 1
    if number >= len(parse.analysis.sentences):
        return ""
    first = parse.analysis.sentences[number].first
    if parse.analysis.block_of(first) != parse.analysis.block_of(index):
        return ""
    answer = parse.lower(first)
    stops = first + 1 < len(parse.tokens) and parse.analysis.word(first + 1) in (",", ".", "!", ":", ";", "—", "–")
    return answer if answer in ("yes", "no") and stops else ""


def _heads_a_verdict(parse: Parse, number: int) -> bool:
    """Whether the sentence is a heading with a colon, such as "Verdict:" or "Our rating:"."""
    if number >= len(parse.analysis.sentences):
        return False
    sentence = parse.analysis.sentences[number]
    words = [parse.lower(i) for i in range(sentence.first, sentence.last)]
    colon = len(words) > 1 and words[-1] == ":"
    return colon and len(words) <= _SHORT and words[-2] in words_of("headings of verdicts")


def _of_what_stood_before(parse: Parse, tokens: range) -> bool:
    """Whether the sentence says something of "this", "it" or "the claim", and of nothing else."""
    roots = [i for i in tokens if parse.tokens[i].head == i]
    if not roots:
        return False
    subject = parse.kid(roots[0], rel.NSUBJ, rel.NSUBJ_PASS)
    if subject is None:
        return False
    pointing = parse.lower(subject) in _POINTING and not parse.children[subject]
    noun = parse.tokens[subject].lemma in words_of("what may be checked") and not parse.kids(
        subject, rel.ACL, rel.RELCL
    )
    state = parse.tokens[roots[0]].lemma == "be" or bool(parse.kids(roots[0], rel.AUX_PASS))
    return (pointing or noun) and state


def _bare(words: list[str]) -> bool:
    """Whether the words are a verdict and nothing else: "False.", "Not true.", "Mostly false."."""
    known = words_of("verdicts of untruth") | words_of("verdicts of doubt") | {"not", "true", "this", "is", "that"}
    return set(words) <= known


def _made(parse: Parse, tokens: range, words: list[str]) -> Outlook | None:
    roots = [i for i in tokens if parse.tokens[i].head == i]
    states = {parse.lower(i) for i in (*roots, *(k for r in roots for k in parse.children[r]))}
    states |= set(words) if len(words) <= _SHORT else set()
    made_up = any(parse.tokens[i].lemma == "make" and parse.kids(i, rel.PRT) for i in roots)
    denied = any(parse.kids(r, rel.NEG) or "not" in words for r in roots)
    if states & words_of("verdicts of doubt"):
        return Outlook(UNKNOWN)
    if states & words_of("verdicts of untruth") or made_up:
        return None if denied else Outlook(-3)
    if "true" in states and denied:
        return Outlook(-3)
    return Outlook(3) if set(words) <= {"true", "correct", "mostly"} else None  # "Verdict: True."
