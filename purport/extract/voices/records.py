"""Voices in records of fields ("speaker: ..." beside "text: ..."), and lines behind symbols that a key gives to names
("■ Hask Ambrel")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, Span, trimmed
from purport.syntax.intervals import Intervals
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


def records(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Records of which one field names who speaks, and another holds what is said; what a seized device sent is its
    owner's."""
    owner = _OWNER.search(text, 0, min(len(text), 4000))
    held = Intervals((block.span, None) for block in blocks)
    found = []
    for first, last in _parts(text):
        said: list[Span] = []
        other: list[Span] = []
        who: list[Span | None] = []
        for match in _FIELD.finditer(text, first, last):
            words = set(match["key"].lower().replace("_", " ").split())
            value = trimmed(text, *match.span("value"))
            if value is None:
                continue
            own = _sentence(value.of(text))
            told = not words.isdisjoint(words_of("heads of what is said")) and (own or len(value.of(text).split()) > 2)
            if told or (own and words & words_of("keys of words")):
                said.append(value)
            elif own and words.isdisjoint(words_of("words of headings") | words_of("fields of documents")):
                other.append(value)
            elif not words.isdisjoint(words_of("heads of who speaks")) and not own:
                who.append(value)
            elif words & {"direction", "type", "folder"} and _SENT.search(value.of(text)):
                who.append(Span(*owner.span("name")) if owner is not None else None)
        content = tuple(span for span in said or other if next(held.meeting(span), None) is not None)
        if content and who:
            found.append(Voice(_called(text, who[0]), (), content, "field"))
    return found if len(found) >= 2 and any(one.source for one in found) else []


def _sentence(words: str) -> bool:
    return words.rstrip("\"'”’») ")[-1:] in tuple(".!?…") and len(words.split()) >= 3


_WIDE = re.compile(r"[ \t]{3,}")


def _called(text: str, value: Span | None) -> tuple[Span, ...]:
    """The name in the value of a field: without a number before it, an office behind it, the marks around it."""
    if value is None:
        return ()
    start = value.start
    while (match := _CALLED.match(text, start, value.end)) is not None and match.end() > start:
        start = match.end()
    name = _WIDE.split(re.split(r"[,\"(]", text[start : value.end])[0])[0].strip()
    handle = len(name.split()) == 1 and name[:1].isalpha()
    return (Span(start, start + len(name)),) if name and (names(name) or handle) else ()


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.start() + 1
    yield start, len(text)


def symbols(text: str, blocks: Sequence[Block]) -> list[Voice]:
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
