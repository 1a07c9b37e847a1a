"""What the rules add to what the tagger found.

The tagger has the word on what is said in the text's own voice. The rules add what it was not taught: attributions
inside another's content, and the forms of transcripts and press releases where it sees nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from purport.extract.attribution.join import Joined
from purport.model.document import Span, Spans
from purport.syntax.intervals import Intervals

ALONE = 0.8
"""How sure the rules must be of every part of an attribution that the tagger sees nothing of."""
SAME = 0.5
"""Share of two contents' characters that both hold, from which on they are the same one."""


def beside(tagged: Sequence[Joined], ruled: Sequence[Joined]) -> list[Joined]:
    """Those of the rules' attributions that say nothing else of a place than the tagger does, in their order: where it
    sees nothing, inside a content of its, and about a whole attribution."""
    contents = Intervals((span, number) for number, one in enumerate(tagged) for span in one.content)
    parts = Intervals(
        (span, number)
        for number, one in enumerate(tagged)
        for role in (one.source, one.cue)
        if role
        for span in role.spans
    )
    return [one for one in ruled if _new(one, tagged, contents, parts) or _about(one, tagged, contents, parts)]


def _about(one: Joined, tagged: Sequence[Joined], contents: Intervals[int], parts: Intervals[int]) -> bool:
    """Whether it holds whole attributions of the tagger's and else nothing of its: "the claim that ... was denied"."""
    if one.cue is None or one.source is None or not surely(one):
        return False
    own = [*one.cue.spans, *one.source.spans]
    if _numbers(contents, own) or _numbers(parts, own):
        return False
    held = {*_numbers(contents, one.content), *_numbers(parts, one.content)}
    inner = [
        span
        for number in held
        for role in (tagged[number].source, tagged[number].cue, *tagged[number].contents)
        if role
        for span in role.spans
    ]
    return bool(held) and all(any(span.contains(part) for span in one.content) for part in inner)


def surely(one: Joined) -> bool:
    """Whether the rules are sure enough of an attribution to add it where the tagger sees nothing of it."""
    return min(role.confidence for role in (one.source, one.cue, *one.contents) if role) >= ALONE


def lent(tagged: Sequence[Joined], ruled: Sequence[Joined]) -> list[Joined]:
    """The tagger's attributions; one that has a cue and no source with the source that the rules give that cue, and in
    the place of one without a cue the rules' attribution of the same content."""
    by_cue = Intervals((one.cue.extent, number) for number, one in enumerate(ruled) if one.cue)
    whole = Intervals((span, number) for number, one in enumerate(ruled) if one.cue for span in one.content)
    result = []
    for one in tagged:
        if one.cue is None:
            same = [n for n in _numbers(whole, one.content) if _overlap(ruled[n].content, one.content) >= SAME]
            if same:
                result.append(ruled[same[0]])
                continue
        if one.cue is not None and one.source is None:
            for number in _numbers(by_cue, one.cue.spans):
                source = ruled[number].source
                if source and not any(s.overlaps(t) for s in source.spans for t in (*one.content, *one.cue.spans)):
                    one = replace(one, source=source)
                    break
        result.append(one)
    return result


def apart(tagged: Sequence[Joined], formed: Sequence[Joined]) -> list[Joined]:
    """The tagger's attributions without what a form gives to somebody: the words behind a speaker's label are that
    speaker's, and only what is said within them is anybody else's."""
    given = Intervals((span, None) for one in formed for span in one.content)
    result = []
    for one in tagged:
        place = one.cue.extent if one.cue else one.contents[0].extent
        if one.cue and next(given.holding(place), None):
            result.append(one)
            continue
        left = tuple(role for role in one.contents if not any(next(given.meeting(s), None) for s in role.spans))
        if left:
            result.append(replace(one, contents=left))
    return result


def _new(one: Joined, tagged: Sequence[Joined], contents: Intervals[int], parts: Intervals[int]) -> bool:
    own = [*one.content, *(span for role in (one.source, one.cue) if role for span in role.spans)]
    holders = _numbers(contents, own)
    if not holders:
        roles = [role for role in (one.source, one.cue, *one.contents) if role]
        return not _numbers(parts, own) and min(role.confidence for role in roles) >= ALONE
    if one.cue is None:
        return False
    nested = sorted(holders, key=lambda number: sum(map(len, tagged[number].content)))
    holder = tagged[nested[0]].content
    for number in nested[1:]:
        # A turn around a quotation holds it whole; what lies across two that are side by side is in neither.
        if not all(any(span.contains(part) for span in tagged[number].content) for part in holder):
            return False
    inner = (*one.content, *one.cue.spans)
    within = all(any(span.contains(part) for span in holder) for part in inner)
    return within and _overlap(one.content, holder) < 0.9 and not _numbers(parts, inner)


def _numbers(held: Intervals[int], spans: Iterable[Span]) -> list[int]:
    return sorted({number for span in spans for _, number in held.meeting(span)})


def _overlap(one: Spans, other: Spans) -> float:
    """Characters in both by characters in either."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    either = sum(map(len, one)) + sum(map(len, other)) - common
    return common / either if either else 0.0
