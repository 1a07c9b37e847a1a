"""What a name says: titles and words that take a side apart from the name itself, and whom lexicons know by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.nicknames import nicknames
from purport.lexicons.titles import titles
from purport.model.lexicon import ActorRow, Lexicon
from purport.model.vocabulary import Tone

_MARKS = "\"“”‘’'«»`()[],;:.―—–><*_#|•"
_MARKED = re.compile(
    r"(?<=[\w.])\s(?:[\"“„«'‘]{1,2}[A-Z][\w -]*[\"”“»'’]{1,2}|\([\"“'‘]?[A-Z][a-z]+[\"”'’]?\))\s(?=[A-Z])"
)
_NICKED = frozenset("\"“„«'‘(")
"""Marks with which a nickname within a name begins."""
_OWNED = re.compile(r"['’]s?$")
_ABBREVIATED = re.compile(r"(?:\w\.)+|\w{1,4}\.")
_LONGEST = 4
"""Words of the longest title."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is used: `core` are its words without article, titles and words that take a side; `titles` those in
    lower case; `tone` "hostile" or "laudatory" where the wording takes a side; `row` whom the lexicon of actors
    knows by it; `neutral` the neutral name behind a name that takes a side; `gender` "m", "f" or ""."""

    core: tuple[str, ...]
    titles: tuple[str, ...] = ()
    tone: Tone | Literal[""] = ""
    row: ActorRow | None = None
    neutral: str = ""
    gender: str = ""

    @property
    def words(self) -> str:
        """The core on one line."""
        return " ".join(self.core)


def read_name(words: Sequence[str], lexicon: Lexicon) -> Name:
    """What the words of a name say, by that lexicon; marks and a genitive's ending at its ends are left out."""
    return _read(tuple(words), lexicon)


@lru_cache(maxsize=4096)
def _read(words: tuple[str, ...], lexicon: Lexicon) -> Name:  # kept, since a text says most of its names often
    own = bare(words)
    whole = " ".join(own)
    known = _row(whole, lexicon) or _row(" ".join(bare(words, article=False)), lexicon)
    if known is not None:
        return Name(own, row=known)
    partisan = lexicon.by_how("name").get(whole.lower())
    if partisan is not None:
        row = lexicon.by_name.get(partisan.of)
        # Of a person the neutral name counts as the name, so that it meets the others.
        core = own if row is not None or not partisan.of else tuple(partisan.of.split())
        return Name(core, tone=partisan.tone, row=row, neutral=partisan.of)
    tone: Tone | Literal[""] = ""
    gender = ""
    borne: list[str] = []
    own = _behind(own, borne)
    while len(own) > 1:
        size = _title_size(own)
        if size and own[size].lower() in ("of", "for"):
            break  # "Leader of the Revolution" is a name by itself
        if size == 1 and borne and own[0].lower() in given() and len(own) > 2:
            break  # "Gov. Earl Ray Denk": what is a title too is a given name behind another
        if size:
            title = _title(own[:size])
            assert title is not None
            borne.append(title[0])
            gender = gender or title[1]
            own = own[size:]
            continue
        side = lexicon.by_how("prefix").get(own[0].lower())
        if side is None or not own[0][0].isupper():
            break
        tone = tone or side.tone
        if own[1].lower() in ("of", "for"):
            break  # "Martyr of the Valley" has no name behind it
        own = own[1:]
    if len(own) > 1 and own[-1].lower() in lexicon.by_how("suffix"):
        tone = tone or lexicon.by_how("suffix")[own[-1].lower()].tone
        rows = lexicon.named.get(" ".join(own[:-1]), ()) or lexicon.adjectives.get(" ".join(own[:-1]), ())
        if rows:
            return Name(own, tuple(borne), tone, rows[0], rows[0].name)
    if not gender and not (borne and len(own) == 1):  # the word behind a title is a surname
        share = given().get(own[0].lower()) if own else None
        gender = "" if share is None else "f" if share > 0.8 else "m" if share < 0.2 else ""
    return Name(own, tuple(borne), tone, _row(" ".join(own), lexicon) if not borne else None, gender=gender)


