"""What the parser is shown instead of the text itself: the same words in plain dress, and the way back.

A parser trained on edited newswire trips over hard line breaks, no-break spaces, invisible characters, foreign
quotation marks and capitals; none of these may move an offset. `plain` puts them away and keeps, for every
character that is left, where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    match = _DATELINE.match(text, begin, end)
    return match.end() if match else begin


def plain(text: str, start: int, end: int) -> Plain:
    """`text[start:end]` with runs of white space made one space, marks made plain, invisible characters left out."""
    piece = text[start:end]
    if _capitals(piece):
        piece = "".join(low if len(low := char.lower()) == 1 else char for char in piece)
    if not _ODD.search(piece):
        return Plain(piece, range(start, end))
    kept: list[str] = []
    back: list[int] = []
    for position, char in enumerate(piece, start):
        if char.isspace():
            if not kept or kept[-1] == " ":
                continue
            char = " "
        elif char in _INVISIBLE or "\x00" <= char < " ":
            continue
        else:
            char = _QUOTES.get(char) or _DASHES.get(char) or char
            if char == "'" and kept and kept[-1] == "'" and back[-1] == position - 1:
                kept[-1] = '"'  # '' and `` are how typewriters and LaTeX write double marks
                continue
        kept.append(char)
        back.append(position)
    return Plain("".join(kept), tuple(back))


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
