"""When an act is done: the clause whose act an expression of time dates.

A time behind a preposition of the predicate, or by itself beside it, dates the act ("met on Monday", "met Monday");
one within a noun phrase dates what the noun names ("sponsored the 2031 bill", "the Dams Act of 2031", "a 40-year-old").
"""

from __future__ import annotations

import re
from collections.abc import Container

from purport.extract.claims.places import spoken
from purport.lexicons.classes import listed, words_of
from purport.model.analysis import Token
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.parse import root
from purport.syntax.phrases import Phrases

_WITHIN = frozenset({rel.POSS, rel.COMPOUND, rel.AMOD, rel.NUMMOD, rel.NMOD})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_YEARS = re.compile(r"(?:1\d|20)\d\ds?$")
_UNITS = frozenset(one.split()[0] for one in listed("units of time"))
_HYPHENED = re.compile(rf"-(?:{'|'.join(sorted(_UNITS))})s?$", re.IGNORECASE)
_STEPS = 8
"""Words between an expression and its clause at most."""


def moment(phrases: Phrases, span: Span, heads: Container[int]) -> int | None:
    """The head, of those of clauses, of the act that an expression of time dates; None where it dates none."""
    tokens = phrases.tokens
    index = root(phrases.analysis, phrases.analysis.tokens_in(span))
    if index is None or index in heads:
        return index
    token = tokens[index]
    if _of_a_kind(phrases, span) or _measure(phrases, token) or _rate(phrases, phrases.analysis.tokens_in(span).start):
        return None
    inside = phrases.analysis.tokens_in(span)
    if _of_another(phrases, inside.start) or _how_often(phrases, inside):
        return None
    if token.dep == rel.POBJ and _only_near(phrases, token.head):
        return None
    for _ in range(_STEPS):
        above = tokens[token.head]
        if above.i in heads:
            own = token.i == index and _given(token, above)
            return None if own or _of_words(phrases, above, index) else above.i
        if token.dep in _WITHIN:
            # "spoke at Monday's rally", but not "praised Monday's rally"
            if not _at(phrases, above):
                return None
        elif token.dep == rel.POBJ and phrases.lower(above.i) == "of":
            above = tokens[above.head]
            if above.i in heads:
                return above.i
            if above.lemma not in words_of("parts of times") and not _at(phrases, above):
                return None  # "the Dams Act of 2031"
        elif token.dep == rel.POBJ and tokens[above.head].pos in _NOUNS and tokens[above.head].i not in heads:
            noun = tokens[above.head]
            years = token.i == index and phrases.lower(above.i) == "in" and _YEARS.match(phrases.lower(index))
            if years and noun.pos == "NOUN" and noun.lemma.lower() not in words_of("event nouns"):
                return None  # "its economy in the 1950s"
            return _of_event(phrases, noun, heads)
        elif above.pos == "ADJ" and above.dep == rel.AMOD:
            return None  # "a 40-year-old man"
        elif above.pos in _NOUNS and token.dep == rel.NPADVMOD:
            return _of_event(phrases, above, heads)
        if above.i == token.i:
            return None
        token = above
    return None


def _of_a_kind(phrases: Phrases, span: Span) -> bool:
    """Whether an expression says of what kind something is: "a 40-year-old man", "the four-year fight", "daily news",
    "Murphy, now a consultant"."""
    text, tokens = phrases.analysis.document.text, phrases.tokens
    inside = phrases.analysis.tokens_in(span)
    first, behind = tokens[inside[0]], inside[-1] + 1
    if text.startswith(("-old", " old"), span.end) or _HYPHENED.search(span.of(text)):
        return True
    if first.tag == "JJ" and len(inside) == 1 and behind < len(tokens) and tokens[behind].pos in _NOUNS:
        return True
    if first.i == 0 or behind >= len(tokens) or phrases.lower(first.i - 1) != ",":
        return False
    named = tokens[behind].dep == rel.DET or tokens[behind].tag in ("JJ", "NN", "NNP", ",")
    return named and len(inside) == 1 and first.lemma in words_of("adverbs of offices")


def _measure(phrases: Phrases, time: Token) -> bool:
    """Whether an amount of time only measures: "a 12 year cycle", "four hours after the vote", "a day before it"."""
    counted = any(phrases.lower(i) not in ("one", "1") for i in phrases.kids(time.i, rel.NUMMOD))
    behind = phrases.lower(time.i + 1) if time.i + 1 < len(phrases.tokens) else ""
    amount = counted or bool(phrases.kids(time.i, rel.DET, rel.AMOD))
    return (counted and time.tag == "NN") or (
        amount and time.lemma in _UNITS and behind in words_of("words an amount counts from")
    )


