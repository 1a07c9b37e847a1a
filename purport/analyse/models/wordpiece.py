"""Word pieces of plain text, as BERT's uncased vocabulary cuts them (Wu et al. 2016; Devlin et al. 2019).

The method is fixed and small; the library that is usually taken for it brings a client for a model hub and its HTTP
stack along, which a program that must never reach for the network does better without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LONGEST = 100
"""Characters of a word beyond which it is not cut but unknown."""
_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_WORD = re.compile(rf"[^\W_{_IDEOGRAPHS}]+|\S")
"""Letters and digits together; every ideograph and every other mark by itself."""


class Piece(NamedTuple):
    """A piece's id in the vocabulary, and the characters of the text it stands for, half-open; `first` of a word."""

    id: int
    start: int
    end: int
    first: bool


class WordPiece:
    """Cuts words into the longest pieces that the vocabulary holds, from the left."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """`vocabulary` gives each piece its id; pieces within a word begin with "##"."""
        self.vocabulary = dict(vocabulary)
        self._unknown = self.vocabulary["[UNK]"]
        self._known: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of `text`, in order."""
        for word in _WORD.finditer(text):
            first = True
            begin = word.start()
            for one, start, end in self._cut(word.group()):
                yield Piece(one, begin + start, begin + end, first)
                first = False

    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Ids and places within the word; the last 50,000 words or so are remembered."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 50_000:
                self._known.clear()
            known = self._known[word] = tuple(self._fresh(word))
        return known

    def _fresh(self, word: str) -> Iterator[tuple[int, int, int]]:
        plain, back = _plain(word)
        if not plain:
            return
        if len(plain) > LONGEST:
            yield self._unknown, 0, len(word)
            return
        found: list[tuple[int, int, int]] = []
        start = 0
        while start < len(plain):
            for end in range(len(plain), start, -1):
                piece = plain[start:end] if not start else "##" + plain[start:end]
                if piece in self.vocabulary:
                    found.append((self.vocabulary[piece], back[start], back[end - 1] + 1))
                    start = end
                    break
            else:
                yield self._unknown, 0, len(word)
                return
        yield from found


def _plain(word: str) -> tuple[str, range | list[int]]:
    """The word in lower case without accents, and where each of its characters stood."""
    if word.isascii():
        return word.lower(), range(len(word))
    letters: list[str] = []
    back: list[int] = []
    for place, char in enumerate(word):
        parts = [one for one in unicodedata.normalize("NFD", char.lower()) if unicodedata.category(one) != "Mn"]
        # A syllable of Hangul comes apart into letters, which would all stand at one place: it stays whole.
        for letter in parts if len(parts) < 2 else [char]:
            letters.append(letter)
            back.append(place)
    return "".join(letters), back
