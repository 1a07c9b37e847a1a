"""Gold attributions in brat standoff, as word pieces with labels and links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.pieces import LENGTH, Pieces, Window, fit, laid_out
from purport.analyse.models.wordpiece import WordPiece
from purport.analyse.parser.english import cut
from purport.analyse.parser.name_placeholders import WORDS
from purport.evaluate import Gold, read_gold
from purport.model.document import Document
from purport.read.files import read_bytes

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")

Range = tuple[int, int]
"""Pieces `first` to `last` of an article, half-open."""


@dataclass(frozen=True)
class Marked:
    """One attribution as ranges of pieces by role, in the order of `ROLES`."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]

    @property
    def ranges(self) -> tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]:
        """All three, in the order of `ROLES`."""
        return self.source, self.cue, self.content


@dataclass(frozen=True)
class Article:
    """A text as pieces, with what each annotator found in it."""

    gold: Gold
    pieces: Pieces
    annotated: tuple[tuple[Marked, ...], ...]

    def held_out(self, share: float) -> bool:
        """Whether it is among the articles that are kept for tuning; a function of its name alone."""
        return int(hashlib.sha256(self.gold.name.encode()).hexdigest()[:8], 16) < share * 2**32

    @property
    def publisher(self) -> str:
        """What stands before the first underscore of its name."""
        return self.gold.name.split("_")[0]


def articles(folder: Path, tokenizer: WordPiece) -> list[Article]:
    """The gold in `folder`, in the order of its names."""
    return [_article(one, tokenizer) for one in read_gold(folder)]


def _article(one: Gold, tokenizer: WordPiece) -> Article:
    document = next(iter(read_bytes(one.text.encode(), f"{one.name}.txt")))
    if getattr(document, "text", None) != one.text:
        raise SystemExit(f"{one.name}: the reader's text is not the gold's")
    assert isinstance(document, Document)
    found = cut(document, tokenizer)
    annotated = tuple(
        tuple(Marked(*(_ranges(found, a.get(role, ())) for role in ROLES)) for a in every) for every in one.annotated
    )
    return Article(one, found, annotated)


def _ranges(found: Pieces, places: Sequence[tuple[int, int]]) -> tuple[Range, ...]:
    ranges: list[Range] = []
    for start, end in sorted(places):
        first, last = int(np.searchsorted(found.end, start, "right")), int(np.searchsorted(found.start, end, "left"))
        if ranges and ranges[-1][1] == first:
            ranges[-1] = (ranges[-1][0], last)
        elif first < last:
            ranges.append((first, last))
    return tuple(ranges)


