"""What one document yields. Records hold places in a text, never copies of it, and ids made of hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from purport.document import Document, Span, Spans


class Kind(StrEnum):
    """How the words of a source are given: in quotation marks, in the reporter's words, or both (Pareti 2015)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, a cue and a content (Pareti 2015; PolNeAR). Each part is spans in order; source or cue may be empty.

    `act` is the cue's speech act ("assert", "deny", ...; "" where the cue tells none); `inside` the id of the
    attribution whose content holds this one; `holder` the id of the entity the source names, None while it is
    unresolved; `confidence` 0..1.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    act: str = ""
    inside: str | None = None
    holder: str | None = None
    confidence: float = 1.0

    @property
    def extent(self) -> Span:
        """From the first character of any of its parts to the last."""
        spans = (*self.source, *self.cue, *self.content)
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class Run:
    """What made a record: versions of the program and its parts, models' digests, settings. All as sorted pairs."""

    version: str
    parts: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """A hash of everything in it: 16 hexadecimal digits."""
        return hash_id("run", [self.version, *(f"{k}={v}" for k, v in (*self.parts, *self.settings))])


@dataclass(frozen=True, slots=True)
class Record:
    """All that one document yields under one run.

    `analysed` is False for a document that was kept but not analysed, with the reason among `notes`.
    """

    document: Document
    run: Run
    attributions: tuple[Attribution, ...] = ()
    analysed: bool = True
    notes: tuple[str, ...] = ()

    def text(self, spans: Spans, gap: str = " … ") -> str:
        """The words at `spans`, as they stand; `gap` is put where they are apart. "" for no spans."""
        return gap.join(span.of(self.document.text) for span in spans)


def hash_id(kind: str, parts: Iterable[str]) -> str:
    """An id made of what it names: 16 hexadecimal digits of SHA-256 over `kind` and `parts`."""
    joined = "\x1f".join((kind, *parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def attribution_id(document_id: str, source: Spans, cue: Spans, content: Spans) -> str:
    """The id of the attribution with these parts in that document; the same parts always have the same id."""
    parts = (";".join(f"{s.start}-{s.end}" for s in spans) for spans in (source, cue, content))
    return hash_id("attribution", (document_id, *parts))
