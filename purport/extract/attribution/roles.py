"""Roles: stretches of text that are a source, a cue or a content, before it is known which belong together.

This is the seam between what finds roles (rules over the parse, or a learned tagger) and what joins them into
attributions (`purport.extract.attribution.join`): whoever finds them hands over nothing but these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from purport.model.document import Span, Spans


class Part(StrEnum):
    """What a stretch of text is in an attribution."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """One part of some attribution; `confidence` 0..1 is how sure its finder is of it."""

    spans: Spans
    part: Part
    confidence: float = 1.0

    @property
    def extent(self) -> Span:
        """From its first character to its last."""
        return Span(self.spans[0].start, self.spans[-1].end)
