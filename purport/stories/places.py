"""The words of a text, as passages are found by them: a number for each, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.classes import words_of

Codes = NDArray[np.uint32]
"""A number for each word: a hash of it whatever its case, and in the lowest bits whether it is `TELLING`, `OPENS` a
sentence, and is `RARE`."""
TELLING, OPENS, RARE = 1, 2, 4
"""Telling are words beside names, numbers and words of every text; rare are names and numbers too."""
BITS = 3
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_END = re.compile(r"[.!?…:;]|\n\s*\n|\n")
_MOST_WORDS = 50_000
"""Words of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Places:
    """The words of a text in order, and where each starts and ends (code points, ends exclusive)."""

    codes: Codes
    starts: list[int]
    ends: list[int]


def places_of(text: str, known: dict[str, int]) -> Places:
    """The words of a text. `known` keeps the hashes of words, for other texts too."""
    common = words_of("words that tell no stories apart")
    codes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _WORD.finditer(text):
        if len(codes) >= _MOST_WORDS:
            break
        raw = found[0]
        word = raw.casefold().replace("’", "'")
        code = known.get(word)
        if code is None:
            hashed = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "little")
            code = hashed >> BITS << BITS | (RARE if len(word) > 2 and word not in common else 0)
            known[word] = code
        if not ends or _END.search(text, ends[-1], found.start()):
            code |= OPENS
        codes.append(code | (TELLING if code & RARE and raw[0].islower() else 0))
        starts.append(found.start())
        ends.append(found.end())
    return Places(np.array(codes, dtype=np.uint32), starts, ends)


@dataclass(frozen=True, slots=True)
class Words:
    """The same without places, as two texts are compared: words as numbers, whether each is telling, and the numbers of
    the words that open and close a sentence."""

    words: list[int]
    telling: list[bool]
    opens: frozenset[int]
    closes: frozenset[int]

    @classmethod
    def of(cls, codes: Codes) -> Words:
        """Those of codes."""
        opens = np.nonzero(codes & OPENS)[0].tolist()
        closes = {*(one - 1 for one in opens if one), len(codes) - 1}
        telling: list[bool] = (codes & TELLING).astype(bool).tolist()
        return cls((codes >> np.uint32(BITS)).tolist(), telling, frozenset(opens), frozenset(closes))


def telling(words: Words, begin: int, end: int) -> set[int]:
    """The telling words from one to before another; text in capitals hides them all."""
    return {words.words[at] for at in range(begin, end) if words.telling[at]}
