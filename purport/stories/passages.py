"""Passages that two documents share, copied or lightly changed: words replaced, cut, reordered, other marks.

Seeds are four words in a row, and five of which the third may be another, whatever their case and the marks between
them; seeds that lie along one line are one passage, which is then grown word by word as long as enough agrees (seed and
extend, with a drop-off; Altschul et al. 1990). Whole documents are not compared, so that one sentence is found in a
long article. Work is bounded: a seed that many documents have is a fixed phrase and is no seed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from purport.stories.places import Places, places_of
from purport.stories.texts import StoryText

LEAST_SIMILAR = 0.55
"""The share of words in common (0..1) from which on two places are one passage."""
_LEAST_WORDS = 8
_LEAST_TELLING = 3
"""Different words of a passage that are no names, numbers or words of every text; with fewer it is a fixed phrase."""
_MOST_HOLDERS = 60
"""Places that have a seed, at most; what more have is a fixed phrase."""
_OF_ONE_OUTLET = 5
"""Documents of one outlet from which on a seed is that outlet's own fixed phrase."""
_TWICE = 2
"""Places of one document at most that a seed is looked up by."""
_HITS = 4_000
"""Seeds in common of two documents that are looked at."""
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
_AT_ONCE = 4_000_000
"""Words whose seeds are sorted together; more are done in parts, for the room they take."""
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_SKIPPED = np.uint64(0xA0761D6478BD642F)
Hashes = NDArray[np.uint64]
Hits = NDArray[np.int64]
"""Rows of four numbers: the one document, the word in it, the other document, the word in that."""
Pairs = list[tuple[int, int]]
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
    every = list(unique.values())
    known: dict[str, int] = {}
    read = [places_of(one.text, known) for one in every]
    outlets: dict[str, int] = {}
    codes = np.array([outlets.setdefault(one.outlet, len(outlets)) if one.outlet else -1 for one in every])
    found: list[Passage] = []
    for one, other, pairs in _by_pair(_hits(read, codes)):
        a, b = every[one], every[other]
        places = list(_aligned(read[one], read[other], pairs, least))
        first = _first(a, b) if places else None
        found += [_passage((a, b), (read[one], read[other]), place, first) for place in places]
    return sorted(found, key=lambda one: (one.a, one.b, one.a_start, one.b_start))


def _passage(
    texts: tuple[StoryText, StoryText], read: tuple[Places, Places], place: _Place, first: str | None
) -> Passage:
    (a, b), ((a_from, a_to), (b_from, b_to), like) = texts, place
    starts, ends = (read[0].starts[a_from], read[1].starts[b_from]), (read[0].ends[a_to - 1], read[1].ends[b_to - 1])
    return Passage(a.id, starts[0], ends[0], b.id, starts[1], ends[1], round(like, 4), first)


