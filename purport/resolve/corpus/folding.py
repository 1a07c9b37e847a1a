"""Names without what spelling, transliteration and titles add to them, and how like two of them are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from purport.lexicons import shipped_lexicon
from purport.resolve.document.names import ALIKE, GENERATIONS, read_name, sounded

_PARTICLES = frozenset(("al", "el", "ul"))
_GENERATIONS = {"the younger": "jr", "younger": "jr", "the elder": "sr", "elder": "sr", **GENERATIONS}
_LEGAL = frozenset("ltd limited inc incorporated corp corporation co company plc llc gmbh ag sa".split())
ARTICLES = ("the ", "a ", "an ")
_VOWELS = re.compile("[aeiou]")
_SHADES = frozenset(map(frozenset, ("ea", "ei", "eu")))
"""Vowels that transliterations write for each other; "a" for "i" makes another name (Jamal, Jamil)."""
_SHORT = 4
"""Letters of a word that is too short for any shade: it must sound the same."""
_LIKE = 0.85
"""Similarity that two whole names must have to be spellings of one."""


@lru_cache(maxsize=1 << 18)
def fold(words: str) -> str:
    """Words without case, accents, marks and scripts: what is left are lower-case letters, digits and single spaces."""
    plain = words if words.isascii() else anyascii(words)
    plain = re.sub(r"['’`]s?\b(?!\w)", "", plain.lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "").replace(".", "")).split())


@lru_cache(maxsize=1 << 18)
def fold_name(words: str) -> str:
    """A name of anything but a person, folded, without its article and what says that it is a company."""
    own = fold(words)
    for article in ARTICLES:
        own = own.removeprefix(article) or own
    parts = own.split()
    while len(parts) > 1 and parts[-1] in _LEGAL:
        parts.pop()
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name: its folded words without titles, "jr" or the like, and the gender that its title tells."""

    words: tuple[str, ...]
    generation: str = ""
    gender: str = ""
    titled: bool = False


@lru_cache(maxsize=1 << 19)
def person(name: str) -> Person:
    """What a person's name tells: "Reth, Hollan, Jr." is Hollan Reth, a junior."""
    surname, comma, rest = name.partition(",")
    turned = name
    # "Reth, Hollan", but not "Hollan Reth, Jr." or "Hollan Reth, the minister"
    if comma and len(surname.split()) == 1 and 0 < len(rest.split()) <= 3 and rest.strip()[0].isupper():
        turned = name if fold(rest) in _GENERATIONS else f"{rest.strip()} {surname.strip()}"
    # A name must fold alike throughout a store, whatever table of actors each document was read with.
    read = read_name(turned.split(), shipped_lexicon())
    own = fold(" ".join(read.core) or turned)
    told = ""
    for written, meant in _GENERATIONS.items():
        if own.endswith(f" {written}"):
            own, told = own.removesuffix(f" {written}"), meant
            break
    words = tuple(own.split())
    without = tuple(word for word in words if word not in _PARTICLES)
    return Person(without or words, told, read.gender, bool(read.titles))


def folded_person(words: str) -> str:
    """A name of a person, folded, without titles; "jr" and the like stay."""
    own = person(words)
    return " ".join((*own.words, own.generation)).strip()


@lru_cache(maxsize=1 << 18)
def consonants(word: str) -> str:
    """What transliterations of a word have in common: its sound without vowels."""
    return _VOWELS.sub("", sounded(word))


@lru_cache(maxsize=1 << 18)
def _sound(word: str) -> str:
    return sounded(word)


def similar(one: Sequence[str], other: Sequence[str]) -> float | None:
    """The similarity (0..1) of two names word by word, of the letters and of the sound; None where words differ."""
    mine, theirs = [], []
    for word, its in zip(one, other, strict=True):
        if min(len(word), len(its)) == 1 and word[0] == its[0]:
            continue
        if not _like(word, its):
            return None
        mine.append(word)
        theirs.append(its)
    heard = ratio(" ".join(map(_sound, mine)), " ".join(map(_sound, theirs)))
    alike = (ratio(" ".join(mine), " ".join(theirs)) + heard) / 200
    return alike if alike >= _LIKE else None


def _like(one: str, other: str) -> bool:
    """Whether two words may be spellings of one: the same sound, or the same consonants and vowels but for a shade."""
    first, second = _sound(one), _sound(other)
    if first == second:
        return True
    if min(len(one), len(other)) <= _SHORT or consonants(one) != consonants(other) or first[0] != second[0]:
        return False
    vowels = [_VOWELS.findall(word) for word in (first, second)]
    if len(vowels[0]) == len(vowels[1]):
        return all(a == b or frozenset((a, b)) in _SHADES for a, b in zip(*vowels, strict=True))
    return ratio(first, second) >= 100 * ALIKE
