"""Joining roles into attributions, whoever found them.

Each cue looks for its source and each content for its cue, by what the parse says of them (the subject of the
cue's verb, the clause it governs), by nearness, and by nesting: parts of one attribution lie inside the same
other contents. Contents that no cue claims go on from the attribution before them.

Only parts within reach of each other are compared, so that time grows with the length of a text and no faster.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from purport.extract.attribution.roles import Part, Role
from purport.extract.attribution.tagged import Likely
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis, Link
from purport.model.document import Span, Spans
from purport.syntax import relations as rel
from purport.syntax.intervals import Intervals
from purport.syntax.parse import root, subject

REACH = 400
"""Characters between a cue and a part of it beyond which they are not joined."""
BESIDE = 8
"""Characters between a cue and a content in another block at most: line ends and a colon."""
FAR = -1e9
"""The score of parts that cannot belong together."""
GOES_ON = 0.5
"""How likely a link must be for a content in another block than its cue."""
SOURCE, CONTENT, SHIFT = 4.0, 4.0, 0.6
"""What a link's likelihood, less the shift, weighs beside the parse; tuned on articles held out of training."""
_QUOTES = "\"“”„«»‘’'"
_LONGEST_CUE = 200
_LONGEST_SOURCE = 1000


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


@dataclass(slots=True, eq=False)
class _Piece:
    """A role with what is asked of it again and again; `level` are the numbers of the contents that hold it."""

    role: Role
    extent: Span
    tokens: range
    head: int
    block: int
    sentence: int
    level: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class _Cue:
    piece: _Piece
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


def join(analysis: Analysis, roles: Iterable[Role], likely: Likely | None = None) -> list[Joined]:
    """Attributions made of `roles`, in the order of their contents. Each content is used once, a source as often
    as it is named; a cue without content is left out. `likely` is what a tagger says of pairs."""
    parted: dict[Part, list[_Piece]] = {part: [] for part in Part}
    for role in sorted(set(roles)):
        piece = _piece(analysis, role)
        if piece is not None:
            parted[role.part].append(piece)
    contents, sources = parted[Part.CONTENT], parted[Part.SOURCE]
    _set_levels(contents, [piece for pieces in parted.values() for piece in pieces])
    cues = [_Cue(piece, subject(analysis, piece.head)) for piece in parted[Part.CUE]]
    for cue in cues:
        cue.source = _best_source(analysis, cue, cues, sources, likely)
    loose = _give_contents(analysis, cues, contents, likely)
    joined = [Joined(c.source, c.piece.role, tuple(c.contents)) for c in cues if c.contents]
    return _go_on(analysis, joined, loose, sources, likely)


def _piece(analysis: Analysis, role: Role) -> _Piece | None:
    extent = role.extent
    tokens = analysis.tokens_in(role.spans[0] if role.part is Part.CONTENT else extent)
    if not tokens and tokens.start < len(analysis.tokens) and role.part is Part.CUE:
        # The dash of "- Name" may be a list item's marker, which is in no block: the name stands for it.
        tokens = range(tokens.start, tokens.start + 1)
    head = root(analysis, tokens)
    if head is None:
        return None
    return _Piece(role, extent, tokens, head, analysis.block_of(tokens[0]), analysis.tokens[head].sentence)


def _set_levels(contents: Sequence[_Piece], pieces: Sequence[_Piece]) -> None:
    """Note for each piece which contents hold it (its own number too, for a content), in one sweep over the text."""
    opening = sorted((s.start, -s.end, n) for n, piece in enumerate(contents) for s in piece.role.spans)
    active: list[tuple[int, int]] = []
    at = 0
    for piece in sorted(pieces, key=lambda p: p.extent):
        while at < len(opening) and opening[at][0] <= piece.extent.start:
            active.append((-opening[at][1], opening[at][2]))
            at += 1
        active = [(end, number) for end, number in active if end > piece.extent.start]
        piece.level = frozenset(number for end, number in active if end >= piece.extent.end)