def _hits(read: Sequence[Places], outlets: NDArray[np.int64]) -> Hits:
    """The seeds that two documents have in common, by pairs of documents and places."""
    total = sum(len(one.hashes) for one in read)
    parts = np.uint64(1 + total // _AT_ONCE)
    found: list[Hits] = []
    for part in range(int(parts)):
        seeds: list[Hashes] = []
        owners: list[NDArray[np.int64]] = []
        words: list[NDArray[np.int64]] = []
        for number, one in enumerate(read):
            mixed, at = _seeds(one.hashes)
            if parts > 1:
                own = mixed % parts == part
                mixed, at = mixed[own], at[own]
            seeds.append(mixed)
            words.append(at)
            owners.append(np.full(len(at), number, dtype=np.int64))
        if seeds:
            found.append(_common(np.concatenate(seeds), np.concatenate(owners), np.concatenate(words), outlets))
    hits = np.concatenate(found) if found else np.zeros((0, 4), np.int64)
    return hits[np.lexsort((hits[:, 3], hits[:, 1], hits[:, 2], hits[:, 0]))]


def _seeds(words: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """The seeds of a text and the words with which they begin."""
    if len(words) < 4:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    four = (np.lib.stride_tricks.sliding_window_view(words, 4) * _FACTORS).sum(axis=1, dtype=np.uint64)
    at = np.arange(len(four), dtype=np.int64)
    if len(words) < 5:
        return four, at
    around = np.stack([words[:-4], words[1:-3], words[3:-1], words[4:]], axis=1)
    skipping = (around * _FACTORS).sum(axis=1, dtype=np.uint64) * _SKIPPED
    return np.concatenate([four, skipping]), np.concatenate([at, at[:-1]])


def _common(seeds: Hashes, owners: NDArray[np.int64], words: NDArray[np.int64], outlets: NDArray[np.int64]) -> Hits:
    order = np.lexsort((words, owners, seeds))
    seeds, owners, words = seeds[order], owners[order], words[order]
    again = np.zeros(len(seeds), dtype=bool)
    if len(seeds) > _TWICE:
        again[_TWICE:] = (seeds[_TWICE:] == seeds[:-_TWICE]) & (owners[_TWICE:] == owners[:-_TWICE])
    seeds, owners, words = seeds[~again], owners[~again], words[~again]
    if not len(seeds):
        return np.zeros((0, 4), np.int64)
    group = np.cumsum(np.concatenate([[False], seeds[1:] != seeds[:-1]]))
    sizes = np.bincount(group)
    fixed = (sizes < 2) | (sizes > _MOST_HOLDERS)
    new = np.concatenate([[True], (group[1:] != group[:-1]) | (owners[1:] != owners[:-1])]) & (outlets[owners] >= 0)
    span = int(outlets.max(initial=0)) + 1
    keys, counts = np.unique(group[new] * span + outlets[owners[new]], return_counts=True)
    fixed[keys[counts >= _OF_ONE_OUTLET] // span] = True
    kept = ~fixed[group]
    group, owners, words = group[kept], owners[kept], words[kept]
    found: list[Hits] = []
    for step in range(1, min(_MOST_HOLDERS, len(group))):
        same = (group[step:] == group[:-step]) & (owners[step:] != owners[:-step])
        if not same.any():
            if not (group[step:] == group[:-step]).any():
                break
            continue
        columns = (owners[:-step][same], words[:-step][same], owners[step:][same], words[step:][same])
        found.append(np.stack(columns, axis=1))
    return np.concatenate(found) if found else np.zeros((0, 4), np.int64)


def _by_pair(hits: Hits) -> Iterator[tuple[int, int, Pairs]]:
    """The hits of each two documents."""
    if not len(hits):
        return
    changes = np.nonzero((hits[1:, 0] != hits[:-1, 0]) | (hits[1:, 2] != hits[:-1, 2]))[0] + 1
    for begin, end in zip([0, *changes.tolist()], [*changes.tolist(), len(hits)], strict=True):
        some = hits[begin : min(end, begin + _HITS)]
        yield int(some[0, 0]), int(some[0, 2]), list(zip(some[:, 1].tolist(), some[:, 3].tolist(), strict=True))


def _aligned(a: Places, b: Places, hits: Pairs, least: float) -> Iterator[_Place]:
    """The passages of two documents as ranges of words, with their similarity; no two in the same places."""
    taken: list[_Place] = []
    grown = {_grown(a, b, chain) for chain in _chains(hits)}
    for one in sorted(grown, key=lambda place: (place[0][0] - place[0][1], place)):
        (a_from, a_to), (b_from, b_to) = one
        if any(_within(one[0], other[0]) and _within(one[1], other[1]) for other in taken):
            continue
        shared = Counter(a.words[a_from:a_to]) & Counter(b.words[b_from:b_to])
        common = shared.total()
        like = common / max(a_to - a_from, b_to - b_from)
        told = len(shared.keys() & (_telling(a, a_from, a_to) | _telling(b, b_from, b_to)))
        if common < _LEAST_WORDS or like < least or told < _LEAST_TELLING:
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


def _grown(a: Places, b: Places, chain: tuple[int, int, int, int]) -> tuple[_Range, _Range]:
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


def _telling(places: Places, begin: int, end: int) -> set[int]:
    """The words beside names, numbers and words of every text; text in capitals hides them all."""
    return {places.words[at] for at in range(begin, end) if places.telling[at]}


def _first(a: StoryText, b: StoryText) -> str | None:
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
