"""Which documents are copies of each other: a wire story under another headline is one voice, however many print it.

Candidates are found by MinHash (Broder 1997) and locality-sensitive hashing over shingles of five words, and each is
then compared exactly, so that chance makes no copy of what is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

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
_SEED = 20_310_401
_WORD = re.compile(r"\w+")
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
_Hashes = NDArray[np.uint64]
_Pair = tuple[int, int]


def copies(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each document of `texts` (id and text) the key of its group: the smallest id of the documents that are copies
    of each other, which is its own id where there is no other.

    Two are copies where at least `ALIKE` of their shingles are the same, whatever case and marks; so are those that
    copies join (a story and its third rewriting by way of the second). Texts of some twenty words or fewer must be
    the same; those without any are copies of none. The order of `texts` does not matter.
    """
    known = dict(texts)
    sketches = Sketches()
    sketches.add((id, sketched(text)) for id, text in known.items())
    return sketches.groups(known.__getitem__)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text that may be a copy: what stands for all its shingles, and for each band what it has in
    common with those that may be its copies."""

    whole: int
    bands: NDArray[np.uint64]


def sketched(text: str) -> Sketch | None:
    """The sketch of a text; None of one without words."""
    shingles = _shingles(text)
    if not len(shingles):
        return None
    whole = int.from_bytes(blake2b(shingles.tobytes(), digest_size=8).digest(), "little")
    mixed: _Hashes = (_signature(shingles).reshape(_BANDS, _ROWS) * _FACTORS[:_ROWS]).sum(axis=1, dtype=np.uint64)
    return Sketch(whole, mixed)


SKETCH = 1
"""A number that is another whenever the same text would have another sketch."""


def sketch_out(sketch: Sketch | None) -> bytes:
    """A sketch as bytes, none where there is none."""
    return sketch.whole.to_bytes(8, "little") + sketch.bands.astype("<u8").tobytes() if sketch is not None else b""


def sketch_in(data: bytes) -> Sketch | None:
    """The reverse of `sketch_out`."""
    if not data:
        return None
    return Sketch(int.from_bytes(data[:8], "little"), np.frombuffer(data[8:], "<u8").astype(np.uint64))


def alike(one: str, other: str) -> bool:
    """Whether two texts that are not the same are copies of each other."""
    return _alike(_shingles(one), _shingles(other))


NEAR = 8
"""In one band a document is compared with so many that are next to it by id: those that carry one notice by the
thousand would else be pairs by the million."""
_TEXTS = 64
"""Texts that are kept at hand while they are compared: who may be copies of one another come one after another."""


class Sketches:
    """The sketches of documents, by id, and what is known of pairs of them: with those that come in, only these are
    compared."""

    def __init__(self) -> None:
        self._sketches: dict[str, Sketch | None] = {}
        self._alike: dict[tuple[str, str], bool] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._sketches

    def add(self, sketches: Iterable[tuple[str, Sketch | None]]) -> None:
        """Take in documents: id and sketch."""
        self._sketches.update(sketches)

    def keep(self, ids: Collection[str]) -> None:
        """Let go of all documents but these."""
        gone = self._sketches.keys() - set(ids)
        for id in gone:
            del self._sketches[id]
        if gone:
            self._alike = {pair: told for pair, told in self._alike.items() if gone.isdisjoint(pair)}

    def groups(self, text: Callable[[str], str]) -> dict[str, str]:
        """What `copies` gives of the documents; `text` gives the text of one by its id, and is asked only for those
        that may be copies."""
        shingles = lru_cache(_TEXTS)(lambda id: _shingles(text(id)))
        parents = {id: id for id in self._sketches}
        # Word for word the same is settled first: a thousand reprints would else be half a million pairs.
        first: dict[int, str] = {}
        for id in sorted(self._sketches):
            sketch = self._sketches[id]
            if sketch is not None:
                parents[id] = first.setdefault(sketch.whole, id)
        ids = sorted(first.values())
        for pair in _candidates(ids, [sketch.bands for id in ids if (sketch := self._sketches[id]) is not None]):
            a, b = (root(parents, id) for id in pair)
            if a != b:
                if pair not in self._alike:
                    self._alike[pair] = _alike(*map(shingles, pair))
                if self._alike[pair]:
                    parents[max(a, b)] = min(a, b)
        return {id: root(parents, id) for id in self._sketches}


def new_pairs(kept: Mapping[int, bytes], new: Collection[int]) -> tuple[list[_Pair], list[_Pair]] | None:
    """Of all documents, whose sketches are `kept` by some number of theirs (`sketch_out`), the pairs that the `new`
    ones are in: those that are the same, and those that may be copies and are to be compared, of whom one stands for
    all that are the same. None where too many have a band in common, so that `Sketches.groups` compares others now
    than it did without the new ones.
    """
    numbers = np.array([number for number, data in sorted(kept.items()) if data], dtype=np.int64)
    told = np.frombuffer(b"".join(data for _, data in sorted(kept.items())), "<u8").reshape(len(numbers), -1)
    _, firsts, whole_of = np.unique(told[:, 0], return_index=True, return_inverse=True)
    bands = told[firsts, 1:]
    same: list[_Pair] = []
    near: set[_Pair] = set()
    for at in np.flatnonzero(np.isin(numbers, np.array(sorted(new), dtype=np.int64))).tolist():
        own, first = int(whole_of[at]), int(firsts[whole_of[at]])
        if first != at:
            same.append((int(numbers[first]), int(numbers[at])))
        shared = bands == bands[own]
        if shared.sum(axis=0).max() > NEAR + 1:
            return None
        others = firsts[np.flatnonzero(shared.any(axis=1))]
        near.update(
            (int(min(pair)), int(max(pair))) for other in others if (pair := numbers[[first, other]])[0] != pair[1]
        )
    return same, sorted(near)


def root(parents: dict[str, str], id: str) -> str:
    """The smallest id that an id is joined with; `parents` are made shorter on the way."""
    while parents[id] != id:
        parents[id] = parents[parents[id]]
        id = parents[id]
    return id


def _shingles(text: str) -> _Hashes:
    """The different shingles of a text as sorted hashes, which depend on their words alone."""
    hashes = np.fromiter(map(_hash, _WORD.findall(text.casefold())), dtype=np.uint64)
    if len(hashes) < _WORDS:
        mixed = (hashes * _FACTORS[: len(hashes)]).sum(dtype=np.uint64)
        return np.array([mixed] if len(hashes) else [], dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(hashes, _WORDS)
    return np.unique((runs * _FACTORS).sum(axis=1, dtype=np.uint64))


@lru_cache(1 << 16)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _signature(shingles: _Hashes) -> _Hashes:
    """The MinHash signature of a document."""
    from rensa import RMinHash  # here, since most commands have no need of it

    ends = np.array([0, len(shingles)], dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, _ROWS * _BANDS, _SEED)
    return np.array(matrix.to_rows()[0], dtype=np.uint64)


def _candidates(ids: Sequence[str], bands: Sequence[_Hashes]) -> list[tuple[str, str]]:
    """Pairs of documents, in order, that are the same in some band; `ids` are sorted."""
    if len(ids) < 2:
        return []
    pairs: set[tuple[int, int]] = set()
    for mixed in np.stack(bands, axis=1):
        order = np.argsort(mixed, kind="stable")
        for step in range(1, min(NEAR, len(order) - 1) + 1):
            same = mixed[order[step:]] == mixed[order[:-step]]
            pairs.update(zip(order[:-step][same].tolist(), order[step:][same].tolist(), strict=True))
    return [(ids[one], ids[other]) for one, other in sorted(pairs)]


def _alike(one: _Hashes, other: _Hashes) -> bool:
    small, large = sorted((len(one), len(other)))
    if small < max(_FEW, ALIKE * large):
        return False
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= ALIKE * (small + large - common)
