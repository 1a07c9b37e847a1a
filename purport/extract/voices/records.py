"""Voices in records of fields, and by keys: "speaker: ..." beside "text: ...", codes, symbols and initials with a key.

A key ("M2  Jannis Worle, former clerk", "e.h. is Edda Hoyen", "■ Hask Ambrel") says which person a short mark stands
for; where the mark stands before or behind what is said, that is the person's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import names

_FIELD = re.compile(
    r"^(?P<indent>[ \t]*(?:- )?)(?P<key>[A-Za-z][A-Za-z_ ]{1,24}?)[ \t]*(?P<mark>[:|=]"
    r"|\t)[ \t]+(?P<value>[^\n]+(?:\n[ \t]{6,40}(?=\S)[^\n:|=]+)*)$",
    re.MULTILINE,
)
_BREAK = re.compile(r"\n[ \t]*\n|\n[ \t]*(?:- |---|===|\*\*\*|No\. ?\d)")
_SYMBOL = re.compile(r"[^\w\s\"'“”‘’«»()\[\]{}.,;:!?*_#>|/\\-]{1,2}(?=[ \t])")
_KEYED = re.compile(
    r"(?P<code>(?:[A-Za-z]\.){1,3}|[A-Z]{1,3}\d{0,2})[ \t]{0,8}(?:is|=|:|[-–—]|[ \t]{2,8})[ \t]{0,8}"
    r"(?P<who>(?:the \w+ )?[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_a-z][\w.'’-]{0,30}){1,3})"
)
_TAIL = re.compile(r"[(\[—–-][ \t]{0,3}(?P<code>(?:[A-Za-z]\.){1,3}|[A-Z]{1,4})[ \t]{0,3}[)\]]?\.?[ \t]{0,3}$")
_ARTICLE = re.compile(r"(?:the \w+ )(?=[A-Z])")


def records(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What fields, symbols and initials give to somebody; nothing where there are none."""
    return _fields(text, blocks) or _symbols(text, blocks) or _initialled(text, blocks)


def _fields(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Records of which one field names who speaks, and another holds what is said."""
    found = []
    for first, last in _parts(text):
        who: Span | None = None
        said: list[Span] = []
        for match in _FIELD.finditer(text, first, last):
            key = match["key"].strip().lower().replace("_", " ")
            value = trimmed(text, *match.span("value"))
            words = set(key.split())
            if value is None:
                continue
            if not words.isdisjoint(words_of("heads of who speaks")) and who is None:
                who = value
            elif not words.isdisjoint(words_of("heads of what is said")) or words & {"text", "message", "reason"}:
                said.append(value)
        if who is not None and said:
            named = names(who.of(text).split(",")[0])
            found.append(Voice((who,) if named else (), (), _in_blocks(blocks, said), "field"))
    return [one for one in found if one.content] if len(found) >= 2 else []


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
    key: dict[str, Span] = {}
    for match in _KEYED.finditer(text, 0, min(len(text), 4000)):
        start = match.start("who")
        article = _ARTICLE.match(text, start)
        key.setdefault(match["code"], Span(article.end() if article else start, match.end("who")))
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
