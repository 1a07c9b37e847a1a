"""Joining roles into attributions, whoever found them.

Each cue looks for its source and each content for its cue, by what the parse says of them (the subject of the
cue's verb, the clause it governs), by nearness, and by nesting: parts of one attribution lie inside the same
other contents. Contents that no cue claims go on from the attribution before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from purport.analysis import Analysis
from purport.document import Span, Spans
from purport.extract.roles import Part, Role
from purport.extract.syntax import root, subject

REACH = 400
"""Characters between a cue and a part of it beyond which they are not joined."""


BESIDE = 8
"""Characters between a cue and a content in another block at most: line ends and a colon."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts that make one attribution; source or cue may be missing."""

    source: Role | None
    cue: Role | None
    contents: tuple[Role, ...]

    @property
    def content(self) -> Spans:
        """The spans of all contents, in order."""
        return merged(span for role in self.contents for span in role.spans)


@dataclass(slots=True)
class _Cue:
    role: Role
    head: int
    block: int
    sentence: int
    level: frozenset[int]
    subject: int | None
    source: Role | None = None
    contents: list[Role] = field(default_factory=list)


def merged(spans: Iterable[Span]) -> Spans:
    """Spans in order; those that overlap or touch are made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return tuple(result)


def join(analysis: Analysis, roles: Sequence[Role]) -> list[Joined]:
    """Attributions made of `roles`, in the order of their contents. Each content is used once, a source as often
    as it is named; a cue without content is left out."""
    contents = sorted({r for r in roles if r.part is Part.CONTENT and r.spans}, key=lambda r: r.spans)
    sources = sorted({r for r in roles if r.part is Part.SOURCE}, key=lambda r: r.spans)
    cues = [c for r in sorted({r for r in roles if r.part is Part.CUE}, key=lambda r: r.spans)
            if (c := _cue(analysis, r, contents)) is not None]  # fmt: skip
    for cue in cues:
        cue.source = _best_source(analysis, cue, cues, sources, contents)
    loose = _give_contents(analysis, cues, contents)
    joined = [Joined(c.source, c.role, tuple(c.contents)) for c in cues if c.contents]
    return _go_on(analysis, joined, loose)


def _cue(analysis: Analysis, role: Role, contents: Sequence[Role]) -> _Cue | None:
    tokens = analysis.tokens_in(role.extent)
    if not tokens and tokens.start < len(analysis.tokens):
        # The dash of "- Name" may be a list item's marker, which is in no block: the name stands for it.
        tokens = range(tokens.start, tokens.start + 1)
    head = root(analysis, tokens)
    if head is None:
        return None
    level = _level(role.extent, contents)
    return _Cue(role, head, analysis.block_of(head), analysis.tokens[head].sentence, level, subject(analysis, head))


def _level(span: Span, contents: Sequence[Role]) -> frozenset[int]:
    """Which contents hold the span."""
    return frozenset(n for n, role in enumerate(contents) if any(s.contains(span) for s in role.spans))


def _gap(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _best_source(
    analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], sources: Sequence[Role], contents: Sequence[Role]
) -> Role | None:
    best: tuple[float, Role] | None = None
    for source in sources:
        score = _source_score(analysis, cue, cues, source, contents)
        if score > 0 and (best is None or score > best[0]):
            best = (score, source)
    return best[1] if best else None


def _source_score(analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], source: Role, contents: Sequence[Role]) -> float:
    """How well `source` fits `cue`; 0 or less where it does not."""
    place = source.extent
    gap = _gap(place, cue.role.extent)
    if gap > REACH or not analysis.tokens_in(place):
        return 0.0
    tokens = analysis.tokens_in(place)
    if analysis.block_of(tokens[0]) != cue.block:
        return 0.0
    own = {n for n, r in enumerate(contents) if n in cue.level}
    if _level(place, contents) != own and cue.role.extent.contains(place) is False and not _inside_own(place, cue):
        return 0.0
    score = 2.0 - gap / 120
    if cue.subject is not None and cue.subject in tokens:
        score += 4
    head = root(analysis, tokens)
    if head is not None and _governed(analysis, head, cue.head):
        score += 2
    if analysis.tokens[tokens[0]].sentence != cue.sentence:
        score -= 2
    low, high = sorted((place.start, cue.role.extent.start))
    between = sum(1 for c in cues if low < c.role.extent.start < high and c.level == cue.level)
    return score - 0.7 * between


def _inside_own(place: Span, cue: _Cue) -> bool:
    return cue.role.extent.overlaps(place)


def _governed(analysis: Analysis, index: int, by: int) -> bool:
    """Whether `by` governs the token directly, or through a preposition ("said by", "according to", "claim of")."""
    head = analysis.tokens[index].head
    if head == by:
        return True
    return analysis.tokens[head].dep in ("prep", "agent", "pcomp") and analysis.tokens[head].head == by


def _give_contents(analysis: Analysis, cues: Sequence[_Cue], contents: Sequence[Role]) -> list[Role]:
    """Give each content to the cue that fits it best; those that fit none are returned."""
    scored = sorted(
        (
            (score, -number, -order)
            for order, content in enumerate(contents)
            for number, cue in enumerate(cues)
            if (score := _content_score(analysis, cue, cues, content, contents)) > 0
        ),
        reverse=True,
    )
    given: set[int] = set()
    for score, number, order in scored:
        cue, content = cues[-number], contents[-order]
        # A cue that has a content takes another only where little doubt is left, or as the other half of a frame.
        if -order in given or (cue.contents and score < 1.5):
            continue
        given.add(-order)
        cue.contents.append(content)
    for cue in cues:
        cue.contents.sort(key=lambda r: r.spans)
    return [content for order, content in enumerate(contents) if order not in given]


def _content_score(
    analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], content: Role, contents: Sequence[Role]
) -> float:
    place = content.extent
    gap = min(_gap(span, cue.role.extent) for span in content.spans)
    if gap > REACH:
        return 0.0
    tokens = analysis.tokens_in(content.spans[0])
    # A release's first line stands above its content, a signature below it.
    if not tokens or (analysis.block_of(tokens[0]) != cue.block and gap > BESIDE):
        return 0.0
    own = contents.index(content)
    if own in cue.level or _level(place, contents) - {own} != cue.level:
        return 0.0
    score = 2.0 - gap / 60
    head = root(analysis, tokens)
    if head is not None:
        if _leads_to(analysis, head, cue.head):
            score += 3
        elif _leads_to(analysis, cue.head, head):
            score += 2
    if not any(analysis.tokens[i].sentence == cue.sentence for span in content.spans for i in _ends(analysis, span)):
        score -= 1.0
    for other in cues:
        if other is cue or other.level != cue.level:
            continue
        low, high = sorted((place.start, cue.role.extent.start))
        if low < other.role.extent.start < high and not place.contains(other.role.extent):
            score -= 0.8
    return score


def _ends(analysis: Analysis, span: Span) -> tuple[int, ...]:
    tokens = analysis.tokens_in(span)
    return (tokens[0], tokens[-1]) if tokens else ()


def _leads_to(analysis: Analysis, index: int, governor: int) -> bool:
    """Whether `governor` is reached from `index` in at most three steps up."""
    for _ in range(3):
        head = analysis.tokens[index].head
        if head == governor:
            return True
        index = head
    return False


def _go_on(analysis: Analysis, joined: list[Joined], loose: Sequence[Role]) -> list[Joined]:
    """Give contents that no cue took to the attribution before them, in their block or at the end of the last."""
    result = sorted(joined, key=lambda j: j.content)
    for content in loose:
        tokens = analysis.tokens_in(content.spans[0])
        # A loose piece of what is somebody's content already (words quoted within a clause) says nothing more.
        if not tokens or any(held.contains(piece) for j in joined for held in j.content for piece in content.spans):
            continue
        block = analysis.block_of(tokens[0])
        before = None
        for number, one in enumerate(result):
            last = one.content[-1]
            ends = analysis.tokens_in(last)
            nested = one.cue is not None and any(
                held.contains(one.cue.extent) for other in result if other is not one for held in other.content
            )
            if (
                not nested
                and last.end <= content.spans[0].start
                and ends
                and analysis.block_of(ends[-1]) in (block, block - 1)
            ):
                before = number
        if before is None:
            result.append(Joined(None, None, (content,)))
        else:
            one = result[before]
            result[before] = Joined(one.source, one.cue, (*one.contents, content))
    return sorted(result, key=lambda j: j.content)
