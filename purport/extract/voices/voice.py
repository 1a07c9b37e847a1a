"""The noun that all kinds of layout are read into, and what they ask of the blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from purport.model.document import Block, Span, Spans


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words stand in some blocks: `source` names them (nothing where it is not known who they are), `cue` is what
    tells that (a label's mark, the words that bring them in), `content` what they say, and `reason` the layout."""

    source: Spans
    cue: Spans
    content: Spans
    reason: str


def apart(blocks: Iterable[Block]) -> Spans:
    """The spans of blocks."""
    return tuple(block.span for block in blocks)


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other without a gap, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def joined(text: str, spans: Iterable[Span]) -> Spans:
    """Spans in order, those with nothing but white space between them as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
