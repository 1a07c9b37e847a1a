"""What the parser is shown instead of the text itself: the same words in plain dress, and the way back.

A parser trained on edited newswire trips over hard line breaks, no-break spaces, invisible characters, foreign
quotation marks and capitals; none of these may move an offset. `plain` puts them away and keeps, for every
character that is left, where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from purport.syntax.definitions import marked_nicknames

_QUOTES = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "‹": "'", "›": "'", "′": "'", "ʼ": "'", "`": "'", "´": "'",
}  # fmt: skip
_DASHES = {"‐": "-", "‑": "-", "‒": "-", "―": "—"}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c") | frozenset(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10))
)
_ODD = re.compile(r"[^ -_a-~]| {2}|''")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z .'’/-]{2,40}[A-Z.])(?:, (?:[A-Z][a-z]+ ?){1,4})?"  # SKERRIN, or SKERRIN, Ardania
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))?(?:,? \d{4})?"  # March 4
    r"(?: ?\([^()\n]{2,40}\))? ?(?:--|[—–-]) "  # (Halyard) —
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.?"
_DATED = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3},? "  # Port Selin, 16 June 2033 - ; the day tells that it's a dateline
    rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?(?: ?\([^()\n]{{2,40}}\))? ?(?:--|[—–-]) "
)
CAPITALS = 0.7
"""A block in which this share of the letters or more is in upper case is shown to the parser in lower case."""


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` as the parser sees it; `back[i]` is where its character i stands in the document."""

    text: str
    back: tuple[int, ...] | range


_STAMP = re.compile(r"\s*(?:date|published|posted|updated)[: ]\s*\d{4}-\d{2}-\d{2}\s+(?=\S)", re.IGNORECASE)
"""What a page's own label leaves before a text: "date 2031-03-04 "."""


def dateline(text: str, start: int, end: int) -> int:
    """Where the words of a news story begin in `text[start:end]`: behind "SKERRIN, March 4 (Halyard) — " or a stamp of
    the day, else at `start`. A dateline is nobody's words, and a parse that takes it for the subject goes astray."""
    stamp = _STAMP.match(text, start, end)
    begin = stamp.end() if stamp else start
    match = _DATELINE.match(text, begin, end) or _DATED.match(text, begin, end)
    return match.end() if match else begin


_NAME = r"[^\W\d_a-z][\w.'’-]{0,20}"
_BOLD = r"(?:\*\*|__|\*)?"
_SPEAKER = re.compile(
    rf"(?!From ){_BOLD}{_NAME}(?: (?:{_NAME}|of|the|for|and|de|al|von|van|bin)){{0,5}}"
    rf"(?: ?\([^()\n]{{2,60}}\))?{_BOLD} ?:{_BOLD}\s+(?=\S)"
)


def label(text: str, start: int, end: int) -> int:
    """Where words that a label gives to somebody begin in `text[start:end]`: behind "MS. DENK: ", else at `start`. A
    parse that takes the label for the subject of a question goes astray, whoever is asked."""
    match = _SPEAKER.match(text, start, end)
    return match.end() if match else start


_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]+)-[ \t]*(?:\r\n|\r|\n)[ \t]*([^\W\d_]+)(?![\w-])")


def broken(text: str, start: int, end: int, known: Callable[[str], bool]) -> list[tuple[int, int, bool]]:
    """Hyphens with which a word is broken at a line's end: the range of the hyphen and the white space behind it, and
    whether the hyphen is no part of the word. It is none where what it joins is a `known` word ("de-nied"), or nothing
    about it is ("Ves-tica"); and one where only its parts are ("cross-border")."""
    found = []
    for match in _BROKEN.finditer(text, start, end):
        left, right = match[1], match[2]
        if not right[0].islower() and not left.isupper():
            continue
        whole = known((left + right).lower())
        apart = known(left.lower()) and known(right.lower())
        found.append((match.end(1), match.start(2), whole or not apart))
    return found


def plain(text: str, start: int, end: int, known: Callable[[str], bool] | None = None) -> Plain:
    """`text[start:end]` with runs of white space made one space, marks made plain, invisible characters left out, and
    words that a line's end breaks made whole where it is told what words are `known`."""
    # A parse that takes a nickname in the middle of a name for a name of its own goes astray.
    joints = broken(text, start, end, known) if known is not None and "-" in text[start:end] else []
    if any(mark in text[start:end] for mark in "\"“„«'‘("):
        joints = sorted([*joints, *((first, last, True) for first, last, _, _ in marked_nicknames(text, start, end))])
    if not joints:
        return _plain(text, start, end)
    shown: list[str] = []
    back: list[int] = []
    at = start
    for first, last, whole in [*joints, (end, end, True)]:
        part = _plain(text, at, first if whole else first + 1)
        shown.append(part.text)
        back.extend(part.back)
        at = last
    return Plain("".join(shown), tuple(back))


def _plain(text: str, start: int, end: int) -> Plain:
    piece = text[start:end]
    if _capitals(piece):
        piece = "".join(low if len(low := char.lower()) == 1 else char for char in piece)
    if not _ODD.search(piece):
        return Plain(piece, range(start, end))
    kept: list[str] = []
    back: list[int] = []
    fresh = False
    at = 0
    for odd in (*(match.span() for match in _ODD.finditer(piece)), (len(piece), len(piece))):
        # What is not odd is kept as it is, but for its beginning, which what stands before it may change.
        begin = at
        while at < odd[0] and (at == begin or fresh):
            fresh = _take(piece[at], start + at, kept, back, fresh=fresh)
            at += 1
        kept.extend(piece[at : odd[0]])
        back.extend(range(start + at, start + odd[0]))
        for at in range(*odd):
            fresh = _take(piece[at], start + at, kept, back, fresh=fresh)
        at = odd[1]
    return Plain("".join(kept), tuple(back))


def _take(char: str, position: int, kept: list[str], back: list[int], *, fresh: bool) -> bool:
    """Add a character to what is kept, as it is shown; whether only white space stands before what is next on its
    line."""
    if fresh and char == ">":
        return True  # the mark of a quotation, before each of its lines
    fresh = char == "\n" or (fresh and char.isspace())
    if char.isspace():
        if not kept or kept[-1] == " ":
            return fresh
        char = " "
    elif char in _INVISIBLE or "\x00" <= char < " ":
        return fresh
    else:
        char = _QUOTES.get(char) or _DASHES.get(char) or char
        if char == "'" and kept and kept[-1] == "'" and back[-1] == position - 1:
            kept[-1] = '"'  # '' and `` are how typewriters and LaTeX write double marks
            return fresh
    kept.append(char)
    back.append(position)
    return fresh


def _capitals(piece: str) -> bool:
    letters = sum(map(str.isalpha, piece))
    return letters >= 12 and sum(map(str.isupper, piece)) >= CAPITALS * letters


_SINGLE = re.compile(r"(?<![\w'])'(?=[\w\"(…])(?:[^']|(?<=\w)'(?=\w))*?[\w.,?!…\"%)-]'(?!\w)")
"""Words between single marks; an apostrophe within a word is none, one at a word's end is taken for a mark."""


def doubled(text: str) -> str:
    """Plain text in which single quotation marks that stand for double ones are double, as in American print; those
    inside double ones stay as they are. Nothing else is changed, and no place moves."""
    first = _SINGLE.search(text)
    if first is None or '"' in text[: first.start()]:
        return text
    return _SINGLE.sub(lambda match: '"' + match.group()[1:-1].replace('"', "'") + '"', text)
