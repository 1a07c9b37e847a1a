"""What stands where a name would and is none: a day, a time, a count, the mark of a beginning or an end, what somebody
says in place of who says it ("Extract", "Statement"); and a name without the number or the time before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from purport.lexicons.classes import words_of
from purport.model.document import Span

_WORD = re.compile(r"[^\W\d_]+|\d+")
_BOUNDS = frozenset(("begin", "begins", "end", "ends", "start"))
_BEFORE = re.compile(
    r"(?:\W{0,3}(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\d{4})\W{0,3}[ \t]{1,12}"
    r"|(?:[Pp]osted|[Ww]ritten|[Ss]ubmitted|[Ss]igned|[Ss]ent) (?:by|from):?[ \t]{1,4})(?=[^\W\d_])"
)


def nobody(words: str) -> bool:
    """Whether words in the place of a name name nobody: "Jun 9", "BEGIN TEXT", "Extract", "Threat. Extract"."""
    low = _WORD.findall(words.lower())
    if not low or len(low) > 6:
        return False
    days = words_of("months") | words_of("short months") | words_of("weekdays") | words_of("signs of the clock")
    if (
        any(word.isdigit() for word in low)
        and not all(word.isdigit() for word in low)
        and all(word.isdigit() or word in days for word in low)
    ):
        return True
    said = words_of("heads of what is said") | words_of("what may be quoted") | words_of("keys of words")
    if (low[0] in _BOUNDS | {"of"} and low[-1] in said) or (low[-1] in _BOUNDS and low[0] in said):
        return True
    last = _WORD.findall(words.lower().rsplit(". ", 1)[-1])
    return len(last) == 1 and last[0] in said


_ADDRESSED = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.'’ -]{0,40}?)[ \t]{1,4}(?:to|->|>)[ \t]{1,4}[^\W\d_a-z][\w.'’ -]{0,40}$"
)


def unmarked(text: str, span: Span) -> Span:
    """A name without the time, the number or "posted by" before it, and whom it speaks to behind it: "0147   M",
    "posted by Sel", "2210 SEL to KOLL"."""
    match = _BEFORE.match(text, span.start, span.end)
    if match is not None and match.end() < span.end:
        span = Span(match.end(), span.end)
    sent = _ADDRESSED.match(text, span.start, span.end)
    return Span(*sent.span("who")) if sent is not None and sent.end() == span.end else span


_HANDLE = re.compile(r"\(?@[\w.]{2,30}\)?$")


def handled(text: str, lines: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Names on lines of their own over a handle, each with the end of what stands below them before a post: posts as
    they are copied from a page."""
    for at, (line, below) in enumerate(pairwise(lines)):
        words = line.of(text)
        if len(words) > 50 or words[-1] in ".!?:;," or _HANDLE.match(words) or not _HANDLE.match(below.of(text)):
            continue
        last = at + 1
        while last + 1 < len(lines) and last < at + 5 and _beneath(lines[last + 1].of(text)):
            last += 1
        yield line, lines[last].end


def _beneath(words: str) -> bool:
    """Whether a line below a handle is nothing but a mark, a day, or whom a post replies to."""
    return not any(map(str.isalnum, words)) or nobody(words) or words.startswith(("Replying to", "In reply to"))
