"""Names behind what is said, at the end of its line: "... before spring -OSKELL", "... was pulled down. LANGRISH.",
"... has drilled there. (Lena Roth, Orrin)", "... in May. Mudlark Ned (talk) 10:14, 3 May 2018", "[... of buses. GA]".

One such line may be anything; where several lines of a text end in the same way, with two names at least, they are
signed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from purport.extract.voices.keys import keyed
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import body, names, person

_WORD = r"[^\W\d_][\w'’.&-]{0,24}"
_MARKED = re.compile(
    rf"(?:(?P<dash>[-–—]{{1,2}}|//?|~|\|)[ \t]?|(?P<open>[(\[<]))[*_]{{0,2}}(?P<name>(?:{_WORD}[ \t]){{0,5}}{_WORD})"
    r"(?:,[^\n()\[\]]{1,60})?[*_]{0,2}[)\]>]?\.?$"
)
_PLAIN = re.compile(rf"(?<=[.!?”\"’])[ \t]+[*_]{{0,2}}(?P<name>(?:{_WORD}[ \t]){{0,3}}{_WORD})[*_]{{0,2}}\.?$")
_STAMPED = re.compile(
    r"(?<=[.!?”\"’])[ \t]+(?:[-–—]+[ \t]?)?(?P<name>(?:[\w'’.&-]{1,24}[ \t]){0,3}[\w'’.&-]{2,24}?)[ \t]?"
    r"(?:\([^()\n]{1,20}\)|[|·•,])?[ \t]?"
    r"(?:\d{1,2}[:.]\d{2}[^\n.!?]{0,40}|\d{1,2} [^\W\d_]{3,9} \d{4}[^\n.!?]{0,20}|\d{4}-\d{2}-\d{2}[^\n.!?]{0,20})$"
)
_TIMED = re.compile(r"\s*(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\[[\d:. ]{4,12}\])\s+")
_REMARK = re.compile(
    r"\[(?P<said>[^\[\]\n]{10,600}?[.!?])[ \t]+(?:[-–—][ \t]?)?"
    r"(?P<name>[A-Z]{2,4}|(?:[A-Z]\.){2,3}|Ed\.|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)\.?\]"
)
_ENDS = ".!?…”\"'’»"
_NEAR = 90
"""Characters of a line's end that may be a name."""
_LEAST = 12
"""Characters that a line says at least."""


@dataclass(frozen=True, slots=True)
class _Tail:
    """A line that ends with a name: what it says, the name, and the shape of the end."""

    said: Span
    name: Span
    shape: tuple[str, bool]


