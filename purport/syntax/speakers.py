"""Whether words name somebody who speaks: a person, an office, a body."""

from __future__ import annotations

import re

from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.titles import titles
from purport.model.document import Span, trimmed

_GIVEN_BY = re.compile(
    r"(?:\w+ ){0,3}(?:Answer|Reply|Response|Question|Statement|Speech|Comment|Letter|Testimony"
    r"|Evidence|Remarks|Submission|Note|View|Contribution"
    r"|Diary|Account|Report|Interview)s?\b[^\n]{0,60}?\b(?P<cue>by|from|of)\s+(?P<name>(?:the "
    r"|The )?[A-Z][^\n,(]{2,60}?)"
    r"(?=$|,|\s\(| on behalf| to | on | in | at )"
)
ORDINALS = frozenset("first second third fourth finally".split())
MOST = 8
"""Words that a name with its titles has at most, what stands behind a comma aside."""


def speaks(name: str) -> bool:
    """Whether a label's words are those of whoever speaks in a transcript: "QUESTION", "the witness", "MS. DENK"."""
    words = name.lower().replace("’", "'").split(",")[0].split()
    own = [word.rstrip(".") for word in words if word not in words_of("small words of names")]
    titled = len(words) > 1 and (words[0] in titles() or words[0].rstrip(".") in titles())
    roles = words_of("roles of speakers")
    return titled or (bool(own) and (own[0] in roles or own[-1] in roles))


def names(name: str) -> bool:
    """Whether a label's words are a name or an office: few, each with a capital or a number but for the small ones
    between, and none that only a heading or a field has."""
    first, _, rest = name.partition(",")
    words = first.split()
    if not words or len(words) > MOST or len(rest.split()) > 14 or words[0].lower() in ("from", "by"):
        return False
    small = words_of("small words of names")
    large = [word for word in words if word not in small]
    if not large or not all(word[0].isupper() or word[0].isdigit() or word in ("pro", "tempore") for word in large):
        return False
    if not any(word[0].isalpha() for word in large) or (rest and rest.strip()[:1].islower() and len(words) > 4):
        return False
    if any(word.isdigit() for word in words) and any(word.lower() in words_of("months") for word in words):
        return False  # "14 April"
    numbered = large[-1].isdigit() and large[0].lower() in words_of("words of headings")
    if speaks(first) or (large[0].lower() in given() and not numbered):
        return True
    low = [word.lower().strip(".'’") for word in large]
    if low[0] in ORDINALS or low[0] in words_of("fields of documents") or low[-1] in words_of("fields of documents"):
        return False
    return low[0] not in words_of("words of headings") and low[-1] not in words_of("words of headings")


def person(name: str) -> bool:
    """Whether a name begins as a person's: with a given name or a title."""
    words = name.lower().split()
    return bool(words) and (words[0] in given() or words[0].rstrip(".") in titles())


def given_by(text: str, span: Span) -> Span | None:
    """Whose answer, letter or testimony a heading says that it is over: "Answer given by Ms Dorn"; or a heading that is
    a person's name, with an office behind it. None for any other heading."""
    match = _GIVEN_BY.match(text, span.start, span.end)
    if match is not None:
        return trimmed(text, *match.span("name"))
    words = span.of(text)
    name = re.split(r"\s*[,(\n]|\s[-–—]\s", words)[0]
    named = names(name) and 2 <= len(name.split()) <= 5
    if named and (person(name) or speaks(name)):
        return Span(span.start, span.start + len(name))
    below = words.split("\n")[-1]
    under = re.split(r"\s*[,(]", below)[0]
    if "\n" in words and names(under) and 2 <= len(under.split()) <= 4:
        at = span.start + len(words) - len(below)
        return Span(at, at + len(re.split(r"\s*[,(]", below)[0]))
    return None


def body(name: str) -> bool:
    """Whether a label's words are those of a party, a union, an office."""
    low = [word.strip("'’,") for word in name.split()]
    bodies = words_of("bodies and documents") | words_of("who has the word") | words_of("parties")
    return any(word in bodies for word in low)
