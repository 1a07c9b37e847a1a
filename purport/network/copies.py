"""Which documents are copies of each other: a wire story under another headline is one voice, however many print it.

Candidates are found by MinHash (Broder 1997) and locality-sensitive hashing over shingles of five words, and each is
then compared exactly, so that chance makes no copy of what is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.4
"""The least share of shingles in common (Jaccard) of two copies. A story of six paragraphs with one put anew has .7 in
common with it, two such with each other .48; two reports of one event that quote the same sentences stay below .3."""
_WORDS = 5
_ROWS, _BANDS = 3, 64
"""Of two documents just alike enough, 985 in 1,000 pairs become candidates, and of those with half in common all:
1 - (1 - .4^3)^64. Those with a tenth in common do so 62 times in 1,000, and cost a comparison."""
_FEW = 20
"""Texts of fewer shingles are copies only if they are the same: of a sentence, one word may be all that matters."""
_CHUNK = 2_000
"""Documents at once: the library gives signatures as lists, which take ten times the room."""
_SEED = 20_310_401
_WORD = re.compile(r"\w+")
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
_Hashes = NDArray[np.uint64]


def copies(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each document of `texts` (id and text) the key of its group: the smallest id of the documents that are copies
    of each other, which is its own id where there is no other.

    Two are copies where at least `ALIKE` of their shingles are the same, whatever case and marks; so are those that
    copies join (a story and its third rewriting by way of the second). Texts of some twenty words or fewer must be
    the same; those without any are copies of none. The order of `texts` does not matter.
    """
    sketches = Sketches()
    sketches.add(texts)
    return sketches.groups()


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text that may be a copy, where texts are not in memory together: what stands for all its
    shingles, and, a number a band, what it has in common with those that may be its copies. None of it where a text has
    no words."""

    whole: int
    bands: tuple[int, ...]


def sketched(text: str) -> Sketch | None:
    """The sketch of a text; None of one without words."""
    shingles = _shingles(text, {})
    if not len(shingles):
        return None
    bands = (int(_band(_signatures([shingles]), band)[0]) for band in range(_BANDS))
    return Sketch(int.from_bytes(blake2b(shingles.tobytes(), digest_size=8).digest(), "little"), tuple(bands))


def alike(one: str, other: str) -> bool:
    """Whether two texts that are not the same are copies of each other."""
    return _alike(_shingles(one, {}), _shingles(other, {}))


NEAR = 8
"""In one band a document is compared with so many that are next to it by id: those that carry one notice by the
thousand would else be pairs by the million."""


class Sketches:
    """What is kept of documents to find their copies: with those that come in, only these are read."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._shingles: dict[str, _Hashes] = {}
        self._signatures: dict[str, _Hashes] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._shingles

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Read documents: id and text."""
        ahead = iter(texts)
        while some := {id: _shingles(text, self._words) for id, text in islice(ahead, _CHUNK)}:
            self._shingles.update(some)
            filled = [id for id, shingles in some.items() if len(shingles)]
            if filled:
                self._signatures.update(zip(filled, _signatures([some[id] for id in filled]), strict=True))

    def keep(self, ids: Collection[str]) -> None:
        """Let go of all documents but these."""
        for id in self._shingles.keys() - set(ids):
            del self._shingles[id]
            self._signatures.pop(id, None)

    def groups(self) -> dict[str, str]:
        """What `copies` gives of the documents."""
        shingles = self._shingles
        parents = {id: id for id in shingles}
        # Word for word the same is settled first: a thousand reprints would else be half a million pairs.
        first: dict[bytes, str] = {}
        for id in sorted(shingles):
            if len(shingles[id]):
                parents[id] = first.setdefault(shingles[id].tobytes(), id)
        ids = sorted(first.values())
        for one, other in _candidates([self._signatures[id] for id in ids]):
            a, b = root(parents, ids[one]), root(parents, ids[other])
            if a != b and _alike(shingles[ids[one]], shingles[ids[other]]):
                parents[max(a, b)] = min(a, b)
        return {id: root(parents, id) for id in shingles}


def root(parents: dict[str, str], id: str) -> str:
    """The smallest id that an id is joined with; `parents` are made shorter on the way."""
    while parents[id] != id:
        parents[id] = parents[parents[id]]
        id = parents[id]
    return id


def _shingles(text: str, known: dict[str, int]) -> _Hashes:
    """The different shingles of a text as sorted hashes, which depend on their words alone."""
    words = _WORD.findall(text.casefold())
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
    hashes = np.fromiter(map(known.__getitem__, words), dtype=np.uint64, count=len(words))
    if len(hashes) < _WORDS:
        mixed = (hashes * _FACTORS[: len(hashes)]).sum(dtype=np.uint64)
        return np.array([mixed] if words else [], dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(hashes, _WORDS)
    return np.unique((runs * _FACTORS).sum(axis=1, dtype=np.uint64))


def _signatures(shingles: list[_Hashes]) -> _Hashes:
    """The MinHash signature of each document, a row each."""
    from rensa import RMinHash  # here, since most commands have no need of it

    ends = np.cumsum([0, *map(len, shingles)], dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(shingles), ends, _ROWS * _BANDS, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint64)


def _band(signatures: _Hashes, band: int) -> _Hashes:
    """Of each signature what is the same where all of a band is."""
    rows = signatures[:, band * _ROWS : (band + 1) * _ROWS]
    mixed: _Hashes = (rows * _FACTORS[:_ROWS]).sum(axis=1, dtype=np.uint64)
    return mixed


def _candidates(rows_: list[_Hashes]) -> list[tuple[int, int]]:
    """Pairs of places in a list of signatures, in order, that are the same in some band."""
    if len(rows_) < 2:
        return []
    signatures = np.stack(rows_)
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        mixed = _band(signatures, band)
        order = np.argsort(mixed, kind="stable")
        for step in range(1, min(NEAR, len(order) - 1) + 1):
            same = mixed[order[step:]] == mixed[order[:-step]]
            pairs.update(zip(order[:-step][same].tolist(), order[step:][same].tolist(), strict=True))
    return sorted(pairs)


def _alike(one: _Hashes, other: _Hashes) -> bool:
    small, large = sorted((len(one), len(other)))
    if small < max(_FEW, ALIKE * large):
        return False
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= ALIKE * (small + large - common)
