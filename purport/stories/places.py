"""The words of a text with their places, as passages are found by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.classes import words_of

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_END = re.compile(r"[.!?…:;]|\n\s*\n|\n")
_MOST_WORDS = 50_000
"""Words of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Places:
    """The words of a text in order: `hashes` of each, whatever its case; the same as a list of numbers, `words`; where
    each starts and ends (code points, ends exclusive); whether it is `telling`, which names, numbers and words of every
    text are not; the numbers of the words that open and close a sentence."""

    hashes: NDArray[np.uint64]
    words: list[int]
    starts: list[int]
    ends: list[int]
    telling: list[bool]
    opens: frozenset[int]
    closes: frozenset[int]


def places_of(text: str, known: dict[str, int]) -> Places:
    """The words of a text. `known` keeps the hashes of words, for other texts too."""
    common = words_of("words that tell no stories apart")
    words: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    telling: list[bool] = []
    opens = {0}
    for found in _WORD.finditer(text):
        if len(words) >= _MOST_WORDS:
            break
        word = found[0].casefold().replace("’", "'")
        if word not in known:
            known[word] = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
        if ends and _END.search(text, ends[-1], found.start()):
            opens.add(len(words))
        words.append(known[word])
        starts.append(found.start())
        ends.append(found.end())
        telling.append(len(word) > 2 and found[0][0].islower() and word not in common)
    closes = frozenset({*(one - 1 for one in opens if one), len(words) - 1})
    return Places(np.array(words, dtype=np.uint64), words, starts, ends, telling, frozenset(opens), closes)