def _gap(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _near(cues: Sequence[_Cue], low: int, high: int) -> range:
    """The numbers of the cues that begin between two positions."""
    first = bisect_left(cues, low, key=lambda c: c.piece.extent.start)
    return range(first, bisect_right(cues, high, key=lambda c: c.piece.extent.start))


def _best_source(
    analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], sources: Sequence[_Piece], likely: Likely | None
) -> Role | None:
    place = cue.piece.extent
    first = bisect_left(sources, place.start - REACH - _LONGEST_SOURCE, key=lambda p: p.extent.start)
    last = bisect_right(sources, place.end + REACH, key=lambda p: p.extent.start)
    best: tuple[float, Role] | None = None
    for source in sources[first:last]:
        score = _source_score(analysis, cue, cues, source)
        if likely and score > FAR:
            score += SOURCE * (likely(Link.SOURCE_OF_CUE, cue.piece.role, source.role) - SHIFT)
        if score > 0 and (best is None or score > best[0]):
            best = (score, source.role)
    return best[1] if best else None


def _source_score(analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], source: _Piece) -> float:
    """How well `source` fits `cue`; 0 or less where it does not."""
    own = cue.piece
    gap = _gap(source.extent, own.extent)
    if gap > REACH or source.block != own.block:
        return FAR
    if source.level != own.level and not own.extent.overlaps(source.extent):
        return FAR
    if _undergoes(analysis, source.head, own.head):
        return FAR
    score = 2.0 - gap / 120
    if cue.subject is not None and cue.subject in source.tokens:
        score += 4
    if _governed(analysis, source.head, own.head):
        score += 2
    if analysis.tokens[source.tokens[0]].sentence != own.sentence:
        score -= 2
    low, high = sorted((source.extent.start, own.extent.start))
    between = sum(cues[n].piece.level == own.level for n in _near(cues, low + 1, high - 1))
    return score - 0.7 * between


def _turns(text: str, place: Span, content: Span) -> bool:
    """Whether a semicolon gives the turn to another ("..., Ardania says; Velmark denies it")."""
    between = text[min(place.end, content.end) : max(place.start, content.start)]
    return ";" in between and text[content.start] not in _QUOTES


def _undergoes(analysis: Analysis, index: int, verb: int) -> bool:
    """Whether the token is the subject of a passive verb, who is told or accused and says nothing ("X was quoted as
    saying" apart)."""
    token, governor = analysis.tokens[index], analysis.tokens[verb]
    if governor.tag == "VBN" and governor.dep == rel.ADVCL and token.head == governor.head and token.dep == rel.NSUBJ:
        return True  # "Asked whether it was so, she said ..."
    return token.dep == rel.NSUBJ_PASS and token.head == verb and analysis.tokens[verb].lemma not in _SPOKEN


# The verbs of which the passive's subject speaks or feels ("was quoted as saying", "is convinced that").
_SPOKEN = words_of("verbs of their own subject")


def _governed(analysis: Analysis, index: int, by: int) -> bool:
    """Whether `by` governs the token directly, or through a preposition ("said by", "according to", "claim of")."""
    head = analysis.tokens[index].head
    if head == by:
        return True
    return analysis.tokens[head].dep in (rel.PREP, rel.AGENT, rel.PCOMP) and analysis.tokens[head].head == by


def _give_contents(
    analysis: Analysis, cues: Sequence[_Cue], contents: Sequence[_Piece], likely: Likely | None
) -> list[_Piece]:
    """Give each content to the cue that fits it best; those that fit none are returned."""
    scored: list[tuple[float, int, int]] = []
    for order, content in enumerate(contents):
        reached = {
            number
            for span in content.role.spans
            for number in _near(cues, span.start - REACH - _LONGEST_CUE, span.end + REACH)
        }
        for number in reached:
            chance = likely(Link.CUE_OF_CONTENT, content.role, cues[number].piece.role) if likely else None
            score = _content_score(analysis, cues[number], cues, content, order, chance)
            if chance is not None and score > FAR:
                score += CONTENT * (chance - SHIFT)
            if score > 0:
                scored.append((-score, number, order))
    given: set[int] = set()
    for score, number, order in sorted(scored):
        # A cue that has a content takes another only where little doubt is left, or as the other half of a frame.
        if order in given or (cues[number].contents and -score < 1.5):
            continue
        given.add(order)
        cues[number].contents.append(contents[order].role)
    for cue in cues:
        cue.contents.sort(key=lambda r: r.spans)
    return [content for order, content in enumerate(contents) if order not in given]


