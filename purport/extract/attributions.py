"""Attributions of a document: roles found, settled, joined, nested and named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from purport.analysis import Analysis
from purport.document import BlockKind, Span, Spans, trimmed
from purport.extract.acts import act_of
from purport.extract.combine import apart, beside, lent
from purport.extract.confidence import confidence, evidence
from purport.extract.forms import form_roles
from purport.extract.intervals import Intervals
from purport.extract.join import Joined, join, merged
from purport.extract.quotations import Quotation, quotations
from purport.extract.roles import Part, Role
from purport.extract.rules import find_roles
from purport.extract.tagged import tagged_roles
from purport.record import Attribution, Kind, attribution_id


def attributions(analysis: Analysis) -> tuple[Attribution, ...]:
    """All attributions of the document, in the order of their first characters; each that lies in the content of
    another names it in `inside`. What is found is a function of the analysis alone."""
    text = analysis.document.text
    quoted = quotations(text, analysis.blocks.values())
    named = [_attribution(analysis, *one) for one in _found(analysis, quoted)]
    unique = {one.id: one for one in named}
    ordered = sorted(unique.values(), key=lambda a: (a.extent, a.content, a.id))
    nested = _nested(ordered)
    inner: dict[str | None, list[Attribution]] = {}
    for one in nested:
        inner.setdefault(one.inside, []).append(one)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    beginnings = {b.span.start for b in analysis.blocks.values() if b.kind is not BlockKind.HEADING}
    return tuple(
        replace(one, kind=kind_of(text, one, inner.get(one.id, ()), marks, turn=_turn(text, one, beginnings)))
        for one in nested
    )


def _found(analysis: Analysis, quoted: Sequence[Quotation]) -> Iterator[tuple[Joined, float]]:
    """All that was found, each with how sure it is."""
    ruled = join(analysis, settled(analysis, find_roles(analysis, quoted), quoted))
    if analysis.tagged is None:
        yield from ((one, _sure(one)) for one in ruled)
        return
    formed = join(analysis, form_roles(analysis, quoted))
    seen = list(weighed(analysis, quoted, ruled, formed))
    rules = set(ruled)
    for one, numbers in seen:
        yield one, _sure(one) if one in rules else confidence(numbers, analysis.tagged.weights)
    yield from ((one, _sure(one)) for one in (*formed, *beside([*(one for one, _ in seen), *formed], ruled)))


def weighed(
    analysis: Analysis, quoted: Sequence[Quotation], ruled: Sequence[Joined], formed: Sequence[Joined]
) -> Iterator[tuple[Joined, tuple[float, ...]]]:
    """What the tagger found, with what the rules lend it, each with the evidence for it. `ruled` is what the rules
    found, `formed` what a text's form alone tells."""
    roles, likely = tagged_roles(analysis, quoted)
    for one in lent(apart(join(analysis, roles, likely), formed), ruled):
        yield one, evidence(one, likely)


def settled(analysis: Analysis, roles: Sequence[Role], quoted: Sequence[Quotation]) -> list[Role]:
    """Roles whose contents reach over whole quotations, each place once.

    A parse knows nothing of quotation marks, so a clause that ends amid one is drawn out to its end; and two
    contents that overlap without one holding the other are one content.
    """
    text = analysis.document.text
    rest = [_closed(text, role) for role in roles if role.part is not Part.CONTENT]
    cues = Intervals((span, None) for role in rest if role.part is Part.CUE for span in role.spans)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    drawn: dict[Spans, float] = {}
    for role in roles:
        if role.part is Part.CONTENT:
            spans = merged(_drawn_out(text, span, marks, cues) for span in role.spans)
            drawn[spans] = max(role.confidence, drawn.get(spans, 0.0))
    kept: list[tuple[Spans, float]] = []
    for spans, certain in sorted(drawn.items(), key=lambda item: (item[0][0].start, -item[0][-1].end, item)):
        number = _crossing(kept, spans)
        if number is None:
            kept.append((spans, certain))
        else:
            other, sure = kept[number]
            kept[number] = (merged((*other, *spans)), max(sure, certain))
    return sorted([*rest, *(Role(spans, Part.CONTENT, confidence) for spans, confidence in kept)])


def _closed(text: str, role: Role) -> Role:
    """A source with the comma that closes an apposition in it ("Mara Denk, the minister,"), as PolNeAR has it."""
    span = role.spans[-1]
    if role.part is Part.SOURCE and "," in span.of(text)[:-1] and text[span.end : span.end + 1] == ",":
        return replace(role, spans=(*role.spans[:-1], Span(span.start, span.end + 1)))
    return role


_FAR = 20_000
"""Characters between the beginnings of two contents beyond which they are not compared."""


