"""The noun that all kinds of layout are read into."""

from __future__ import annotations

from dataclasses import dataclass

from purport.model.document import Spans


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words stand in some blocks: `source` names them (nothing where it is not known who they are), `cue` is what
    tells that (a label's mark, the words that bring them in), `content` what they say, and `reason` the layout."""

    source: Spans
    cue: Spans
    content: Spans
    reason: str
