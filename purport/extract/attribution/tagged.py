"""Roles as the tagger sees them: its labels for word pieces made spans, its links made likelihoods.

The labels are those of PolNeAR (Newell, Margolin and Ruths 2018): source, cue and content, flat. What is said inside
a content is left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from purport.extract.attribution.quotations import Quotation
from purport.extract.attribution.roles import Part, Role
from purport.model.analysis import Analysis, Link, Tagged
from purport.model.document import Span, Spans, trimmed
from purport.syntax import relations as rel
from purport.syntax.intervals import Intervals

PARTS = (Part.SOURCE, Part.CUE, Part.CONTENT)
LABELS = 7
"""Nothing; beginning and inside of a source, of a cue, of a content."""
_NEVER = 1e-6

Likely = Callable[[Link, Role, Role], float]
"""How likely it is, 0..1, that the first role belongs to the second; 0.0 also for those that no tagger found."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Spans of one part: ranges of pieces (n by 2, half-open), and their words' mean probability of the part."""

    ranges: NDArray[np.int64]
    sure: NDArray[np.float64]


def tagged_roles(analysis: Analysis, quoted: Sequence[Quotation] = ()) -> tuple[list[Role], Likely]:
    """The roles that the tagger finds, in order, and how likely they belong together; none where there is no tagger."""
    tagged = analysis.tagged
    if tagged is None or not len(tagged.start):
        return [], _unknown
    text = analysis.document.text
    found = stretches(tagged)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    taken = Intervals(
        (Span(int(tagged.start[first]), int(tagged.end[last - 1])), None)
        for own in found
        for first, last in own.ranges.tolist()
    )
    roles: list[Role] = []
    number: dict[tuple[Part, Spans], int] = {}
    for part, own in zip(PARTS, found, strict=True):
        for n, ((first, last), sure) in enumerate(zip(own.ranges.tolist(), own.sure.tolist(), strict=True)):
            whole = Span(int(tagged.start[first]), int(tagged.end[last - 1]))
            if part is not Part.CUE:
                whole = _whole(analysis, whole, taken)
            if part is Part.SOURCE:
                whole = _who(analysis, whole)
            if part is Part.CUE and _named(analysis, whole):
                continue
            cuts = _sentences(analysis, whole, marks) if part is Part.CONTENT else ()
            for start, end in pairwise((whole.start, *cuts, whole.end)):
                if end != whole.end and text[start] not in _QUOTES:
                    end = start + len(text[start:end].rstrip().removesuffix("."))
                span = _span(text, start, end, part)
                if span:
                    roles.append(Role((span,), part, sure))
                    number[part, (span,)] = n
    source, cue, content = (own.ranges for own in found)
    chances = {
        Link.CUE_OF_CONTENT: tagged.links(Link.CUE_OF_CONTENT, content, cue),
        Link.SOURCE_OF_CUE: tagged.links(Link.SOURCE_OF_CUE, cue, source),
        Link.SOURCE_OF_CONTENT: tagged.links(Link.SOURCE_OF_CONTENT, content, source),
    }

    def likely(link: Link, one: Role, other: Role) -> float:
        row, column = number.get((one.part, one.spans)), number.get((other.part, other.spans))
        return 0.0 if row is None or column is None else float(chances[link][row, column])

    return sorted(roles), likely


_QUOTES = "\"“”„«»‘’'"
_STOP = re.compile(rf"[.?!…][{_QUOTES}]?\s*$")
_MARKS = re.compile(r"[\"“”„«»]")


_LEADS_ON = frozenset(
    {
        rel.DET,
        rel.AMOD,
        rel.COMPOUND,
        rel.POSS,
        rel.NUMMOD,
        rel.AUX,
        rel.AUX_PASS,
        rel.PREP,
        rel.CASE,
        rel.NEG,
        rel.QUANTMOD,
    }
)


def _whole(analysis: Analysis, span: Span, taken: Intervals[None]) -> Span:
    """The span drawn out to the end of the phrase that it breaks off in ("between the", "wants to"), unless
    another part stands there."""
    tokens = analysis.tokens_in(span)
    if not tokens:
        return span
    last = analysis.tokens[tokens[-1]]
    if last.dep not in _LEADS_ON:
        return span
    edge = analysis.edges[last.i if last.dep == rel.PREP else last.head][1]
    end = analysis.tokens[edge].end
    if end <= span.end or next(taken.meeting(Span(span.end, end)), None) is not None:
        return span
    return Span(span.start, end)


def _named(analysis: Analysis, span: Span) -> bool:
    """Whether it is a name and nothing else, which is no cue ("by the agency Ardinform")."""
    words = [analysis.tokens[i] for i in analysis.tokens_in(span)]
    return bool(words) and all(token.tag in ("NNP", "NNPS") and analysis.word(token.i)[0].isupper() for token in words)


def _who(analysis: Analysis, span: Span) -> Span:
    """A source without the place that stands before it: of "In Halvenna the minister said" the minister."""
    tokens, own = analysis.tokens, analysis.tokens_in(span)
    if len(own) < 2 or tokens[own[0]].dep != rel.POBJ or tokens[own[0]].head != own[0] - 1:
        return span
    if any(tokens[i].dep == rel.NSUBJ and tokens[i].head not in own for i in own[1:]):
        return Span(tokens[own[1]].start, span.end)
    return span