def _crossing(kept: Sequence[tuple[Spans, float]], spans: Spans) -> int | None:
    """The number of a content that crosses `spans`; `kept` are in the order of their beginnings."""
    for number in range(len(kept) - 1, -1, -1):
        other = kept[number][0]
        if spans[0].start - other[0].start > _FAR:
            return None
        if _crosses(spans, other):
            return number
    return None


def _drawn_out(text: str, span: Span, marks: Intervals[None], cues: Intervals[None]) -> Span:
    start, end = span.start, span.end
    for piece, _ in marks.meeting(span):
        if span.contains(piece) and not _lettered(text, start, piece.start) and not _lettered(text, piece.end, end):
            return piece  # an emoji or a dash beside the marks is not quoted
        # A clause inside a quotation is somebody's words within it, not the quotation itself.
        inside = piece.start < start and end < piece.end - 1
        fills = start - piece.start <= 3 and piece.end - end <= 3
        if inside and not fills:
            continue
        grown = Span(min(start, piece.start), max(end, piece.end))
        if not any(not span.overlaps(cue) and not piece.contains(cue) for cue, _ in cues.meeting(grown)):
            start, end = grown.start, grown.end
    return trimmed(text, start, end) or span


def _lettered(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _crosses(spans: Spans, other: Spans) -> bool:
    """Whether the two overlap and neither lies wholly in a span of the other."""
    if not any(a.overlaps(b) for a in spans for b in other):
        return False
    one_holds = all(any(b.contains(a) for b in other) for a in spans)
    other_holds = all(any(a.contains(b) for a in spans) for b in other)
    # Of the same beginning or end one is a shorter reading of the other, not an attribution within it.
    flush = spans[0].start == other[0].start and spans[-1].end == other[-1].end
    return flush or not (one_holds or other_holds)


def _sure(joined: Joined) -> float:
    """How sure the rules are: no more than of the part they are least sure of, less where a part is missing."""
    roles = [r for r in (joined.source, joined.cue, *joined.contents) if r is not None]
    least = min(role.confidence for role in roles)
    return least * (1.0 if joined.source and joined.cue else 0.7)


def _attribution(analysis: Analysis, joined: Joined, sure: float) -> Attribution:
    source = joined.source.spans if joined.source else ()
    cue = joined.cue.spans if joined.cue else ()
    content = joined.content
    return Attribution(
        id=attribution_id(analysis.document.id, source, cue, content),
        source=source,
        cue=cue,
        content=content,
        kind=Kind.INDIRECT,
        act=act_of(analysis, cue, content),
        confidence=round(sure, 4),
    )


def kind_of(
    text: str, one: Attribution, inner: Sequence[Attribution], marks: Intervals[None], *, turn: bool = False
) -> Kind:
    """Direct where all the content's words stand in quotations of its own, mixed where some do, else indirect.

    A quotation that reaches beyond the content belongs to whoever is quoted around it, and one in the content of an
    attribution inside this one (`inner`) to whoever is quoted there. What follows a speaker's label (`turn`) needs
    no marks.
    """
    if turn:
        return Kind.DIRECT
    extent = Span(one.content[0].start, one.content[-1].end)
    theirs = Intervals((span, None) for other in inner for span in other.content)
    covered = [
        mark for mark, _ in marks.meeting(extent) if extent.contains(mark) and next(theirs.holding(mark), None) is None
    ]
    if not covered:
        return Kind.INDIRECT
    letters = [i for span in one.content for i in range(span.start, span.end) if text[i].isalnum()]
    quoted = {i for mark in covered for i in range(mark.start, mark.end)}
    loose = sum(i not in quoted for i in letters)
    return Kind.DIRECT if loose <= 0.05 * len(letters) else Kind.MIXED


def _turn(text: str, one: Attribution, beginnings: Collection[int]) -> bool:
    """Whether the words are a turn of a transcript: a label and a colon at the beginning of a block of text."""
    colon = [span.of(text) for span in one.cue] == [":"]
    return colon and bool(one.source) and one.source[0].start in beginnings


def _nested(ordered: Sequence[Attribution]) -> list[Attribution]:
    contents = Intervals((span, one) for one in ordered for span in one.content)
    result: list[Attribution] = []
    for one in ordered:
        near = {other.id: other for span in one.cue[:1] for _, other in contents.holding(span)}
        holders = [
            other
            for other in near.values()
            if other.id != one.id and _holds(other, one) and not (_holds(one, other) and other.id > one.id)
        ]
        nearest = min(holders, key=lambda a: (sum(map(len, a.content)), a.id), default=None)
        result.append(replace(one, inside=nearest.id) if nearest else one)
    return result


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner one's cue and content lie in the outer one's content."""
    parts = (*inner.cue, *inner.content)
    return bool(inner.cue) and all(any(span.contains(part) for span in outer.content) for part in parts)
