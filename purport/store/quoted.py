"""The words that documents give as somebody's own: of statements in quotation marks, and of blocks of the layout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from purport.model import codec
from purport.model.record import Kind
from purport.store.store import Store

_KINDS = (Kind.DIRECT, Kind.MIXED, Kind.BLOCK)
_MARKED = re.compile(r"[“„«]([^“”„«»]+)[”»]?|\"([^\"]+)\"?")
_ENDS = "“”„«»\"'‘’` \n\t"


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """Words of a statement that its document has as the source's own: `pieces` are where each begins (code points of
    the document) and its characters, without the quotation marks around it."""

    document: str
    statement: str
    holder: str | None
    pieces: tuple[tuple[int, str], ...]


def quoted_words(store: Store) -> Iterator[QuotedRow]:
    """Those of all statements that somebody is said to have made, by document and place."""
    kinds = codec.dumps([one.value for one in _KINDS])
    asked = (
        "SELECT id, holder, kind, content FROM attribution WHERE document = ? AND NOT imputed "
        "AND NOT (act = '' AND cue != '[]') AND kind IN (SELECT value FROM json_each(?)) ORDER BY first, key"
    )
    for key, document, text in store.query("SELECT key, id, text FROM document ORDER BY id"):
        for statement, holder, kind, content in store.query(asked, (key, kinds)):
            spans = codec.spans_in(json.loads(content))
            pieces = tuple(
                piece for span in spans for piece in _pieces(text[span.start : span.end], span.start, Kind(kind))
            )
            if pieces:
                yield QuotedRow(document, statement, holder, pieces)


def _pieces(words: str, start: int, kind: Kind) -> Iterator[tuple[int, str]]:
    """The words between quotation marks; of a statement that has none, and is somebody's own words, all of it."""
    inside = [] if kind is Kind.BLOCK else [match.span(match.lastindex or 0) for match in _MARKED.finditer(words)]
    if not inside and kind is not Kind.MIXED:
        inside = [(0, len(words))]
    for first, last in inside:
        bare = words[first:last].strip(_ENDS)
        if bare:
            yield start + words.index(bare, first), bare
