"""A pair of quotation marks is one content: what a quotation holds is no more cut than its marks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from purport.extract.attribution.join import merged
from purport.extract.attribution.quotations import Quotation
from purport.model.document import Block, Span, Spans, trimmed
from purport.model.record import Attribution, attribution_id

WORDS = 4
"""Words from which on what stands between marks is a quotation, and not a word that is set apart."""
_GAP = 3
"""Characters between a content and the mark at which it goes on into the quotation."""


def whole(
    document: str, text: str, blocks: Sequence[Block], found: Sequence[Attribution], quoted: Sequence[Quotation]
) -> list[Attribution]:
    """The attributions with every quotation of four words or more in one content, where a cue outside it has some of
    it; one whose last mark is missing may end anywhere, and is left as it is. Of several cues it is that of the nearest
    in its last or first block; the others keep what is left to them.
    """
    result = list(found)
    for quotation in quoted:
        if (
            quotation.depth
            or not quotation.closed
            or sum(len(span.of(text).split()) for span in quotation.spans) < WORDS
        ):
            continue
        touching = [n for n, one in enumerate(result) if _outside(one, quotation) and _touches(text, one, quotation)]
        if not touching or any(_holds(result[n], quotation) for n in touching):
            continue
        own = min(touching, key=lambda n: (_far(result[n], quotation, blocks), n))
        for number in touching:
            one = result[number]
            left = _without(text, one.content, quotation)
            spans = _joined(text, one.content, quotation) if number == own else left
            if spans:
                name = attribution_id(document, one.source, one.cue, spans)
                result[number] = replace(one, id=name, content=spans)
    return result


def _outside(one: Attribution, quotation: Quotation) -> bool:
    """Whether its cue, or where it has none its source, stands outside the quotation: it may be of the whole of it."""
    return not any(span.overlaps(piece) for span in one.cue or one.source for piece in quotation.spans)


def _touches(text: str, one: Attribution, quotation: Quotation) -> bool:
    """Whether some of the content is in the quotation, or it ends just before the opening mark."""
    opening = quotation.spans[0].start
    for span in one.content:
        if any(span.overlaps(piece) for piece in quotation.spans):
            return True
        between = text[span.end : opening]
        if 0 <= opening - span.end <= _GAP and not between.strip():
            return True
    return False


def _holds(one: Attribution, quotation: Quotation) -> bool:
    """Whether the content has the whole of the quotation already, marks at its ends aside."""
    return all(
        any(span.start <= piece.start + 1 and piece.end - 2 <= span.end for span in one.content)
        for piece in quotation.spans
    )


def _far(one: Attribution, quotation: Quotation, blocks: Sequence[Block]) -> tuple[bool, int]:
    """How far its cue stands from the quotation's ends: another block last, then by characters."""
    at = (one.cue or one.source or one.content)[0]
    ends = quotation.spans[0].start, quotation.spans[-1].end
    block = next((b.span for b in blocks if b.span.contains(at)), at)
    near = any(block.overlaps(piece) for piece in quotation.spans)
    return not near, min(abs(at.end - ends[0]), abs(at.start - ends[1]))


def _joined(text: str, content: Spans, quotation: Quotation) -> Spans:
    """The content with the whole quotation, as one stretch where nothing but a space is between."""
    first = quotation.spans[0]
    before = [span.end for span in content if span.end <= first.start and not text[span.end : first.start].strip()]
    opened = Span(max(before, default=first.start), first.end)
    return merged((*content, opened, *quotation.spans[1:]))


def _without(text: str, content: Spans, quotation: Quotation) -> Spans:
    """What of a content stands outside the quotation; all of it where that is nothing."""
    left: list[Span] = []
    for span in content:
        at = span.start
        for piece in (*quotation.spans, Span(span.end, span.end + 1)):
            # What stands before each piece of the quotation, and at last before the end.
            if at < min(piece.start, span.end) and (kept := trimmed(text, at, min(piece.start, span.end))) is not None:
                left.append(kept)
            at = max(at, piece.end)
    lettered = tuple(span for span in left if any(map(str.isalnum, span.of(text))))
    return lettered or content