def _content_score(
    analysis: Analysis, cue: _Cue, cues: Sequence[_Cue], content: _Piece, order: int, chance: float | None
) -> float:
    own = cue.piece
    gap = min(_gap(span, own.extent) for span in content.role.spans)
    if gap > REACH or order in own.level or content.level - {order} != own.level:
        return FAR
    # A release's first line stands above its content, a signature below it.
    if content.block != own.block and (gap > BESIDE or (chance is not None and chance < GOES_ON)):
        return FAR
    score = 2.0 - gap / 60
    if chance is not None and _turns(analysis.document.text, own.extent, content.extent):
        return FAR
    if _leads_to(analysis, content.head, own.head):
        score += 3
    elif _leads_to(analysis, own.head, content.head):
        score += 2
    if not any(analysis.tokens[i].sentence == own.sentence for s in content.role.spans for i in _ends(analysis, s)):
        score -= 1.0
    low, high = sorted((content.extent.start, own.extent.start))
    for number in _near(cues, low + 1, high - 1):
        other = cues[number].piece
        if other.level == own.level and not content.extent.contains(other.extent):
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


def _go_on(
    analysis: Analysis, joined: list[Joined], loose: Sequence[_Piece], sources: Sequence[_Piece], likely: Likely | None
) -> list[Joined]:
    """Give contents that no cue took to the attribution before them, in their block or at the end of the last; where
    a tagger knows better, to the source that it names, or to nobody."""
    result = sorted(joined, key=lambda j: j.content)
    held = Intervals((span, None) for one in result for span in one.content)
    ends = sorted((one.content[-1].end, number) for number, one in enumerate(result) if not _nested(one, held))
    for content in loose:
        # A loose piece of what is somebody's content already (words quoted within a clause) says nothing more.
        if any(_within(held, span) for span in content.role.spans):
            continue
        before = _before(analysis, content, ends, result)
        if before is not None and likely:
            cue, end = result[before].cue, result[before].content[-1].end
            beside = analysis.document.text.count("\n", end, content.extent.start) == 0
            turned = _turns(analysis.document.text, Span(end - 1, end), content.extent)
            if turned or (not beside and (cue is None or likely(Link.CUE_OF_CONTENT, content.role, cue) < GOES_ON)):
                before = None
        if before is None:
            source = _alone(content, sources, likely) if likely else None
            result.append(Joined(source, None, (content.role,)))
            continue
        one = result[before]
        result[before] = Joined(one.source, one.cue, (*one.contents, content.role))
        insort(ends, (content.extent.end, before))
    return sorted(result, key=lambda j: j.content)


def _alone(content: _Piece, sources: Sequence[_Piece], likely: Likely) -> Role | None:
    """The source of a content without a cue."""
    first = bisect_left(sources, content.extent.start - REACH - _LONGEST_SOURCE, key=lambda p: p.extent.start)
    last = bisect_right(sources, content.extent.end + REACH, key=lambda p: p.extent.start)
    near = [(likely(Link.SOURCE_OF_CONTENT, content.role, source.role), source.role) for source in sources[first:last]]
    chance, best = max(near, default=(0.0, None), key=lambda pair: pair[0])
    return best if chance >= 0.5 else None


def _before(
    analysis: Analysis, content: _Piece, ends: Sequence[tuple[int, int]], result: Sequence[Joined]
) -> int | None:
    """The attribution that ends last before the content, in its block or the one before; None where there is none."""
    for at in range(bisect_right(ends, (content.extent.start, len(result))) - 1, -1, -1):
        tokens = analysis.tokens_in(Span(max(0, ends[at][0] - 1), ends[at][0]))
        last = tokens.start if tokens else tokens.start - 1
        if last < 0 or analysis.block_of(last) < content.block - 1:
            return None
        return ends[at][1]
    return None


def _nested(one: Joined, held: Intervals[None]) -> bool:
    return one.cue is not None and _within(held, one.cue.extent)


def _within(held: Intervals[None], span: Span) -> bool:
    return next(held.holding(span), None) is not None