def _behind(words: tuple[str, ...], borne: list[str]) -> tuple[str, ...]:
    """What stands behind small words and the last title within ("Vermont Sen. Hollan Reth", "its leader Mara Denk");
    titles are added to `borne`."""
    own = words
    while len(own) > 1 and own[0][:1].islower() and own[0].lower() not in _PARTICLES:
        own = own[1:]
    for at in range(len(own) - 2, 0, -1):
        if (
            own[at][:1].islower()
            and own[at] not in _LINKING
            and own[at] not in _PARTICLES
            and own[at].replace("-", "").isalpha()
        ):
            if len(own) - at <= _TWO:
                return own
            borne.append(" ".join(own[: at + 1]).lower())  # "Minister of information Mara Denk"
            return own[at + 1 :]
        if own[at].lower() not in _first_words():
            continue
        for size in range(min(_LONGEST, len(own) - 1 - at), 0, -1):
            title = _title(own[at : at + size])
            longer = any(_title(own[begin : at + size]) is not None for begin in range(max(0, at - _LONGEST), at))
            if title is not None and not longer and own[at + size].lower() not in ("of", "for"):
                borne.append(title[0])
                return own[at + size :]
    return own


_TWO = 2
"""Words at least that a name behind a description must have."""
_LINKING = frozenset("of the a an and for in on to at with without against from by under".split())
_PARTICLES = frozenset("de del della di da dos du van von der den ter al el bin ibn ben abu la le".split())


def bare(words: Sequence[str], *, article: bool = True) -> tuple[str, ...]:
    """The words without marks and a genitive's ending at their ends, and without an `article` before them."""
    # What stands in marks in the middle is a nickname: `Harold "Buck" Tanner`.
    if len(words) > _TWO and any(word[:1] in _NICKED for word in words):
        words = _MARKED.sub(" ", " ".join(words)).split()
    own = [word if word.endswith(".") and _ABBREVIATED.fullmatch(word) else word.strip(_MARKS) for word in words]
    own = [word for word in own if word]
    while len(own) > 1 and not own[0].isalpha() and not any(char.isalpha() for char in own[0]):
        own.pop(0)  # what is left of a date before a name
    if own and own[-1] in ("'s", "’s", "'", "’", "s"):
        own.pop()
    if own:
        own[-1] = _OWNED.sub("", own[-1])
    if article and len(own) > 1 and own[0].lower() in ("the", "a", "an", "this", "that", "these", "those"):
        own.pop(0)
    return tuple(word for word in own if word)


def _row(words: str, lexicon: Lexicon) -> ActorRow | None:
    """Whom the lexicon knows by exactly these words; nobody where several bear the name."""
    rows = lexicon.named.get(words, ())
    return rows[0] if len(rows) == 1 else None


def _title(words: Sequence[str]) -> tuple[str, str] | None:
    if not words[0][:1].isupper() or words[0].lower() not in _first_words():
        return None
    for written in (" ".join(words), " ".join(words).rstrip(".")):
        row = titles().get(written.lower())
        if row is not None:
            return row.title.lower(), row.gender
    return None


def _title_size(words: Sequence[str]) -> int:
    """Words of the longest title with which words begin that go on; 0 where they begin with none."""
    if words[0].lower() not in _first_words():
        return 0
    return next((n for n in range(min(_LONGEST, len(words) - 1), 0, -1) if _title(words[:n]) is not None), 0)


@cache
def _first_words() -> frozenset[str]:
    """The words with which titles begin, with and without their full stop."""
    first = {title.split()[0] for title in titles()}
    return frozenset(first | {f"{word}." for word in first} | {word.rstrip(".") for word in first})


def state_of(word: str, lexicon: Lexicon) -> ActorRow | None:
    """The state or people that an adjective, a demonym or a seat of government belongs to ("Iranian", "Kremlin")."""
    rows = lexicon.adjectives.get(word, ()) or lexicon.metonyms.get(word, ())
    rows = tuple(row for row in rows if row.type == "state") or rows
    return rows[0] if len(rows) == 1 else None


