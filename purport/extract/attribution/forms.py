"""Roles that a text's form gives: headlines "X: ...", speakers' labels, releases "From X:", a trailing "- X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from purport.extract.attribution.labels import LABEL_WORDS
from purport.extract.attribution.quotations import Quotation
from purport.extract.attribution.roles import Part, Role
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Block, BlockKind, Span, trimmed

_RELEASE = re.compile(
    r"(?P<cue>From|(?:A |Press )?(?:statement|communiqué|message|release|press release)(?: issued)? (?:by|of|from))\s+"
    r"(?P<source>(?:the |our )?[A-Z][^:\n]{2,90}?)\s?:",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?P<cue>--|[-—–])\s?(?P<source>[^\W\d_][^\n\"“”]{2,110}?)[.\s]*$")


def form_roles(analysis: Analysis, quotations: Sequence[Quotation]) -> Iterator[Role]:
    """Roles told by layout and punctuation alone."""
    closed = [q for q in quotations if q.closed and not q.depth]
    ending = {q.spans[-1].end: q for q in closed}
    starting = {q.spans[-1].start: q for q in closed}
    for number, block in analysis.blocks.items():
        alone = len(analysis.blocks) == 1 and block.span.of(analysis.document.text)[-1] not in ".!?\"”’'»"
        if block.kind is BlockKind.HEADING or alone:
            yield from _headline(analysis, block)
        yield from _quoted_line(analysis, block, starting)
        yield from _release(analysis, number, block)
        yield from _signature(analysis, number, block, ending, starting)


def _verbs(analysis: Analysis, span: Span) -> bool:
    """Whether a finite verb or a participle stands in the span."""
    return any(analysis.tokens[i].pos in ("VERB", "AUX") for i in analysis.tokens_in(span))


def _headline(analysis: Analysis, block: Block) -> Iterator[Role]:
    """ "Ministry: bridge was not hit" and "Bridge was not hit: ministry"."""
    text = analysis.document.text
    at = text.find(":", block.span.start, block.span.end)
    if at < 0 or text[at + 1 : at + 2].isdigit():
        return
    left, right = trimmed(text, block.span.start, at), trimmed(text, at + 1, block.span.end)
    if left is None or right is None:
        return
    if _names(analysis, left) and len(right.of(text).split()) >= 3:
        source, content = left, right
    elif _names(analysis, right, last=True) and (_verbs(analysis, left) or any(m in left.of(text) for m in '"“«')):
        source, content = right, left
    else:
        return
    yield Role((source,), Part.SOURCE, 0.7)
    yield Role((Span(at, at + 1),), Part.CUE, 0.7)
    yield Role((content,), Part.CONTENT, 0.7)


def _quoted_line(analysis: Analysis, block: Block, starting: Mapping[int, Quotation]) -> Iterator[Role]:
    """ "'We were robbed': bishop accuses army" and "The Lantern: 'Sel fled'", in a line of their own."""
    text = analysis.document.text
    own = starting.get(block.span.start)
    if own is not None and text[own.spans[-1].end : own.spans[-1].end + 1] == ":":
        at = own.spans[-1].end
        right = trimmed(text, at + 1, block.span.end)
        tokens = analysis.tokens_in(right) if right else range(0)
        verb = next((i for i in tokens if analysis.tokens[i].pos in ("VERB", "AUX")), tokens.stop)
        source = analysis.span(tokens[0], verb - 1) if tokens and verb > tokens[0] else None
    else:
        at = text.find(":", block.span.start, block.span.end)
        left = trimmed(text, block.span.start, at) if at > 0 else None
        right = trimmed(text, at + 1, block.span.end)
        own = starting.get(right.start) if right else None
        source = left if own is not None and left and own.spans[-1].end == block.span.end else None
    if own is None or source is None or "\n" in block.span.of(text):
        return
    asked = analysis.tokens[analysis.tokens_in(source)[0]].tag in ("WRB", "WP", "WDT")  # "how a slogan won"
    if asked or len(source.of(text).split()) > LABEL_WORDS or not _names(analysis, source, last=True):
        return
    yield Role((source,), Part.SOURCE, 0.9)
    yield Role((Span(at, at + 1),), Part.CUE, 0.9)
    yield Role(own.spans, Part.CONTENT, 0.9)


def _names(analysis: Analysis, span: Span, *, last: bool = False) -> bool:
    """Whether the span reads as somebody's name or office; `last`: as the short one at a headline's end."""
    tokens = analysis.tokens_in(span)
    if not tokens or len(tokens) > (3 if last else LABEL_WORDS) or _verbs(analysis, span):
        return False
    words = [analysis.tokens[i] for i in tokens]
    if words[0].lemma in _NOT_NAMES or words[-1].lemma in _NOT_NAMES:
        return False
    named = any(w.pos == "PROPN" for w in words) or words[-1].lemma in _OFFICES
    return named or (last and words[-1].pos == "NOUN")


_OFFICES = words_of("who has the word")
_NOT_NAMES = words_of("headings of reports")


def _release(analysis: Analysis, number: int, block: Block) -> Iterator[Role]:
    """A release's first line, "From the Ministry of ...: ...". That the rest is the ministry's too is told by who
    published it."""
    text = analysis.document.text
    match = _RELEASE.match(text, block.span.start, block.span.end)
    if match is None or number > 4:
        return
    rest = trimmed(text, match.end(), block.span.end)
    if rest is None and number + 1 < len(analysis.document.blocks):
        rest = analysis.document.blocks[number + 1].span
    if rest is not None:
        yield Role((Span(*match.span("source")),), Part.SOURCE, 0.9)
        yield Role((Span(*match.span("cue")), Span(match.end() - 1, match.end())), Part.CUE, 0.9)
        # The full stop of a clause that is no quotation is the writer's, not the source's (Pareti 2015).
        stop = rest.end - 1 if text[rest.end - 1] == "." else rest.end
        yield Role((Span(rest.start, max(rest.start + 1, stop)),), Part.CONTENT, 0.9)


def _signature(
    analysis: Analysis,
    number: int,
    block: Block,
    ending: Mapping[int, Quotation],
    starting: Mapping[int, Quotation],
) -> Iterator[Role]:
    """A quotation signed by "- Name, office" on the next line or at the end of its own; the quotations are given by
    where their last pieces end and start."""
    text = analysis.document.text
    above = ending.get(analysis.document.blocks[number - 1].span.end) if number else None
    # A reader that takes "- " for a list item's marker leaves it out of the block.
    places = [(above, _line_start(text, block.span.start))]
    own = starting.get(block.span.start)
    if own is not None and block.span.contains(own.spans[-1]):
        places.append((own, own.spans[-1].end))
    for quotation, start in places:
        if quotation is None:
            continue
        match = _SIGNATURE.match(text, start + _spaces(text, start, block.span.end), block.span.end)
        if match is not None and _names_somebody(analysis, Span(*match.span("source"))):
            yield Role((Span(*match.span("source")),), Part.SOURCE, 0.9)
            yield Role((Span(*match.span("cue")),), Part.CUE, 0.9)
            yield Role(quotation.spans, Part.CONTENT, 0.9)


def _line_start(text: str, start: int) -> int:
    while start > 0 and text[start - 1] in " -–—":
        start -= 1
    return start


def _spaces(text: str, start: int, end: int) -> int:
    return len(text[start:end]) - len(text[start:end].lstrip())


def _names_somebody(analysis: Analysis, span: Span) -> bool:
    tokens = analysis.tokens_in(span)
    return bool(tokens) and len(tokens) <= 16 and analysis.word(tokens[0])[0].isupper() and not any(
        analysis.tokens[i].pos in ("VERB", "AUX") and analysis.tokens[i].tag != "VBN" for i in tokens)  # fmt: skip
