"""Passages that two documents share, copied or lightly changed: words replaced, cut, reordered, other marks.

Seeds (`purport.stories.seeds`) that lie along one line are one passage, which is then grown word by word as long as
enough agrees (seed and extend, with a drop-off; Altschul et al. 1990). Whole documents are not compared, so that one
sentence is found in a long article. What two documents share is found by what there was when the later one came, and
stays; what has become a fixed phrase since then is left out when it is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.stories.places import Codes, Places, Words, places_of, telling
from purport.stories.seeds import Seeded
from purport.stories.texts import StoryText, day_of

FORM = 1
"""A number that is another whenever the same documents would come out otherwise."""
LEAST_SIMILAR = 0.55
"""The share of words in common (0..1) from which on two places are one passage."""
_LEAST_WORDS = 8
_LEAST_TELLING = 3
"""Different words of a passage that are no names, numbers or words of every text; with fewer it is a fixed phrase."""
_GAP = 10
"""Words between two seeds of one passage, at most."""
_DRIFT = 6
"""Words by which one side of a passage may be longer than the other between two seeds."""
_DROP = 3
"""How far the score may fall while a passage is grown: a word in common counts 1, one that is not -1."""
_EDGE = 5
"""Words up to the end of a sentence that belong to a passage too."""
_MOST_PASSAGES = 200
"""Passages of two documents, at most: the longest."""
ROW, SEEDS, STEP = 7, 8, 10_000
"""Numbers of a row of what is shared, seeds that are kept of it, and steps of a similarity from 0 to 1."""
_WORDS_KEPT = 4_096
"""Documents whose words are kept at hand."""
Pairs = Sequence[tuple[int, int]]
_Range = tuple[int, int]
_Place = tuple[_Range, _Range, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two documents share. `a` and `b` are ids, `a` the smaller; places are code points of their texts, ends
    exclusive; `similarity` (0..1) is the share of words in common. `first` is the id of the document that had it first,
    by a credit line or else by date; None where neither tells."""

    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int
    similarity: float
    first: str | None


class Listed(NamedTuple):
    """A document in the order in which documents are compared: by day, then by id."""

    day: int
    id: str
    outlet: str


class Shared(NamedTuple):
    """What documents share, a row each. `rows` has the numbers of two documents, the earlier first, from which word to
    before which in the one and in the other, and the share of words in common in steps of 1/10,000; `seeds` has up to 8
    seeds in it, else 0, which tell whether it has become a fixed phrase."""

    rows: NDArray[np.int64]
    seeds: NDArray[np.uint32]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], seeds: Sequence[Sequence[int]]) -> Shared:
        """That of lists."""
        return cls(np.array(rows, dtype=np.int64).reshape(-1, ROW), np.array(seeds, dtype=np.uint32).reshape(-1, SEEDS))

    @classmethod
    def joined(cls, several: Sequence[Shared]) -> Shared:
        """All rows of several."""
        empty = cls.of([], [])
        return cls(
            np.concatenate([empty.rows, *(one.rows for one in several)]),
            np.concatenate([empty.seeds, *(one.seeds for one in several)]),
        )

    def where(self, kept: NDArray[np.bool_]) -> Shared:
        """Some of the rows."""
        return Shared(self.rows[kept], self.seeds[kept])


def passages(texts: Iterable[StoryText], least: float = LEAST_SIMILAR) -> list[Passage]:
    """The passages that each two of the texts share, each pair of places once, by ids and places.

    Left out are fixed phrases, titles and names: what has fewer than three telling words, and what many documents, or
    several of one outlet, have. The order of `texts` does not matter. `least` is the least similarity (0..1); raises
    `ValueError` for one outside of that.
    """
    if not 0 <= least <= 1:
        raise ValueError(f"a similarity lies between 0 and 1, not {least!r}")
    unique: dict[str, StoryText] = {}
    for text in sorted(texts, key=lambda one: (one.id, one.text)):
        unique.setdefault(text.id, text)
    order = sorted(Listed(day_of(one.published), one.id, one.outlet) for one in unique.values())
    known: dict[str, int] = {}
    read = [places_of(unique[one.id].text, known) for one in order]
    seeded = seeded_of(order, [one.codes for one in read])
    found = unfixed(seeded, Shared.joined(list(shared(seeded))))
    return sorted(
        (told(row, order, read.__getitem__, unique) for row in found.rows.tolist() if row[-1] >= least * STEP),
        key=lambda one: (one.a, one.b, one.a_start, one.b_start),
    )