def seat(words: str, lexicon: Lexicon) -> ActorRow | None:
    """The state whose government a place stands for ("Tehran")."""
    rows = lexicon.metonyms.get(words, ())
    return rows[0] if len(rows) == 1 else None


def lowered(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name in lower case, with one kind of apostrophe."""
    return tuple(word.lower().replace("’", "'") for word in words)


def generation(words: Sequence[str]) -> str:
    """What tells the younger of two of a name at its end ("Jr.", "III"), in lower case; "" where nothing does."""
    last = words[-1].strip(".,").lower() if len(words) > 1 else ""
    return GENERATIONS.get(last, "")


GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}


def surnamed(words: Sequence[str]) -> Sequence[str]:
    """A name up to its surname: "Hollan Reth Jr." ends in "Reth"."""
    return words[:-1] if generation(words) else words


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of persons may be of one, as a text uses them: one is a part of the other, the last words
    agree, and no word differs but by an initial; or one is the first word of the other, a given name or a surname of
    those that come first ("Mr. Xi")."""
    if generation(one) and generation(other) and generation(one) != generation(other):
        return False
    short, long_ = sorted(([w.strip(".") for w in lowered(surnamed(name))] for name in (one, other)), key=len)
    if not short or short[-1] != long_[-1]:
        first = len(short) == 1 and len(long_) > 1 and short[0] == long_[0]
        return first and (short[0] in given() or short[0] in words_of("surnames that come first"))
    rest = long_[:-1]
    return all(any(_like(word, its) for its in rest) for word in short[:-1])


def _like(one: str, other: str) -> bool:
    """Whether two words may be one given name: the same, an initial, another spelling, a short form."""
    if one == other or _initial(one, other) or _near(one, other):
        return True
    return one in nicknames().get(other, ()) or other in nicknames().get(one, ())


def _initial(one: str, other: str) -> bool:
    """Whether one of the two stands for the other by its first letter."""
    return min(len(one), len(other)) == 1 and one[:1] == other[:1]


def _near(one: str, other: str) -> bool:
    """Whether two spellings may be of one given name as transliteration has it ("Qasem", "Ghasem"; not "Hassan",
    "Hussein", which differ in more than a shade of a vowel)."""
    first, second = sounded(one), sounded(other)
    if _VOWELS.sub("", first) != _VOWELS.sub("", second) or first[:1] != second[:1]:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


ALIKE = 0.75
"""Share of its letters that a spelling must have in common with another of the same consonants."""
_VOWELS = re.compile("[aeiou]")
_SOUNDS = (
    ("gh", "q"), ("kh", "h"), ("sch", "sh"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("ch", "sh"), ("ck", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "e"), ("ai", "a"), ("ay", "a"), ("y", "i"), ("c", "k"), ("w", "v"),
    ("z", "s"), ("k", "q"), ("j", "i"), ("o", "u"),
)  # fmt: skip
_GLIDE = re.compile(r"^(?:ye|je|ie)(?=[^aeiou])")
"""How transliterations of Cyrillic write the same beginning: "Yevgeny", "Evgeny"."""
_REPEATED = re.compile(r"(.)\1+")


def sounded(word: str) -> str:
    """A spelling without what transliterations of one name differ in: doubled letters, "gh" and "k" for "q"."""
    own = _GLIDE.sub("e", word.lower().replace("'", "").replace("’", "").replace("-", ""))
    for one, other in _SOUNDS:
        own = own.replace(one, other)
    return _REPEATED.sub(r"\1", own)


def initials(name: Name) -> str:
    """The capitals with which the words of a name of several words begin."""
    return "".join(word[0] for word in name.core if word[0].isupper()) if len(name.core) > 1 else ""


def acronym(name: Name) -> str:
    """The letters of a name that is an acronym, else nothing."""
    letters = name.core[0].replace(".", "") if len(name.core) == 1 else ""
    return letters if len(letters) > 1 and letters.isupper() else ""


def head_of(name: Name) -> str:
    """The word of a name that says what it is: its last, or that before "of" ("Ministry of Defence")."""
    of = next((at for at, word in enumerate(name.core) if at and word in ("of", "for")), len(name.core))
    return name.core[of - 1]
