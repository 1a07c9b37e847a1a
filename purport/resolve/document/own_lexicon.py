"""The lexicon that one text is read with: without what the text itself says that a name does not mean.

"The Food Standards Agency (FSA)" bars the army of that name; "the Conservative Party of Norrland" that of Britain, and
"Norrland's Senate" those of other lands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from purport.lexicons.classes import words_of
from purport.lexicons.places import places
from purport.model.lexicon import ActorRow, Lexicon
from purport.syntax.definitions import definitions

_FITS = 0.6
"""Share of the words of one name that another must have, to be the same body's."""
_STEM = 5
"""Letters that a land and its adjective have in common: "Norrland", "Norrlander"."""
_LIKE = 82
"""Likeness (0..100) of two words that are spellings of one."""


def own_lexicon(text: str, lexicon: Lexicon) -> Lexicon:
    """The lexicon with the names that a text explains, and without those by which it means somebody else."""
    defined = definitions(text)
    barred = {short for short, long in defined.letters.items() if _other(lexicon, short, long)}
    barred |= {
        short for short, long in defined.short.items() if short in lexicon.named and _other(lexicon, short, long)
    }
    barred |= set(_spelled_otherwise(text, lexicon))
    return lexicon.of_text(defined, barred | set(_possessed(text, lexicon)))


_LETTERS = re.compile(r"\b[A-Z]{3,6}\b")


def _spelled_otherwise(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Letters that the lexicon has for somebody, where the text has a name of these initials that is another's."""
    for letters in sorted(set(_LETTERS.findall(text))):
        if letters in lexicon.named and len(set(letters)) > 1:
            small = r"(?:\s(?:of|and|for|the|in|&|on)){0,2}\s"
            whole = re.search(r"\b" + small.join(rf"{letter}[a-z][\w’'-]{{1,20}}" for letter in letters) + r"\b", text)
            if whole is not None and not _every_word(lexicon, letters, whole[0].split()):
                yield letters


def _every_word(lexicon: Lexicon, letters: str, long: Sequence[str]) -> bool:
    """Whether somebody of these letters has a name with all the longer words of another."""
    rows = lexicon.named[letters]
    names = [re.split(r"[\s-]+", name) for row in rows for name in (row.name, *row.aliases)]
    words = [word for word in long if word[0].isupper()]
    return any(all(any(ratio(word, other) >= _LIKE for other in name) for word in words) for name in names)


def _other(lexicon: Lexicon, short: str, long: str) -> bool:
    """Whether the lexicon knows nobody of this short form whose names are like the long one."""
    rows = lexicon.named.get(short, ())
    return bool(rows) and not any(_alike(lexicon, name, long) for row in rows for name in (row.name, *row.aliases))


def _alike(lexicon: Lexicon, name: str, long: str) -> bool:
    mine, theirs = (_words(lexicon, one) for one in (name, long))
    if not mine or not theirs:
        return False
    few, many = sorted((mine, theirs), key=len)
    return sum(any(ratio(word, other) >= _LIKE for other in many) for word in few) >= _FITS * len(many)


def _words(lexicon: Lexicon, name: str) -> list[str]:
    """The words of a name without small ones and those of states ("U.S. Immigration and Customs Enforcement")."""
    plain = re.sub(r"\([^()]*\)", "", name).replace(".", "").replace("'s", "").replace("’s", "")
    words = [
        word for word in re.split(r"[\s-]+", plain) if word and word.lower() not in words_of("small words in names")
    ]
    kept = [word for word in words if word not in lexicon.adjectives and word not in lexicon.named]
    return [word.lower() for word in kept or words]


@lru_cache(maxsize=8)
def _of_a_land(lexicon: Lexicon) -> Mapping[str, tuple[ActorRow, ...]]:
    """Names of bodies of one land that do not say of which."""
    found = {}
    for name, rows in lexicon.named.items():
        words = name.split()
        bodies = tuple(row for row in rows if row.of and row.type in ("organisation", "government", "armed group"))
        if bodies and words[0][0].isupper() and not any(_land(word, lexicon) for word in words):
            found[name] = bodies
    return found


def _land(word: str, lexicon: Lexicon) -> frozenset[str]:
    """The codes of the lands that a word may stand for: a state, its adjective, a place in it."""
    rows = (*lexicon.named.get(word, ()), *lexicon.adjectives.get(word, ()), *lexicon.metonyms.get(word, ()))
    codes = {row.of for row in rows if row.type in ("state", "place", "people") and row.of}
    return frozenset(codes)


@lru_cache(maxsize=4096)
def _place(name: str) -> frozenset[str]:
    return frozenset(row.code for row in places().get(name, ()))


_OF = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?([A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})")
_OWNER = re.compile(r"([A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})(?:['’]s|s['’])\s+$")
_ADJECTIVE = re.compile(r"([A-Z][a-z]+(?:ian|ean|ese|ish|ic|i|an|er|ch|ese|ander|ari|ite))\s+$")


def _possessed(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Names that the text says are of another land than the lexicon does, with the other names of the same bodies that
    do not say of which land."""
    known = _of_a_land(lexicon)
    begun = Counter(word[:_STEM] for word in set(re.findall(r"[A-Z][\w-]+", text)))
    for name, rows in known.items():
        at = text.find(name)
        if at < 0:
            continue
        own = {row.of for row in rows}
        others = mine = 0
        while at >= 0:
            told = _told(text, at, at + len(name), begun, lexicon)
            if told is not None:
                others += own.isdisjoint(told)
                mine += not own.isdisjoint(told)
            at = text.find(name, at + len(name))
        if others and not mine:
            yield from (one for row in rows for one in (row.name, *row.aliases) if one in known)


def _told(text: str, start: int, end: int, begun: Mapping[str, int], lexicon: Lexicon) -> frozenset[str] | None:
    """The codes of the lands of which the words around a name say that it is, none where the land is unknown; None
    where they say nothing. `begun` counts the words of the text with a capital
    by how they begin."""
    if (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum():
        return None
    after = _OF.match(text, end, end + 80)
    before = text[max(0, start - 60) : start]
    owner = _OWNER.search(before)
    if after is not None:
        return _codes(after[1], lexicon)
    if owner is not None:
        return _codes(owner[1], lexicon)
    adjective = re.search(r"([A-Z][\w-]+)\s+$", before)
    if adjective is not None:
        codes = _codes(adjective[1], lexicon)
        if codes:
            return codes
        word = adjective[1]
        known = _ADJECTIVE.search(before) is not None and word[:-1] not in lexicon.named
        # "the Norrlander Senate" of a land that the text names.
        return frozenset() if known and begun[word[:_STEM]] > 1 else None
    return None


def _codes(words: str, lexicon: Lexicon) -> frozenset[str]:
    whole = _land(words, lexicon) | _place(words)
    return whole or frozenset(code for word in words.split()[:1] for code in (_land(word, lexicon) | _place(word)))