class Shuffle:
    """Puts others of the words that stand for names (`purport.analyse.parser.name_placeholders.WORDS`) for those that
    do, each of the same kind and the same for the same, so that none of them comes to mean more than another."""

    def __init__(self, tokenizer: WordPiece, rng: Random) -> None:
        self._ids = np.arange(len(tokenizer.vocabulary))
        for words in WORDS.values():
            own = [tokenizer.vocabulary[word] for word in words]
            self._ids[own] = rng.sample(own, len(own))

    def __call__(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The ids with the others."""
        found: NDArray[np.int64] = self._ids[ids]
        return found


def labels(size: int, marked: Sequence[Marked]) -> NDArray[np.int64]:
    """A label, as its number in `LABELS`, for each of `size` pieces. Where attributions overlap, sources and cues go
    over contents, since they are the shorter."""
    found = np.zeros(size, np.int64)
    for role in (2, 0, 1):
        for one in marked:
            for first, last in one.ranges[role]:
                found[first:last] = 2 * role + 2
                found[first] = 2 * role + 1
    return found


@dataclass(frozen=True)
class Example:
    """One window to learn from: ids and labels by position (-100 where there is no piece), and spans of positions.

    `links` are, for each kind of link, pairs of a span's number among those asking and the number of the one offered
    (the number of those offered where there is none).
    """

    ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    block: NDArray[np.int64]
    cues: NDArray[np.int64]
    sources: NDArray[np.int64]
    asking: tuple[NDArray[np.int64], ...]
    answers: tuple[NDArray[np.int64], ...]


MARKS = (101, 102)
"""The ids of [CLS] and [SEP] in the encoder's vocabulary."""
DOUBLE, SINGLE, HIDDEN = 1000, 1005, 103
"""The ids of a double and a single quotation mark, and of [MASK]."""


def examples(
    article: Article, rng: Random, shuffle: Shuffle, *, hidden: float, single: float, missed: float
) -> Iterator[Example]:
    """The article cut into windows that begin at random places, with the words for names shuffled. A share `hidden` of
    its pieces is masked, and in a share `single` of the articles double quotation marks are made single. Of cues and of
    sources a share `missed` is not offered to what asks for one, as when they are not found."""
    found = article.pieces
    if not len(found):
        return
    marked = rng.choice(article.annotated)
    tags = labels(len(found), marked)
    ids = shuffle(found.ids)
    if rng.random() < single:
        ids[ids == DOUBLE] = SINGLE
    ids[[n for n in range(len(ids)) if rng.random() < hidden]] = HIDDEN
    shown = replace(found, ids=ids)
    lost = {spans for role in (0, 1) for spans in sorted({one.ranges[role] for one in marked}) if rng.random() < missed}
    seen = [
        Marked(() if one.source in lost else one.source, () if one.cue in lost else one.cue, one.content)
        for one in marked
    ]
    ends = [*(np.flatnonzero(np.diff(found.block)) + 1).tolist(), len(found)]
    first, room = 0, rng.randint(LENGTH // 3, LENGTH)
    while first < len(found):
        last = fit(ends, first, first, room)
        yield _example(shown, tags, seen, Window(first, last, first, last))
        first, room = last, LENGTH


def _example(shown: Pieces, tags: NDArray[np.int64], marked: Sequence[Marked], window: Window) -> Example:
    ids, place = laid_out(shown, window, MARKS)
    by_position = np.full(len(ids), -100, np.int64)
    by_position[place] = tags[window.begin : window.end]
    block = np.zeros(len(ids), np.int64)
    block[place] = shown.block[window.begin : window.end]
    for position in range(1, len(block)):
        block[position] = block[position] or block[position - 1]

    def clipped(ranges: Sequence[Range]) -> list[Range]:
        cut = [(max(a, window.begin) - window.begin, min(b, window.end) - window.begin) for a, b in ranges]
        return [(int(place[a]), int(place[b - 1]) + 1) for a, b in cut if a < b]

    offered: tuple[dict[Range, int], dict[Range, int]] = ({}, {})
    chosen: list[tuple[list[Range], Range | None, list[Range], Range | None, bool, bool]] = []
    for one in marked:
        source, cue = clipped(one.ranges[0]), clipped(one.ranges[1])
        chosen.append(
            (
                clipped(one.ranges[2]),
                cue[0] if cue else None,
                cue[:1],
                source[0] if source else None,
                bool(one.ranges[1]) and not cue,
                bool(one.ranges[0]) and not source,
            )
        )
        for kind, ranges in ((0, cue[:1]), (1, source[:1])):
            for span in ranges:
                offered[kind].setdefault(span, 0)
    cues, sources = (sorted(one) for one in offered)
    asking: list[list[Range]] = [[], [], []]
    answers: list[list[int]] = [[], [], []]
    for contents, cue_span, cue_asks, source_span, cue_outside, source_outside in chosen:
        if not cue_outside:
            for span in contents:
                asking[0].append(span)
                answers[0].append(cues.index(cue_span) if cue_span else len(cues))
        if not source_outside:
            answer = sources.index(source_span) if source_span else len(sources)
            for span in cue_asks:
                asking[1].append(span)
                answers[1].append(answer)
            if cue_span is None and not cue_outside:
                for span in contents:
                    asking[2].append(span)
                    answers[2].append(answer)

    def spans(ranges: Sequence[Range]) -> NDArray[np.int64]:
        return np.array(ranges, np.int64).reshape(-1, 2)

    return Example(
        ids, by_position, block, spans(cues), spans(sources),
        tuple(map(spans, asking)), tuple(np.array(one, np.int64) for one in answers),
    )  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """A sentence with how surely the acts in it took place: ids by position, positions of the words for the acts, and
    labels from -1 (surely not) to 1 (surely)."""

    ids: NDArray[np.int64]
    places: NDArray[np.int64]
    labels: NDArray[np.float32]


_TURNED = frozenset({"not", "n't", "never", "no", "nothing", "nobody", "none", "neither", "nor", "without"})


def happenings(path: Path, tokenizer: WordPiece) -> list[Happening]:
    """The sentences of a file of UDS-IH2 (Rudinger, White and Van Durme 2018), one JSON object a line.

    Acts with a negation right before them are left out: their annotators differ in whether it is the act or its
    absence that they judge, and negation is read from the parse.
    """
    found = []
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        words = told["text"].split(" ")
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        document = next(iter(read_bytes(told["text"].encode(), "sentence.txt")))
        if not isinstance(document, Document) or document.text != told["text"]:
            continue
        shown = cut(document, tokenizer)
        wanted = {
            starts[one["span1"][0]]: one["label"] / 3
            for one in told["targets"]
            if not _TURNED & {word.lower() for word in words[max(0, one["span1"][0] - 4) : one["span1"][0]]}
        }
        at = [n for n, start in enumerate(shown.start[: LENGTH - 2]) if int(start) in wanted]
        if not at:
            continue
        ids, place = laid_out(shown, Window(0, min(len(shown), LENGTH - 2), 0, 0), MARKS)
        labels_ = np.array([wanted[int(shown.start[n])] for n in at], np.float32)
        found.append(Happening(ids, place[np.array(at)], labels_))
    return found
