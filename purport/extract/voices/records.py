"""Voices in records of fields, and by keys: "speaker: ..." beside "text: ...", codes, symbols and initials with a key.

A key ("M2  Jannis Worle, former clerk", "e.h. is Edda Hoyen", "■ Hask Ambrel") says which person a short mark stands
for; where the mark stands before or behind what is said, that is the person's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from purport.extract.voices.keys import keyed
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import names

_FIELD = re.compile(
    r"^(?P<indent>[ \t]*(?:- )?)(?P<key>[A-Za-z][A-Za-z_ ]{1,24}?)[ \t]*(?P<mark>[:|=]|\t| {2})[ \t]*(?P<value>[^\n]+"
    r"(?:\n[ \t]{6,40}(?=\S)[^\n:|=]+)*)$",
    re.MULTILINE,
)
_BREAK = re.compile(r"\n[ \t]*\n|\n[ \t]*(?:- |---|===|\*\*\*|No\. ?\d|#\d)")
_OWNER = re.compile(
    r"^[ \t]*(?:[A-Za-z]+ ){0,2}(?:owner|account|user|custodian)(?: [a-z]+){0,7}[ \t]*(?:[:=]|[ \t]{2,})[ \t]*"
    r"(?P<name>[^\n]{3,60})$",
    re.I | re.M,
)
_SENT = re.compile(r"\b(?:outgoing|sent|from me)\b", re.I)
_CALLED = re.compile(r"[\d+() -]{5,24}(?=[^\W\d_])|\"")
_SYMBOL = re.compile(r"[^\w\s\"'“”‘’«»()\[\]{}.,;:!?*_#>|/\\-]{1,2}(?=[ \t])")
_TAIL = re.compile(r"[(\[—–-][ \t]{0,3}(?P<code>(?:[A-Za-z]\.){1,3}|[A-Z]{1,4})[ \t]{0,3}[)\]]?\.?[ \t]{0,3}$")


def records(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What symbols and initials give to somebody; nothing where there are none."""
    return _symbols(text, blocks) or _initialled(text, blocks)


def fields(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Records of which one field names who speaks, and another holds what is said."""
    found = []
    owner = _OWNER.search(text, 0, min(len(text), 4000))
    who: Span | None = None
    for first, last in _parts(text):
        said: list[Span] = []
        fresh = True
        for match in _FIELD.finditer(text, first, last):
            key = match["key"].strip().lower().replace("_", " ")
            value = trimmed(text, *match.span("value"))
            words = set(key.split())
            if value is None:
                continue
            own = _sentence(value.of(text))
            told = not words.isdisjoint(words_of("heads of what is said")) and (own or len(value.of(text).split()) > 2)
            if told or (own and words & words_of("keys of words")):
                said.append(value)
            elif not words.isdisjoint(words_of("heads of who speaks")) and not own and (fresh or not said):
                who = value if fresh else who
                fresh = False
            elif words & {"direction", "type", "folder"} and _SENT.search(value.of(text)):
                # What a seized device sent is its owner's.
                who, fresh = (Span(*owner.span("name")) if owner is not None else value), False
                if owner is None:
                    who = None
        if fresh:
            who = None
        if said and not fresh:
            found.append(Voice(_called(text, who), (), _in_blocks(blocks, said), "field"))
    return [one for one in found if one.content] if len(found) >= 2 and any(one.source for one in found) else []


def _sentence(words: str) -> bool:
    return words.rstrip("\"'”’») ")[-1:] in tuple(".!?…") and len(words.split()) >= 3


def _called(text: str, value: Span | None) -> tuple[Span, ...]:
    """The name in the value of a field: without a number before it, an office behind it, the marks around it."""
    if value is None:
        return ()
    start = value.start
    while (match := _CALLED.match(text, start, value.end)) is not None and match.end() > start:
        start = match.end()
    name = re.split(r"[,\"(]", text[start : value.end])[0].strip()
    handle = len(name.split()) == 1 and name[:1].isalpha()
    return (Span(start, start + len(name)),) if name and (names(name) or handle) else ()


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.start() + 1
    yield start, len(text)


def _in_blocks(blocks: Sequence[Block], spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, as far as they stand in blocks."""
    return tuple(span for span in spans if any(block.span.overlaps(span) for block in blocks))


def _symbols(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Lines that begin with one of several symbols, each of which a key gives to a name."""
    lines: list[tuple[str, Span]] = []
    for block in blocks:
        begin = text.rfind("\n", 0, block.span.start) + 1
        at = begin if not text[begin : block.span.start].strip("●■▲◆○□△★☆►•▪· \t") else block.span.start
        for piece in text[at : block.span.end].splitlines(keepends=True):
            match = _SYMBOL.match(text, at)
            own = trimmed(text, match.end(), at + len(piece)) if match is not None else None
            if match is not None and own is not None:
                lines.append((match[0], own))
            at += len(piece)
    key: dict[str, Span] = {}
    for symbol, span in lines:
        name = re.split(r"\s*[,(=–—:]\s*", span.of(text).lstrip("=–—: "))[0]
        short = len(span) <= 80 and span.of(text)[-1] not in ".!?"
        if short and symbol not in key and names(name) and len(name.split()) >= 2:
            at = text.index(name, span.start)
            key[symbol] = Span(at, at + len(name))
    if len(key) < 2:
        return []
    told = [(symbol, span) for symbol, span in lines if symbol in key and key[symbol].start != span.start]
    return [Voice((key[symbol],), (), (span,), "symbol") for symbol, span in told] if len(told) >= 3 else []


def _initialled(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Entries that end with initials or a name in brackets, which a key gives to a name."""
    key = keyed(text)
    if len(key) < 2:
        return []
    tails: list[tuple[Block, re.Match[str], Span]] = []
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.CELL, BlockKind.LABEL):
            continue
        near = range(block.span.end - 1, max(block.span.start, block.span.end - 12), -1)
        at = next((at for at in near if text[at] in "([—–-"), None)
        tail = _TAIL.match(text, at, block.span.end) if at is not None else None
        if tail is None or tail.start() <= block.span.start + 20:
            continue
        code = tail["code"].strip()
        if code in key:
            tails.append((block, tail, key[code]))
    said = Counter(name for _, _, name in tails)
    if len(tails) < 3 or len(said) < 2:
        return []
    found = []
    for block, tail, name in tails:
        content = trimmed(text, block.span.start, tail.start())
        if content is not None:
            found.append(Voice((name,), (), (content,), "initials"))
    return found
