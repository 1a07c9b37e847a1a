"""Texts as sparse vectors of weighted words.

A word weighs by how often and how early it stands in the text and how few texts have it (tf-idf; Salton and Buckley
1988); names and numbers weigh more than other words, and two words in a row weigh beside each alone. Vectors have
length 1, so that their product (0..1) is the cosine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.classes import words_of
from purport.stories.texts import StoryText

Terms = NDArray[np.uint32]
"""Hashes of words, and of two words in a row: different ones, in order; none is 0."""
Floats = NDArray[np.float32]
Row = tuple[Terms, Floats]
"""A vector: its terms and their weights."""
Sums = tuple[Terms, NDArray[np.float64]]
"""The same while it is summed up."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_MOST_WORDS = 3_000
"""Words of a text that are looked at: what an article tells, it has told by then."""
_MOST_LETTERS = 40
_TITLE = 2.0
_NAME = 1.3
_PAIR = 0.55
_FADES = 75
"""Words after which the first words' double weight has fallen to 1 + 1/e."""
_UNSEEN = 100
"""Texts that are thought of beside those at hand: of twenty texts on one affair, words of four are still rare."""
_KEPT = 400
"""Terms of a text at most: those that weigh most."""
_ONE, _TWO = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", "e"), ("ly", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of so many texts have each term: `terms` in order, with `counts`. What none has is as rare as can be."""

    terms: Terms
    counts: NDArray[np.int64]
    texts: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Rarity:
        """That of texts, given as their terms (weights are of no account)."""
        every = np.concatenate([terms for terms, _ in rows]) if rows else np.zeros(0, np.uint32)
        terms, counts = np.unique(every, return_counts=True)
        return cls(terms, counts.astype(np.int64), len(rows))

    @classmethod
    def together(cls, parts: Sequence[Rarity]) -> Rarity:
        """That of the texts of all parts."""
        every = np.concatenate([part.terms for part in parts])
        terms, which = np.unique(every, return_inverse=True)
        counts = np.bincount(which, np.concatenate([part.counts for part in parts]), len(terms))
        return cls(terms, counts.astype(np.int64), sum(part.texts for part in parts))

    def weighted(self, counted: Row) -> Row:
        """The vector of a text from what was counted of it. Weights are rounded as they are kept (float16)."""
        terms, weights = counted
        if not len(terms):
            return terms, weights
        places = np.minimum(np.searchsorted(self.terms, terms), max(0, len(self.terms) - 1))
        known = self.terms[places] == terms if len(self.terms) else np.zeros(len(terms), dtype=bool)
        frequency = np.where(known, self.counts[places] if len(self.terms) else 0, 0)
        rare = np.log((self.texts + _UNSEEN) / (frequency + 0.5))
        terms, weights = unit(terms, weights * rare, _KEPT)
        return terms, weights.astype(np.float16).astype(np.float32)


@dataclass(slots=True)
class Counter:
    """Counts the terms of texts. `words` has the first spelling of each word by its term, to be shown."""

    words: dict[int, str] = field(default_factory=dict)
    _hashes: dict[str, int] = field(default_factory=dict)

    def read(self, text: StoryText) -> Row:
        """The terms of a text, each with its weight before its rarity counts."""
        terms: list[NDArray[np.uint64]] = []
        weights: list[NDArray[np.float64]] = []
        for part, factor in ((text.title, _TITLE), (text.text, 1.0)):
            hashes, given, follows = self._part(part)
            both = (hashes[:-1][follows[1:]] * _ONE + hashes[1:][follows[1:]] * _TWO) >> np.uint64(32)
            terms += [hashes, both | np.uint64(1)]
            weights += [factor * given, factor * _PAIR * given[1:][follows[1:]]]
        different, which = np.unique(np.concatenate(terms), return_inverse=True)
        sums = np.bincount(which, weights=np.concatenate(weights), minlength=len(different))
        counted = np.where(sums >= 1, 1 + np.log(np.maximum(sums, 1)), sums)
        return different.astype(np.uint32), counted.astype(np.float32)

    def _part(self, text: str) -> tuple[NDArray[np.uint64], NDArray[np.float64], NDArray[np.bool_]]:
        """The words that count: their hashes, their weights, and whether each comes right after another one."""
        hashes: list[int] = []
        names: list[bool] = []
        places: list[int] = []
        for place, found in enumerate(_WORD.finditer(text)):
            if place >= _MOST_WORDS:
                break
            raw = found[0][:_MOST_LETTERS]
            known = self._hashes.get(raw)
            if known is None:
                known = self._hashes[raw] = self._hash(raw)
            if known:
                hashes.append(known)
                names.append(raw[0].isupper() or raw[0].isdigit())
                places.append(place)
        at = np.array(places, dtype=np.float64)
        weights = (1 + np.exp(-at / _FADES)) * np.where(np.array(names, dtype=bool), _NAME, 1.0)
        return np.array(hashes, dtype=np.uint64), weights, np.diff(at, prepend=-9) == 1

    def _hash(self, raw: str) -> int:
        """The hash of a word's stem, 0 for one that tells nothing."""
        word = raw.lower()
        if len(word) < 2 or word in words_of("words that tell no stories apart"):
            return 0
        found = int.from_bytes(blake2b(stem(word).encode("utf-8", "replace"), digest_size=4).digest(), "little") | 1
        self.words.setdefault(found, raw)
        return found


def words_in(text: str) -> Iterator[str]:
    """The words of a text, in lower case."""
    return (found[0].lower() for found in _WORD.finditer(text))


def stem(word: str) -> str:
    """A lower-case word without its ending: "missiles" and "missile" become one. A rough cut, for comparing only."""
    word = re.sub(r"[’']s?$", "", word)
    if len(word) <= 3:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def unit(terms: Terms, weights: NDArray[np.floating], most: int) -> Row:
    """A vector with length 1, then without all but its weightiest terms."""
    length = float(np.sqrt(np.sum(weights * weights))) or 1.0
    if len(terms) > most:
        heavy = np.sort(np.argsort(-weights, kind="stable")[:most])
        terms, weights = terms[heavy], weights[heavy]
    return terms, (weights / length).astype(np.float32)


def added(rows: Iterable[tuple[Row, float]]) -> Sums:
    """The sum of vectors, each times its factor: terms in order, and weights."""
    parts = list(rows)
    terms = np.concatenate([row[0] for row, _ in parts])
    weights = np.concatenate([row[1].astype(np.float64) * factor for row, factor in parts])
    different, which = np.unique(terms, return_inverse=True)
    return different, np.bincount(which, weights=weights, minlength=len(different)).astype(np.float64)


def shared(row: Row, whole: Sums, words: Mapping[int, str], most: int) -> tuple[str, ...]:
    """The words that weigh most in a text and in others, the weightiest first, as `words` has them; `whole` is the sum
    of the text's vector and the others'."""
    terms, weights = row
    every, sums = whole
    value = np.round(weights * (sums[np.searchsorted(every, terms)] - weights), 6)
    told: list[str] = []
    for at in np.argsort(-value, kind="stable"):
        if value[at] <= 0 or len(told) == most:
            break
        word = words.get(int(terms[at]))
        if word is not None:
            told.append(word)
    return tuple(told)