def _sentences(analysis: Analysis, span: Span, marks: Intervals[None]) -> list[int]:
    """Where sentences begin inside the span and outside quotations: a clause that is reported ends with its own."""
    tokens = analysis.tokens_in(span)
    text = analysis.document.text
    starts = []
    for number in range(tokens.start + 1, tokens.stop):
        token = analysis.tokens[number]
        if token.sentence == analysis.tokens[number - 1].sentence or not _STOP.search(text, span.start, token.start):
            continue
        if any(piece.start < token.start < piece.end for piece, _ in marks.meeting(Span(token.start - 1, token.end))):
            continue
        # A quotation whose marks are odd is told by counting them.
        if text[span.start] in _QUOTES and len(_MARKS.findall(text, span.start, token.start)) % 2:
            continue
        starts.append(token.start)
    return starts


_LOOSE_END = re.compile(r"[\s,;]+(?:and|but|or|who|which|while)$", re.IGNORECASE)
"""What a content does not end with: a word that leads on to what was not taken in."""
_DAY = re.compile(r",?\s+(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)$")
"""What a source does not end with: "Ardania on Tuesday" is Ardania, and the day is when it spoke."""


def _span(text: str, start: int, end: int, part: Part) -> Span | None:
    """The place without white space at its ends; of a content without a word that hangs on its end, of a source without
    the day."""
    loose = {Part.CONTENT: _LOOSE_END, Part.SOURCE: _DAY}.get(part)
    hanging = loose.search(text, start, end) if loose is not None else None
    return trimmed(text, start, hanging.start() if hanging and hanging.start() > start else end)


def _unknown(_link: Link, _one: Role, _other: Role) -> float:
    return 0.0


def stretches(tagged: Tagged) -> tuple[Stretches, Stretches, Stretches]:
    """Sources, cues and contents: the likeliest sequence of labels, word by word (Viterbi 1967).

    A word's probability of a part is the mean of its pieces'; whether a part begins with it, its first piece tells.
    """
    words = np.flatnonzero(tagged.first)
    ends = np.append(words[1:], len(tagged.first))
    chances = tagged.chances.astype(np.float64)
    mean = np.add.reduceat(chances, words, axis=0) / (ends - words)[:, None]
    head = chances[words]
    shares = mean.copy()
    part = np.empty((len(words), 3))
    for n in range(3):
        begin, inside = 2 * n + 1, 2 * n + 2
        part[:, n] = mean[:, begin] + mean[:, inside]
        whole = head[:, begin] + head[:, inside] + _NEVER
        shares[:, begin] = part[:, n] * head[:, begin] / whole
        shares[:, inside] = part[:, n] * head[:, inside] / whole
    block = tagged.block[words]
    labels = likeliest(np.log(np.maximum(shares, _NEVER)), block, tagged.steps)
    new = np.append(True, block[1:] != block[:-1])
    found = []
    for n in range(3):
        own = (labels == 2 * n + 1) | (labels == 2 * n + 2)
        opens = own & ((labels == 2 * n + 1) | new | ~np.append(False, own[:-1]))
        stops = own & np.append(~own[1:] | opens[1:] | new[1:], True)
        first, last = np.flatnonzero(opens), np.flatnonzero(stops) + 1
        total = np.append(0.0, np.cumsum(part[:, n]))
        ranges = np.stack([words[first], ends[last - 1]], axis=1) if len(first) else np.zeros((0, 2), np.int64)
        found.append(Stretches(ranges, (total[last] - total[first]) / np.maximum(last - first, 1)))
    source, cue, content = found
    return source, cue, content


def likeliest(scores: NDArray[np.float64], block: NDArray[np.int64], steps: NDArray[np.float64]) -> NDArray[np.int64]:
    """The labels of the best path through each block; blocks are gone through side by side.

    `scores` is words by labels, `steps` the score of going from a label (a row; the last: from a block's beginning)
    to another (a column).
    """
    starts = np.flatnonzero(np.append(True, block[1:] != block[:-1]))
    lengths = np.diff(np.append(starts, len(block)))
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    reached = scores[starts] + steps[LABELS]
    came = np.zeros(scores.shape, np.int8)
    final = np.zeros(len(starts), np.int64)
    active = len(starts)
    for step in range(1, int(lengths[0]) + 1):
        ended = active
        while ended and lengths[ended - 1] == step:
            ended -= 1
        final[ended:active] = reached[ended:active].argmax(axis=1)
        active = ended
        if not active:
            break
        paths = reached[:active, :, None] + steps[None, :LABELS]
        best = paths.argmax(axis=1)
        at = starts[:active] + step
        came[at] = best
        reached = np.take_along_axis(paths, best[:, None], axis=1)[:, 0] + scores[at]
    labels = np.zeros(len(block), np.int64)
    active = 0
    label = final
    for step in range(int(lengths[0]) - 1, -1, -1):
        while active < len(lengths) and lengths[active] > step:
            active += 1
        at = starts[:active] + step
        labels[at] = label[:active]
        label = np.concatenate([came[at, label[:active]].astype(np.int64), label[active:]])
    return labels
