"""Attributions as the tagger sees them: its word-piece labels made spans, its links made attributions.

The labels are those of PolNeAR (Newell, Margolin and Ruths 2018): source, cue and content, flat. What is said inside
a content is left to the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from purport.analysis import Analysis, Link, Tagged
from purport.document import trimmed
from purport.extract.join import Joined
from purport.extract.roles import Part, Role

PARTS = (Part.SOURCE, Part.CUE, Part.CONTENT)


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where the line is drawn: what is added to the logarithm of each part's probability before the likeliest is
    taken, and how likely "none" must be for a span to be joined to nothing. Tuned on articles held out of training."""

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    alone: float = 0.5


DEFAULT = Leaning()


@dataclass(frozen=True, slots=True)
class _Found:
    """Spans of one part: ranges of pieces, and the mean probability of the part over their words."""

    ranges: NDArray[np.int64]
    sure: NDArray[np.float64]


def tagged_attributions(analysis: Analysis, leaning: Leaning = DEFAULT) -> list[Joined]:
    """The attributions that the tagger finds, in the order of their contents; none where there is no tagger."""
    tagged = analysis.tagged
    if tagged is None or not len(tagged.start):
        return []
    source, cue, content = spans_of(tagged, leaning)
    return list(_joined(analysis.document.text, tagged, source, cue, content, leaning))


def spans_of(tagged: Tagged, leaning: Leaning = DEFAULT) -> list[_Found]:
    """Sources, cues and contents as ranges of pieces. A word's probability is the mean of its pieces'."""
    words = np.flatnonzero(tagged.first)
    ends = np.append(words[1:], len(tagged.first))
    pieces = (ends - words).astype(np.float64)[:, None]
    chances = tagged.chances.astype(np.float64)
    by_part = np.stack([chances[:, 0], *(chances[:, 2 * n + 1] + chances[:, 2 * n + 2] for n in range(3))], axis=1)
    share = np.add.reduceat(by_part, words, axis=0) / pieces
    weighed = np.log(np.maximum(share, 1e-9)) + np.array([0.0, leaning.source, leaning.cue, leaning.content])
    chosen = weighed.argmax(axis=1)
    block = tagged.block[words]
    opens = np.ones(len(words), np.bool_)
    begins = chances[words[:, None], 2 * np.maximum(chosen, 1)[:, None] - 1][:, 0]
    inside = chances[words[:, None], 2 * np.maximum(chosen, 1)[:, None]][:, 0]
    opens[1:] = (chosen[1:] != chosen[:-1]) | (block[1:] != block[:-1]) | (begins[1:] > inside[1:])
    heads = np.flatnonzero(opens)
    tails = np.append(heads[1:], len(words))
    found = []
    for part in range(1, 4):
        own = np.flatnonzero(chosen[heads] == part)
        ranges = np.stack([words[heads[own]], ends[tails[own] - 1]], axis=1).reshape(-1, 2)
        sure = np.array([share[heads[n] : tails[n], part].mean() for n in own])
        found.append(_Found(ranges, sure))
    return found


def _joined(
    text: str, tagged: Tagged, source: _Found, cue: _Found, content: _Found, leaning: Leaning
) -> Iterator[Joined]:
    def role(part: Part, found: _Found, number: int, link: float) -> Role | None:
        first, last = found.ranges[number]
        span = trimmed(text, int(tagged.start[first]), int(tagged.end[last - 1]))
        return Role((span,), part, float(found.sure[number]) * link) if span else None

    cue_of = tagged.links(Link.CUE_OF_CONTENT, content.ranges, cue.ranges)
    source_of = tagged.links(Link.SOURCE_OF_CUE, cue.ranges, source.ranges)
    other_of = tagged.links(Link.SOURCE_OF_CONTENT, content.ranges, source.ranges)
    by_cue: dict[int, list[Role]] = {}
    for number in range(len(content.ranges)):
        chosen, link = _chosen(cue_of[number], leaning.alone)
        own = role(Part.CONTENT, content, number, link)
        if own is None:
            continue
        if chosen is not None:
            by_cue.setdefault(chosen, []).append(own)
            continue
        chosen, link = _chosen(other_of[number], leaning.alone)
        yield Joined(None if chosen is None else role(Part.SOURCE, source, chosen, link), None, (own,))
    for number, contents in by_cue.items():
        chosen, link = _chosen(source_of[number], leaning.alone)
        whose = None if chosen is None else role(Part.SOURCE, source, chosen, link)
        yield Joined(whose, role(Part.CUE, cue, number, 1.0), tuple(contents))


def _chosen(chances: NDArray[np.float32], alone: float) -> tuple[int | None, float]:
    """The likeliest of those offered with its probability, or None where "none" is likelier than `alone`."""
    if len(chances) == 1 or chances[-1] > alone:
        return None, float(chances[-1])
    best = int(chances[:-1].argmax())
    return best, float(chances[best])
