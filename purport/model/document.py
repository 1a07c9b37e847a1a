"""A document: its text, the blocks it is laid out in, and the way back to the source it was read from.

Offsets are the contract. A place in a text is named by a `Span` of Unicode code points of `Document.text` and
in no other way; `Document.text` never changes once read.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `0 <= start < end`. Raises `ValueError` on any other."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must have 0 <= start < end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of `text` that this span names. Raises `ValueError` where it reaches past the end."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}..{self.end} reaches past the text's end at {len(text)}")
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether every position of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a position."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]
"""One or more spans that together are one thing (a quotation broken by its cue), in order, apart from each other."""


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span of `text[start:end]` without white space at its ends; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


class BlockKind(StrEnum):
    """What a block is in its document's layout."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CAPTION = "caption"
    CELL = "cell"
    LABEL = "label"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself: no sentence spans two blocks.

    `level` is a heading's depth (1 is the outermost; 0 where it is unknown) and 0 for other kinds, but for a
    label that a page itself sets apart, which is 2: its turn is no less deep than it. A label names who speaks in what
    follows it, a signature whose the quotation above it is. `depth` counts the quotations that the
    layout sets it in (0 for none), `strong` is true where all of it is in bold or italic letters, and `cell` are the
    numbers of its table, row and column, from 0.
    Blocks are in order, do not overlap, hold no white space at their ends, and cover every other character.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    strong: bool = False
    cell: tuple[int, int, int] | None = None


class Unit(StrEnum):
    """What a source is counted in, for a person who wants to find the place again; counts start at 1."""

    LINE = "line"
    PAGE = "page"
    PARAGRAPH = "paragraph"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Segment:
    """From text position `start` up to the next segment, the text comes from unit `number` of the source.

    `offset` is where in the source its first character stands: bytes from the start of the file for a source
    that is plain text, characters from the start of the unit otherwise; None where the reader put the text in
    (a blank line between two paragraphs, the space that joins two lines). Inside a segment each character of
    the text is the next character of the source.
    """

    start: int
    number: int
    offset: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source a position of the text comes from; `offset` as in `Segment`."""

    unit: Unit
    number: int
    offset: int | None

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


@dataclass(frozen=True, slots=True)
class SourceMap:
    """From text positions to places in the source, made by the reader while it makes the text.

    `encoding` is the codec of a plain-text source, whose offsets are bytes; None for the others. Segments are in
    order and the first starts at 0.
    """

    unit: Unit
    segments: tuple[Segment, ...]
    encoding: str | None = None

    def place(self, position: int, text: str) -> Place:
        """The place in the source of the character at `position` (0 <= position < len(text))."""
        if not 0 <= position < len(text):
            raise ValueError(f"position {position} is not in a text of {len(text)} characters")
        segment = self.segments[bisect_right(self.segments, position, key=lambda s: s.start) - 1]
        if segment.offset is None:
            return Place(self.unit, segment.number, None)
        passed = text[segment.start : position]
        count = len(passed) if self.encoding is None else len(passed.encode(self.encoding))
        return Place(self.unit, segment.number, segment.offset + count)

    def numbers(self, spans: Iterable[Span]) -> tuple[int, int]:
        """The first and the last unit (page, paragraph, line, row) that `spans` touch."""
        touched: list[int] = []
        for span in spans:
            for position in (span.start, span.end - 1):
                at = bisect_right(self.segments, position, key=lambda s: s.start) - 1
                touched.append(self.segments[at].number)
        return min(touched), max(touched)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text; None where it is unknown.

    `published` is an ISO 8601 date ("2031-04-02", also "2031-04" and "2031") or date and time; `language` an
    ISO 639-1 code. `extra` are further fields that a user's table or the file itself has of it, by name (a mail's
    "thread" names the first message of its thread); a store keeps them, and no record that it gives back has any.
    """

    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    extra: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Metadata:
        """From values by the names of the fields that every document has."""
        outlet, author, title, published, url, language = (told.get(name) for name in METADATA)
        return cls(outlet, author, title, published, url, language)

    def over(self, other: Metadata) -> Metadata:
        """These values where they are known, else those of `other`."""
        mine = {name: getattr(self, name) or getattr(other, name) for name in METADATA}
        return Metadata(**mine, extra=tuple(sorted({**dict(other.extra), **dict(self.extra)}.items())))

    def known(self) -> dict[str, str | None]:
        """What every document has of it, by name."""
        return {name: getattr(self, name) for name in METADATA}


METADATA = tuple(f.name for f in fields(Metadata) if f.name != "extra")
"""The fields that every document has."""


@dataclass(frozen=True)
class Document:
    """One text as it was read.

    `source` holds the bytes it was read from (of a table or a JSON Lines file: the header and its own row), and
    `sha256` their digest in hexadecimal; `format` is the reader's name and `selector` what the reader was told
    to take of the bytes ("" for all). `part` says where in a file of many documents it stands ("row 17"), ""
    for a file that is one document. `notes` are one-line remarks of the reader on what it could not do.
    """

    text: str
    blocks: tuple[Block, ...]
    source_map: SourceMap
    format: str
    source: bytes = field(repr=False)
    metadata: Metadata = Metadata()
    selector: str = ""
    part: str = ""
    notes: tuple[str, ...] = ()

    # Kept once it is known, since ids of all that is found in a long document are made with it.
    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of `source`, 64 hexadecimal digits."""
        return hashlib.sha256(self.source).hexdigest()

    @cached_property
    def id(self) -> str:
        """The document's name: a hash of its bytes and of how they were read, 16 hexadecimal digits."""
        return document_id(self.sha256, self.format, self.selector)


def document_id(sha256: str, format: str, selector: str = "") -> str:
    """The id of the document that the reader `format` takes by `selector` from bytes of that digest: 16 hex digits.

    The format is part of it, since the same bytes are another text as Markdown than as plain text.
    """
    return hashlib.sha256(f"{sha256}\n{format}\n{selector}".encode()).hexdigest()[:16]


PERIOD_FORMS = "2031, 2031-04 or 2031-04-02"


def is_period(value: str) -> bool:
    """Whether it is a year, a month or a day, in one of `PERIOD_FORMS`."""
    if len(value) not in (4, 7, 10):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True