def _rate(phrases: Phrases, first: int) -> bool:
    """Whether an expression of time that begins at a word says for how long a number holds: "$15 an hour"."""
    if first == 0 or phrases.lower(first) not in ("a", "an", "per", "each"):
        return False
    before = phrases.tokens[first - 1]
    return before.pos == "NUM" or before.tag in ("CD", "$") or phrases.lower(before.i) in ("%", "percent", "per")


def _of_another(phrases: Phrases, first: int) -> bool:
    """Whether an expression that begins there stands behind what was at another time, or is compared: "more than the
    turnout [four years ago]", "left in the wake of the attacks [last month]"."""
    before = phrases.lower(first - 1) if first else ""
    if before == "of":
        return False
    if (before == "until" and phrases.lower(first - 2) != "not") or (before == "as" and phrases.lower(first) != "now"):
        return phrases.tokens[first].pos == "ADV"  # "until recently", "as recently as"
    for i in range(first - 1, max(-1, first - 1 - _STEPS), -1):
        word, tokens = phrases.lower(i), phrases.tokens
        if word in ("compared", "versus", "vs"):
            return True
        if tokens[i].pos in ("VERB", "AUX", "PUNCT"):
            return False
        if word == "than":
            return tokens[i + 1].pos != "NUM"
        if i < first - 1 and (word in words_of("prepositions of what came first") or word in ("wake", "aftermath")):
            return True
        if tokens[i].pos == "PRON" and tokens[i].tag != "PRP$":
            return False
    return False


def _of_words(phrases: Phrases, verb: Token, time: int) -> bool:
    """Whether a time stands between words that were said and what they are: "his tweet [yesterday] was about it"."""
    subject = phrases.kid(verb.i, rel.NSUBJ)
    if verb.lemma != "be" or subject is None or not subject < time < verb.i:
        return False
    return phrases.tokens[subject].lemma in words_of("what may be quoted") | words_of("words for words")


def _how_often(phrases: Phrases, time: range) -> bool:
    """Whether an amount of time says among how many something is counted: "her second clash in a week"."""
    if phrases.lower(time[0]) not in ("in", "within") or not any(phrases.tokens[i].lemma in _UNITS for i in time):
        return False
    near = range(max(0, time[0] - _STEPS), time[0])
    return any(phrases.lower(i) in words_of("ordinals") or phrases.tokens[i].tag in ("JJS", "RBS") for i in near)


def _only_near(phrases: Phrases, preposition: int) -> bool:
    """Whether a preposition says that something was not at the time behind it, but before, after or unlike it.

    What was "from" a time on is so then, what "narrowed from last autumn" was not.
    """
    word, above = phrases.lower(preposition), phrases.tokens[phrases.tokens[preposition].head]
    if word in words_of("prepositions beside a time"):
        return True
    if word in ("until", "till", "through"):
        return phrases.lower(preposition - 1) != "not"
    if word == "since":
        return above.tag == "VBD" and not phrases.kids(above.i, rel.AUX)
    if word == "for":  # "a rally planned for Thursday"
        return phrases.lower(preposition + 1) != "now"
    if word == "to":
        return not any(phrases.lower(i) == "from" for i in (above.i, *phrases.kids(above.i, rel.PREP)))
    if word != "from" or above.lemma not in words_of("verbs of change"):
        return False
    return not any(phrases.lower(i) in ("to", "until", "through") for i in phrases.kids(above.i, rel.PREP))


def _at(phrases: Phrases, noun: Token) -> bool:
    """Whether something is said to be at, during or since what a noun names."""
    return noun.dep == rel.POBJ and phrases.lower(noun.head) in words_of("prepositions of events")


def _given(time: Token, verb: Token) -> bool:
    """Whether a time is an amount that somebody is given: "you have thirty minutes"."""
    return time.dep == rel.OBJ and time.tag == "NNS" and verb.lemma in words_of("verbs with an amount of time")


def _of_event(phrases: Phrases, noun: Token, heads: Container[int]) -> int | None:
    """The clause that a noun takes part in, at which a parser has hung a time: of a verb of speech none where the noun
    is an event, which is dated then ("condemned the raid on Monday")."""
    token = noun
    for _ in range(_STEPS):
        above = phrases.tokens[token.head]
        if above.i in heads:
            event = noun.lemma.lower() in words_of("event nouns")
            return None if event and above.lemma in spoken() else above.i
        if token.dep == rel.POBJ and phrases.lower(above.i) in words_of("prepositions of what came first"):
            return None  # "since her article on fuels in May"
        if above.i == token.i:
            return None
        token = above
    return None
