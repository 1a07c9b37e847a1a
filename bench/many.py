"""Very many documents made of real ones, to see what belonging together costs: days of stories with reprints in them.

A made story is a real article with names and most telling words put for others, the same throughout the story; each of
its documents has some of the sentences, puts more words for others, and some print sentences of the first word for
word. So words and runs of words are about as common as in real texts, and what is shared is what was made to be.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from bench.articles import SHARED
from purport.lexicons.classes import words_of
from purport.stories.texts import StoryText

TEXTS = [SHARED / "polnear" / part / "text" for part in ("dev", "train")]
A_DAY = 500
FIRST = date(2031, 1, 1)
_OUTLETS = 120
_KEPT = 0.3
"""The share of telling words that stay as they are."""
_SHAKEN = 0.7
"""The share of words of every text that stay in a story."""
_LONG = 10
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@lru_cache(1)
def _real() -> tuple[list[list[str]], list[str], dict[str, int]]:
    """The sentences of each real article; telling words by how common they are, and the place of each."""
    common = words_of("words that tell no stories apart")
    articles = [
        [one for one in _SENTENCE.split(path.read_text("utf-8")) if one.strip()]
        for folder in TEXTS
        for path in sorted(folder.glob("*.txt"))
    ]
    counted = Counter(
        word
        for sentences in articles
        for sentence in sentences
        for word in _WORD.findall(sentence)
        if word.lower() not in common
    )
    words = sorted(counted, key=lambda word: (-counted[word], word))
    return articles, words, {word: place for place, word in enumerate(words)}


class _Instead:
    """Puts words for others that are about as common; the same for the same, as far as `share` of them are changed."""

    def __init__(self, chance: random.Random, share: float) -> None:
        self._seed, self._share = chance.random(), share
        self._known: dict[str, str] = {}

    def __call__(self, found: re.Match[str]) -> str:
        word = found[0]
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._other(word)
        return known

    def _other(self, word: str) -> str:
        _, words, places = _real()
        place = places.get(word)
        chance = random.Random(f"{self._seed} {word}")
        if place is None or chance.random() > self._share:
            return word
        low, high = place // 2, min(len(words), place * 2 + 20)
        for _ in range(20):
            other = words[chance.randrange(low, high)]
            if other[0].isupper() == word[0].isupper():
                return other
        return word


def made(number: int, begin: int = 0) -> Iterator[StoryText]:
    """So many documents, `A_DAY` for each day, from the one with number `begin` on. The same for the same numbers."""
    first = begin // A_DAY
    for day in range(first, -(-(begin + number) // A_DAY)):
        for place, text in enumerate(_day(day)):
            if begin <= day * A_DAY + place < begin + number:
                yield text


def _day(day: int) -> list[StoryText]:
    articles, _, _ = _real()
    chance = random.Random(day)
    told: list[StoryText] = []
    while len(told) < A_DAY:
        sentences = articles[chance.randrange(len(articles))][:60]
        story = _Instead(chance, 1 - _KEPT)
        base = [_shaken(_WORD.sub(story, one), chance) for one in sentences]
        size = min(A_DAY - len(told), chance.choice((1, 1, 1, 2, 2, 3, 4, 6, _LONG)))
        for copy in range(size):
            told.append(_document(day, len(told), base, chance, first=copy == 0))
    return told


def _shaken(sentence: str, chance: random.Random) -> str:
    """A sentence with some of its words of every text left out: else all stories of one article have the same ones."""
    common = words_of("words that tell no stories apart")
    words = sentence.split(" ")
    kept = [one for one in words if one.lower() not in common or chance.random() < _SHAKEN]
    return " ".join(kept or words)


def _document(day: int, place: int, base: Sequence[str], chance: random.Random, *, first: bool) -> StoryText:
    other = _Instead(chance, 0.5)
    printed = first or chance.random() < 0.4
    own = [one for one in base if first or chance.random() < 0.7] or list(base)
    text = "\n".join(one if printed and (first or chance.random() < 0.6) else _WORD.sub(other, one) for one in own)
    return StoryText(
        f"{day:05}{place:05}{chance.getrandbits(24):06x}", text, own[0][:80],
        (FIRST + timedelta(days=day)).isoformat(), f"Outlet {chance.randrange(_OUTLETS)}",
    )  # fmt: skip
