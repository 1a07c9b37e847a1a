"""Texts as sparse vectors of weighted words, and which of them are most alike, by an inverted index.

A word weighs by how often and how early it stands in the text and how few texts have it (tf-idf; Salton and Buckley
1988); names and numbers weigh more than other words, and two words in a row weigh beside each alone. Vectors have
length 1, so that their product (0..1) is the cosine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.classes import words_of
from purport.stories.texts import StoryText

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]
Row = tuple[Ints, Floats]
"""A vector: numbers of terms in order, and their weights."""
Sums = tuple[Ints, NDArray[np.float64]]
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
_POSTINGS = 400
"""Texts at most by which a term is looked up: those in which it weighs most."""
_LOOKED_UP = 80
"""Terms of a text at most by which its neighbours are found: those that weigh most."""
_ONE, _TWO = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", "e"), ("ly", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Vectors of texts, a row each: the terms of row i are `terms[starts[i]:starts[i + 1]]`, in order, with `weights`.

    There are `width` different terms.
    """

    starts: NDArray[np.int64]
    terms: Ints
    weights: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, at: int) -> Row:
        """One vector."""
        part = slice(self.starts[at], self.starts[at + 1])
        return self.terms[part], self.weights[part]

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> Matrix:
        """The matrix of rows."""
        starts = np.cumsum([0, *(len(terms) for terms, _ in rows)], dtype=np.int64)
        terms = np.concatenate([terms for terms, _ in rows]) if rows else np.zeros(0, np.int32)
        weights = np.concatenate([weights for _, weights in rows]) if rows else np.zeros(0, np.float32)
        return cls(starts, terms.astype(np.int32), weights.astype(np.float32), width)


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of texts, and the words by the numbers of their terms (none for two words in a row)."""

    matrix: Matrix
    words: Mapping[int, str]


def vectors(texts: Sequence[StoryText]) -> Vectors:
    """The vectors of texts, a row each in their order. A text without words has an empty row."""
    reader = _Reader()
    counted = [reader.read(text) for text in texts]
    every = np.concatenate([terms for terms, _ in counted]) if counted else np.zeros(0, np.uint64)
    known, frequency = np.unique(every, return_counts=True)
    del every
    rare = np.log((len(counted) + _UNSEEN) / (frequency + 0.5))
    rows: list[Row] = []
    for terms, weights in counted:
        places = np.searchsorted(known, terms)
        rows.append(_unit(places.astype(np.int32), weights * rare[places], _KEPT))
    hashes = np.fromiter(reader.words, dtype=np.uint64, count=len(reader.words))
    numbers = np.searchsorted(known, hashes)
    words = dict(zip(numbers.tolist(), reader.words.values(), strict=True))
    return Vectors(Matrix.of(rows, len(known)), words)


class _Reader:
    """Counts the terms of texts; the first spelling of each word is kept to be shown."""

    def __init__(self) -> None:
        self.words: dict[int, str] = {}
        self._hashes: dict[str, int] = {}
        self._common = words_of("words that tell no stories apart")

    def read(self, text: StoryText) -> tuple[Hashes, NDArray[np.float64]]:
        """The terms of a text, by hash, each with its weight before its rarity counts."""
        terms: list[Hashes] = []
        weights: list[NDArray[np.float64]] = []
        for part, factor in ((text.title, _TITLE), (text.text, 1.0)):
            hashes, given, follows = self._part(part)
            terms += [hashes, hashes[:-1][follows[1:]] * _ONE + hashes[1:][follows[1:]] * _TWO]
            weights += [factor * given, factor * _PAIR * given[1:][follows[1:]]]
        different, which = np.unique(np.concatenate(terms), return_inverse=True)
        sums = np.bincount(which, weights=np.concatenate(weights), minlength=len(different))
        return different, np.where(sums >= 1, 1 + np.log(np.maximum(sums, 1)), sums)

    def _part(self, text: str) -> tuple[Hashes, NDArray[np.float64], NDArray[np.bool_]]:
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
        if len(word) < 2 or word in self._common:
            return 0
        found = int.from_bytes(blake2b(stem(word).encode("utf-8", "replace"), digest_size=8).digest(), "little") | 1
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


def _unit(terms: Ints, weights: NDArray[np.float64], most: int) -> Row:
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


def unit_sum(rows: Iterable[tuple[Row, float]], most: int) -> Row:
    """The sum of vectors, each times its factor, with length 1, of the `most` weightiest terms."""
    return _unit(*added(rows), most)


class Products:
    """Products of one vector with others; the room for it is kept."""

    def __init__(self, width: int) -> None:
        self._dense = np.zeros(width, dtype=np.float32)

    def of(self, row: Row, others: Sequence[Row]) -> list[float]:
        """The product (0..1) with each of the others."""
        terms, weights = row
        self._dense[terms] = weights
        found = [float(np.dot(self._dense[theirs], heavy)) for theirs, heavy in others]
        self._dense[terms] = 0
        return found


def neighbours(matrix: Matrix, most: int, least: float) -> list[list[tuple[int, float]]]:
    """For each row the rows that are most like it, at most so many with at least so high a product, the likest first.

    Rows are looked up by the weightiest terms only, and of a term that many have by those in which it weighs most, so
    that the work is in proportion to the number of rows; the products given are exact.
    """
    heads, rows_of, weights_of = _postings(matrix)
    products = Products(matrix.width)
    found: list[list[tuple[int, float]]] = []
    for at in range(len(matrix)):
        terms, weights = matrix.row(at)
        if len(terms) > _LOOKED_UP:
            heavy = np.argsort(-weights, kind="stable")[:_LOOKED_UP]
            terms, weights = terms[heavy], weights[heavy]
        places = [np.arange(heads[term], min(heads[term + 1], heads[term] + _POSTINGS)) for term in terms]
        if not places:
            found.append([])
            continue
        flat = np.concatenate(places)
        factor = np.repeat(weights, [len(one) for one in places])
        there, which = np.unique(rows_of[flat], return_inverse=True)
        rough = np.bincount(which, weights=weights_of[flat] * factor)
        rough[there == at] = -1
        order = np.argsort(-np.round(rough, 6), kind="stable")[: 2 * most]
        near = [int(there[one]) for one in order if rough[one] > 0]
        exact = zip(near, products.of(matrix.row(at), [matrix.row(one) for one in near]), strict=True)
        kept = sorted(((one, value) for one, value in exact if value >= least), key=lambda pair: (-pair[1], pair[0]))
        found.append(kept[:most])
    return found


def _postings(matrix: Matrix) -> tuple[NDArray[np.int64], Ints, Floats]:
    """The rows of each term, the heaviest first: where a term's begin, the rows, their weights."""
    rows = np.repeat(np.arange(len(matrix), dtype=np.int32), np.diff(matrix.starts))
    order = np.lexsort((rows, -matrix.weights, matrix.terms))
    heads = np.searchsorted(matrix.terms[order], np.arange(matrix.width + 1)).astype(np.int64)
    return heads, rows[order], matrix.weights[order]