def tails(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What is signed at the ends of lines; none where no such end recurs."""
    key = keyed(text)
    groups: dict[tuple[str, bool], list[_Tail]] = {}
    for tail in (*_lines(text, blocks, key), *_remarks(text, blocks)):
        groups.setdefault(tail.shape, []).append(tail)
    best: list[_Tail] = []
    for group in groups.values():
        if len(group) > len(best) and _signed(text, blocks, group, key):
            best = group
    reason = "remark" if best and best[0].shape[0] == "remark" else "name behind"
    return [Voice((key.get(one.name.of(text), one.name),), (), (one.said,), reason) for one in best]


def _signed(text: str, blocks: Sequence[Block], group: Sequence[_Tail], key: dict[str, Span]) -> bool:
    """Whether a shape recurs, and with names."""
    said = [tail.name.of(text) for tail in group]
    distinct = {one.lower() for one in said}
    sure = sum(one in key or person(one) or body(one.lower()) for one in said)
    known = sum(one in key for one in said)
    stamped = group[0].shape[0] in ("stamp", "remark")
    if group[0].shape[0] == "remark" and len(group) >= 2 and all(one.upper() == one for one in said):
        return True  # an editor's
    if len(distinct) < 2 or len(group) < (2 if stamped or sure == len(group) else 3):
        return False
    paragraphs = sum(len(block.span) >= 2 * _LEAST for block in blocks)
    return 4 * len(group) >= paragraphs or len(distinct) < len(group) or known >= 2 or stamped


def _lines(text: str, blocks: Sequence[Block], key: Collection[str]) -> Iterator[_Tail]:
    for at, block in enumerate(blocks):
        if block.kind in (BlockKind.CELL, BlockKind.LABEL, BlockKind.SIGNATURE):
            continue
        lines = list(_own(text, block))
        foot = _foot(text, blocks, at)
        if foot is not None:
            yield foot
            continue
        for number, line in enumerate(lines):
            tail = _tail(text, line, key)
            if tail is None:
                continue
            if number + 1 == len(lines) and number and all(_tail(text, one, key) is None for one in lines[:-1]):
                tail = _Tail(Span(block.span.start, tail.said.end), tail.name, tail.shape)
            yield tail


_FOOT = re.compile(
    r"[ \t]*(?:--|[-–—~])[ \t]{0,3}(?P<name>[^\W_][\w.’' &-]{1,40}?)[ \t]?(?:\([^()\n]{1,20}\)|[|·•,@])?[ \t]?"
    r"(?:\d{1,2}[:.]\d{2}[^\n.!?]{0,40}|\d{1,2} [^\W\d_]{3,9}(?: \d{4})?[^\n.!?]{0,20}"
    r"|\d{4}-\d{2}-\d{2}[^\n.!?]{0,20})$"
)


def _foot(text: str, blocks: Sequence[Block], at: int) -> _Tail | None:
    """A line of its own behind a dash with a name and a time, under what was written: "-- Mossback 10:12, 4 May"."""
    block = blocks[at]
    begin = text.rfind("\n", 0, block.span.end) + 1
    match = _FOOT.match(text, begin, block.span.end)
    if match is None or not match["name"][0].isalpha():
        return None
    above = trimmed(text, block.span.start, begin) if begin > block.span.start else None
    if above is None and at and blocks[at - 1].kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        above = blocks[at - 1].span
    return _Tail(above, Span(*match.span("name")), ("stamp", False)) if above is not None else None


def _own(text: str, block: Block) -> Iterator[Span]:
    at = block.span.start
    for piece in block.span.of(text).splitlines(keepends=True):
        line = trimmed(text, at, at + len(piece))
        at += len(piece)
        if line is not None:
            yield line


def _tail(text: str, line: Span, key: Collection[str]) -> _Tail | None:
    """How a line ends, if with a name or with what a key gives to one."""
    start = max(line.start + _LEAST, line.end - _NEAR)
    timed = _TIMED.match(text, line.start, line.end)
    begin = timed.end() if timed is not None else line.start
    for shape, pattern in (("stamp", _STAMPED), ("marked", _MARKED), ("plain", _PLAIN)):
        match = pattern.search(text, start, line.end) if start < line.end else None
        if match is None:
            continue
        name = trimmed(text, *match.span("name"))
        if name is not None and text[name.end - 1] == "." and "." not in name.of(text)[:-1]:
            name = Span(name.start, name.end - 1)
        said = trimmed(text, begin, match.start())
        if name is None or said is None or not (name.of(text) in key or _named(name.of(text), shape)):
            continue
        if shape == "plain" and not (name.of(text).isupper() and len(name) >= 3):
            continue
        if (
            shape == "marked"
            and said.of(text)[-1] not in _ENDS
            and not (
                said.of(text).isupper() and name.of(text).isupper() and match["dash"] and match["dash"] not in "/|~"
            )
        ):
            continue
        mark = (match["dash"] or match["open"])[0] if shape == "marked" else shape
        return _Tail(said, name, (mark, said.of(text).isupper()))
    return None


def _named(name: str, shape: str) -> bool:
    low = name.lower().split()
    if low[-1] in words_of("months") | words_of("weekdays") or low[0] in words_of("words of headings"):
        return False
    if shape == "stamp":
        return not low[0].isdigit()
    return name.isupper() or names(name)


def _remarks(text: str, blocks: Sequence[Block]) -> Iterator[_Tail]:
    """Remarks in square brackets within the text of others, each with initials or a name at its end."""
    for block in blocks:
        for match in _REMARK.finditer(text, block.span.start, block.span.end):
            yield _Tail(Span(*match.span("said")), Span(*match.span("name")), ("remark", False))
