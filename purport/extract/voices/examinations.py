"""Questions and answers of an examination in one paragraph each: "4101. How long? -- Since I was nine."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span, trimmed

_BOTH = re.compile(
    r"(?:\d{1,5}\.?[ \t]{1,4})?(?P<asked>[^\W\d_][^?]{4,900}\?)[ \t]{0,3}(?:--|[—–])[ \t]{0,3}(?=[\"“]?[^\W_])"
)
_CALLED = re.compile(
    r"(?P<name>(?:[^\W\d_a-z][\w.'’-]{0,30} ){1,4}[^\W\d_a-z][\w.'’-]{1,30}),?[^\n.]{0,80}?"
    r"\b(?:called|examined|sworn|questioned|interviewed)\b"
)
_LEAST = 2
"""Paragraphs with a question and its answer that a record has at least."""


def examinations(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The questions, whose asker is not named, and the answers of whoever was called last above them."""
    found: list[Voice] = []
    witness: Span | None = None
    for block in blocks:
        if block.kind is BlockKind.CELL:
            continue
        both = _BOTH.match(text, block.span.start, block.span.end)
        answer = trimmed(text, both.end(), block.span.end) if both is not None else None
        if both is not None and answer is not None:
            found.append(Voice((), (), (Span(*both.span("asked")),), "question of an interview"))
            found.append(Voice((witness,) if witness is not None else (), (), (answer,), "answer in an interview"))
        elif (called := _CALLED.match(text, block.span.start, block.span.end)) is not None and len(block.span) < 200:
            witness = Span(*called.span("name"))
    return found if len(found) >= 2 * _LEAST else []