def signatures(order: Sequence[Listed]) -> dict[int, str]:
    """By day, what is another whenever what documents of the day share with those before them would be: all documents
    up to then, with their outlets."""
    found: dict[int, str] = {}
    mixed = blake2b(str(FORM).encode(), digest_size=16)
    for day, own in groupby(order, key=lambda one: one.day):
        mixed.update(repr([tuple(one) for one in own]).encode("utf-8", "replace"))
        found[day] = mixed.hexdigest()
    return found


def seeded_of(order: Sequence[Listed], codes: Sequence[Codes]) -> Seeded:
    """Documents in their order with their words."""
    outlets: dict[str, int] = {}
    numbers = [outlets.setdefault(one.outlet, len(outlets)) if one.outlet else -1 for one in order]
    return Seeded(codes, numbers, [one.day for one in order])


def shared(seeded: Seeded, first: int = 0) -> Iterator[Shared]:
    """What each document from number `first` on shares with those before it, as it was when it came."""
    words = lru_cache(_WORDS_KEPT)(lambda number: Words.of(seeded.of(number)))
    for own in seeded.hits(first):
        rows: list[tuple[int, ...]] = []
        seeds: list[list[int]] = []
        for hits in own:
            for mine, theirs, like in _aligned(words(hits.one), words(hits.other), hits.places, LEAST_SIMILAR):
                part = slice(bisect_left(hits.places, (mine[0], 0)), bisect_left(hits.places, (mine[1], 0)))
                along = zip(hits.places[part], hits.seeds[part], strict=True)
                inside = [seed for (_, y), seed in along if theirs[0] <= y < theirs[1]]
                spread = inside[:: max(1, -(-len(inside) // SEEDS))]
                rows.append((hits.one, hits.other, *mine, *theirs, round(like * STEP)))
                seeds.append([*spread, *[0] * (SEEDS - len(spread))])
        yield Shared.of(rows, seeds)


def unfixed(seeded: Seeded, found: Shared) -> Shared:
    """What is shared without what are fixed phrases by all that there is now."""
    phrases = seeded.fixed_now(found.seeds[found.seeds > 0])
    own: NDArray[np.bool_] = np.logical_or.reduce(~np.isin(found.seeds, phrases) & (found.seeds > 0), axis=1)
    return found.where(own)


def told(
    row: Sequence[int], order: Sequence[Listed], places: Callable[[int], Places], texts: Mapping[str, StoryText]
) -> Passage:
    """A row of what is shared as it is told, with its places in both texts and who had it first."""
    one, other, begin, end, there, until, like = row
    sides = sorted([(order[one].id, one, begin, end), (order[other].id, other, there, until)])
    (a, *_), (b, *_) = sides
    spans = [(places(number).starts[first], places(number).ends[last - 1]) for _, number, first, last in sides]
    return Passage(a, *spans[0], b, *spans[1], like / STEP, first_of(texts[a], texts[b]))


def _aligned(a: Words, b: Words, hits: Pairs, least: float) -> Iterator[_Place]:
    """The passages of two documents as ranges of words, with their similarity; no two in the same places."""
    taken: list[_Place] = []
    grown = {_grown(a, b, chain) for chain in _chains(hits)}
    for one in sorted(grown, key=lambda place: (place[0][0] - place[0][1], place)):
        (a_from, a_to), (b_from, b_to) = one
        if any(_within(one[0], other[0]) and _within(one[1], other[1]) for other in taken):
            continue
        both = Counter(a.words[a_from:a_to]) & Counter(b.words[b_from:b_to])
        common = both.total()
        like = common / max(a_to - a_from, b_to - b_from)
        telling_ = len(both.keys() & (telling(a, a_from, a_to) | telling(b, b_from, b_to)))
        if common < _LEAST_WORDS or like < least or telling_ < _LEAST_TELLING:
            continue
        taken.append((*one, like))
        if len(taken) >= _MOST_PASSAGES:
            break
    yield from taken


def _within(one: _Range, other: _Range) -> bool:
    """Whether half of a range lies in another."""
    return min(one[1], other[1]) - max(one[0], other[0]) > 0.5 * (one[1] - one[0])


def _chains(hits: Pairs) -> Iterator[tuple[int, int, int, int]]:
    """Seeds along one line: the first and last word on one side, and on the other."""
    open_: dict[int, list[int]] = {}
    for x, y in hits:
        line = (y - x) // _DRIFT
        fitting = None
        for near in (line, line - 1, line + 1):
            chain = open_.get(near)
            if chain is None or abs((y - x) - (chain[3] - chain[1])) > _DRIFT:
                continue
            if x - chain[1] <= _GAP + 4 and -1 <= y - chain[3] <= _GAP + 4:
                fitting = near
                break
        if fitting is None:
            if line in open_:
                begun = open_[line]
                yield begun[0], begun[1], begun[2], begun[3]
            open_[line] = [x, x, y, y]
            continue
        chain = open_[fitting]
        chain[1], chain[3] = max(chain[1], x), max(chain[3], y)
    for chain in open_.values():
        yield chain[0], chain[1], chain[2], chain[3]


def _grown(a: Words, b: Words, chain: tuple[int, int, int, int]) -> tuple[_Range, _Range]:
    """A chain of seeds grown to both sides, and to the ends of sentences that are near."""
    x, y = _walk(a.words, b.words, chain[0], chain[2], -1)
    to_x, to_y = _walk(a.words, b.words, chain[1] + 3, chain[3] + 3, 1)
    x, y = _edge(a.opens, b.opens, x, y, -1)
    to_x, to_y = _edge(a.closes, b.closes, to_x, to_y, 1)
    return (x, to_x + 1), (y, to_y + 1)


_STEPS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (3, 3))
"""How many words further the next one in common may be, on either side."""


def _walk(a: Sequence[int], b: Sequence[int], x: int, y: int, way: int) -> tuple[int, int]:
    """The furthest words up to which enough is in common, from two that are, in one direction."""
    best, best_at, score = 0, (x, y), 0
    while score > best - _DROP:
        for by_x, by_y in _STEPS:
            next_x, next_y = x + way * by_x, y + way * by_y
            if 0 <= next_x < len(a) and 0 <= next_y < len(b) and a[next_x] == b[next_y]:
                skipped = max(by_x, by_y) - 1
                after_x, after_y = next_x + way, next_y + way
                sure = 0 <= after_x < len(a) and 0 <= after_y < len(b) and a[after_x] == b[after_y]
                if skipped and not sure:
                    continue
                x, y, score = next_x, next_y, score + 1 - skipped
                break
        else:
            break
        if score > best:
            best, best_at = score, (x, y)
    return best_at


def _edge(a: frozenset[int], b: frozenset[int], x: int, y: int, way: int) -> tuple[int, int]:
    """The first or last words of the sentences, where both are near."""
    ours = next((x + way * step for step in range(_EDGE + 1) if x + way * step in a), None)
    theirs = next((y + way * step for step in range(_EDGE + 1) if y + way * step in b), None)
    if ours is None or theirs is None or ours == x or theirs == y:
        return x, y  # what only one side has is no part of what both share
    return ours, theirs


def first_of(a: StoryText, b: StoryText) -> str | None:
    """The id of the document that had its words first: the one that the other credits, else the earlier one."""
    if a.outlet != b.outlet:
        credits = [(one.id, _credits(other, one.outlet)) for one, other in ((a, b), (b, a))]
        named = [id for id, credited in credits if credited]
        if len(named) == 1:
            return named[0]
    if a.day is None or b.day is None or a.day == b.day:
        return None
    return a.id if a.day < b.day else b.id


_DATELINE = 300
"""Code points of a text's beginning and end in which a credit stands."""
_PAIRS_KEPT = 4096
"""Texts and outlets of which is known whether one credits the other: two long texts share many passages."""


@lru_cache(_PAIRS_KEPT)
def _credits(text: StoryText, outlet: str) -> bool:
    """Whether a text says that its words are an outlet's: as its author; by "(Halyard)", "(HW)", "by Halyard Wire",
    "Source: Halyard Wire" or its name in a line of its own at an end; or as what the outlet said in a statement."""
    name = _bare(outlet)
    if not name:
        return False
    if _bare(text.author) == name:
        return True
    ends = f"{text.text[:_DATELINE]}\n{text.text[-_DATELINE:]}"
    short = "".join(word[0] for word in outlet.split() if word[0].isupper() and word.lower() != "the")
    if len(short) > 1 and f"({short})" in ends:
        return True
    low = ends.casefold()
    told = ("({})", "(the {})", "by {}", "by the {}", "source: {}", "source: the {}", "via {}", "via the {}")
    if f"({name.split()[0]})" in low or any(one.format(name) in low for one in told):
        return True
    if any(_bare(line.strip(_MARKS)) == name for line in ends.splitlines()):
        return True
    return re.search(rf"\b{re.escape(name)}[^.\n]{{0,80}}\b(?:{_ISSUED})\b", text.text.casefold()) is not None


_MARKS = " -–—/|()[]*."
_ISSUED = "statement|communiqué|communique|press release|news release"


def _bare(name: str) -> str:
    """A name without case and article."""
    return " ".join(name.split()).casefold().removeprefix("the ")
