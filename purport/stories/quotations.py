"""Quotations that travel: the same words of somebody in several documents, whole, trimmed or altered.

Words are compared whatever their case and the marks between them. Candidates share four words in a row; two of them are
one quotation where most words of the shorter stand in the longer in the same order, so that what was left out or put in
comes out as such (longest matching blocks; Ratcliff and Metzener 1988). What is changed inside is told word by word: a
dropped "not" is a change like any other. Words in square brackets are an editor's, and an ellipsis says that something
is left out: neither alters what is quoted.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from purport.lexicons.classes import words_of

LEAST_WORDS = 5
"""Words of a quotation that is looked at; shorter ones are phrases that anybody uses."""
_LEAST_TELLING = 2
"""Words in common of which texts are not full anyway; with fewer it is a fixed phrase."""
_SHARE, _SHARE_OF_OTHERS = 0.7, 0.85
"""The share of the words of the shorter of two (0..1) that the longer has too: of one speaker, and of several."""
_SEED = 4
_MOST_HOLDERS = 80
"""Quotations that share four words in a row, at most: what more have is a fixed phrase."""
_MOST_WORDS = 4_000
"""Words of a quotation that are compared: of a whole speech its first."""
_REACH = 80
"""Words further than its own length within which a short quotation is looked for in a long one."""
_LEAST_VARIED = 0.05
"""The share of different words (0..1) in a long quotation: what goes round and round is nobody's, and costs hours."""
_LONG = 200
"""Words from which on a quotation is a long one."""
_WORD = re.compile(r"\[[^\[\]\n]{0,200}\]|…|\.\s?\.\s?\.|[^\W_]+(?:[’'][^\W_]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
    """Words that a document gives as somebody's own, in the statement of that id: `text`, and for each piece of it
    ("..., she said, ...") at which code point of `text` it begins and at which of the document. `speaker` is the id of
    an actor, "" where it is not known whose they are, and `name` what to call them; `published` is a date in ISO 8601,
    "" where it is not known."""

    document: str
    pieces: tuple[tuple[int, int], ...]
    text: str
    statement: str
    speaker: str = ""
    name: str = ""
    published: str = ""
    outlet: str = ""

    @classmethod
    def of(cls, document: str, pieces: Iterable[tuple[int, str]], statement: str, **known: str) -> Quoted:
        """That of pieces of a document: at which code point each begins, and its words."""
        text, places = "", list[tuple[int, int]]()
        for start, words in pieces:
            text += " " if text else ""
            places.append((len(text), start))
            text += words
        return cls(document, tuple(places), text, statement, **known)

    def place(self, at: int, *, end: bool = False) -> int:
        """The code point of the document at which a code point of `text` stands; `end` for that behind a word."""
        inside = at - 1 if end else at
        begin, start = self.pieces[bisect_right(self.pieces, (inside, math.inf)) - 1]
        return start + at - begin

    @property
    def start(self) -> int:
        """The code point of the document at which it begins."""
        return self.pieces[0][1]

    @property
    def end(self) -> int:
        """The code point of the document behind its last."""
        return self.place(len(self.text), end=True)


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a telling, `here`, that are others in the fullest telling, `there`; either may be "". They stand from
    code point `start` to `end` of the document and `at` of the telling's text; with nothing here, between two words."""

    start: int
    end: int
    here: str
    there: str
    at: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A quotation as one document has it, beside the fullest: "fullest" itself, "whole", "trimmed" (some of it, nothing
    changed within), "altered" (with its `changes`). `other_speaker`: the fullest is put in another's mouth."""

    quoted: Quoted
    how: str
    changes: tuple[Change, ...] = ()
    other_speaker: bool = False


@dataclass(frozen=True, slots=True)
class Travelling:
    """A quotation that several documents have: its tellings by date (unknown last), document and place; `first` is the
    document that had it first, None where no dates tell, or two are of one day."""

    id: str
    first: str | None
    tellings: tuple[Telling, ...]

    @property
    def fullest(self) -> Telling:
        """The telling that the others are compared with."""
        return next(one for one in self.tellings if one.how == "fullest")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a quotation: each in lower case, where it stands in the quotation's text, and whether something is
    said to be left out, or an editor's words stand, before it; the last of `open` is of the end."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    open: tuple[bool, ...]
    telling: tuple[bool, ...]


_Blocks = Sequence[tuple[int, int, int]]
"""Stretches of words that two quotations have in common: place in the one, in the other, how many."""


def quotations(quoted: Iterable[Quoted]) -> list[Travelling]:
    """The quotations that at least two documents have, the earliest first, those without a date last.

    A function of the set of `quoted`, whatever their order.
    """
    every = sorted(set(quoted))
    read = [_read(one) for one in every]
    usable = [number for number, words in enumerate(read) if _usable(words.words)]
    group = {number: number for number in usable}

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for one, other in _candidates(usable, read):
        if top(one) != top(other) and _alike(every[one], every[other], read[one], read[other]):
            first, second = sorted((top(one), top(other)))
            group[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for number in usable:
        groups[top(number)].append(number)
    found = [
        _travelling([every[number] for number in own], [read[number] for number in own])
        for own in groups.values()
        if len({every[number].document for number in own}) > 1
    ]
    return sorted(found, key=lambda one: (_day(one.tellings[0].quoted), one.id))


def _usable(words: Sequence[str]) -> bool:
    """Whether a quotation is looked at: it is no phrase, and not the same few words again and again."""
    if len(words) < LEAST_WORDS:
        return False
    return len(words) < _LONG or len(set(words)) >= _LEAST_VARIED * len(words)


def _read(quoted: Quoted) -> _Words:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opens: list[bool] = []
    telling: list[bool] = []
    apart = False
    common = words_of("words that tell no stories apart")
    for found in _WORD.finditer(quoted.text):
        if len(words) == _MOST_WORDS:
            break
        if not found[0][0].isalnum():
            apart = True
            continue
        word = found[0].casefold().replace("’", "'")
        words.append(word)
        starts.append(found.start())
        ends.append(found.end())
        opens.append(apart)
        telling.append(len(word) > 2 and word not in common)
        apart = False
    return _Words(tuple(words), tuple(starts), tuple(ends), (*opens, apart), tuple(telling))


def _candidates(usable: Sequence[int], read: Sequence[_Words]) -> list[tuple[int, int]]:
    """Pairs of quotations that have four words in a row in common, by their numbers, in order."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in usable:
        words = read[number].words
        for seed in sorted({words[at : at + _SEED] for at in range(len(words) - _SEED + 1)}):
            holders[seed].append(number)
    pairs = {
        (one, other)
        for own in holders.values()
        if 1 < len(own) <= _MOST_HOLDERS
        for place, one in enumerate(own)
        for other in own[place + 1 :]
    }
    return sorted(pairs)


def _alike(one: Quoted, other: Quoted, mine: _Words, theirs: _Words) -> bool:
    """Whether two quotations are one."""
    short, long = (mine, theirs) if len(mine.words) <= len(theirs.words) else (theirs, mine)
    blocks = _common(long, short)
    matched = [at + step for _, at, size in blocks for step in range(size)]
    telling = {short.words[i] for i in matched if short.telling[i]}
    same = bool(one.speaker) and one.speaker == other.speaker
    if len(matched) < _SEED or len(telling) < _LEAST_TELLING:
        return False
    return len(matched) >= (_SHARE if same else _SHARE_OF_OTHERS) * len(short.words)


def _common(long: _Words, short: _Words) -> _Blocks:
    """The stretches of words that the longer has in common with the shorter, where most of the shorter lies."""
    first, last = _window(long.words, short.words)
    matcher = SequenceMatcher(None, short.words, long.words[first:last], autojunk=False)
    return [(first + there, at, size) for at, there, size in matcher.get_matching_blocks() if size]


def _window(long: Sequence[str], short: Sequence[str]) -> tuple[int, int]:
    """The part of a longer quotation in which a shorter one is looked for: around where most of its seeds lie."""
    if len(long) <= len(short) + _REACH:
        return 0, len(long)
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(long) - _SEED + 1):
        places.setdefault(tuple(long[at : at + _SEED]), at)
    lines: dict[int, int] = defaultdict(int)
    for at in range(len(short) - _SEED + 1):
        there = places.get(tuple(short[at : at + _SEED]))
        if there is not None:
            lines[there - at] += 1
    begin = min(lines, key=lambda line: (-lines[line], line)) if lines else 0
    return max(0, begin - _REACH), min(len(long), begin + len(short) + _REACH)


def _travelling(quoted: Sequence[Quoted], read: Sequence[_Words]) -> Travelling:
    order = sorted(range(len(quoted)), key=lambda number: (_day(quoted[number]), quoted[number]))
    full = max(order, key=lambda number: (len(read[number].words), -order.index(number)))
    told = tuple(
        Telling(quoted[number], "fullest")
        if number == full
        else _telling(quoted[number], quoted[full], read[number], read[full])
        for number in order
    )
    name = blake2b(f"{quoted[full].document}:{quoted[full].start}".encode(), digest_size=8).hexdigest()
    days = [_day(one.quoted) for one in told]
    sure = days[0] != _UNDATED and all(
        day != days[0] or one.quoted.document == told[0].quoted.document
        for one, day in zip(told[1:], days[1:], strict=True)
    )
    return Travelling(name, told[0].quoted.document if sure and _UNDATED not in days else None, told)


_UNDATED = "~"
"""What is later than every date."""


def _day(quoted: Quoted) -> str:
    return quoted.published[:10] or _UNDATED


def _telling(quoted: Quoted, full: Quoted, words: _Words, whole: _Words) -> Telling:
    blocks = _common(whole, words)
    changes = tuple(_changes(quoted, full, words, whole, blocks))
    matched = sum(size for _, _, size in blocks)
    how = "altered" if changes else "whole" if matched == len(whole.words) else "trimmed"
    return Telling(quoted, how, changes, _others(quoted, full))


def _others(one: Quoted, other: Quoted) -> bool:
    """Whether two have two speakers: two actors, and not the one by a part of the other's name ("Denk")."""
    if not one.speaker or not other.speaker or one.speaker == other.speaker:
        return False
    mine, theirs = one.name.casefold().split(), other.name.casefold().split()
    return not mine or not theirs or mine[-1] != theirs[-1]


def _changes(quoted: Quoted, full: Quoted, words: _Words, whole: _Words, blocks: _Blocks) -> Iterable[Change]:
    """What stands between stretches in common, and before the first and behind the last of what is quoted."""
    at = there = 0
    for number, (begin_there, begin, size) in enumerate([*blocks, (len(whole.words), len(words.words), 0)]):
        first, last = number == 0, number == len(blocks)
        here = _between(quoted, words, at, begin)
        # What the fullest has before the first words quoted, or behind the last, is left out and not altered.
        missing = "" if first or last else _between(full, whole, there, begin_there)
        said_so = words.open[begin] or (here and any(words.open[at:begin]))
        if here or (missing and not said_so):
            if here:
                start, end = words.starts[at], words.ends[begin - 1]
            else:
                start = end = words.ends[at - 1]
            yield Change(quoted.place(start, end=not here), quoted.place(end, end=True), here, missing, start)
        at, there = begin + size, begin_there + size


def _between(quoted: Quoted, words: _Words, first: int, last: int) -> str:
    """The words of a quotation from one to before another, as they stand."""
    if first >= last:
        return ""
    return quoted.text[words.starts[first] : words.ends[last - 1]]


def parts(telling: Telling) -> list[tuple[str, str]]:
    """The words of a telling in order: pieces, each with "" where they are those of the fullest, "there" for what the
    fullest has instead, and "here" for what stands here."""
    found: list[tuple[str, str]] = []
    at = 0
    for one in telling.changes:
        found += [("", telling.quoted.text[at : one.at]), ("there", one.there), ("here", one.here)]
        at = one.at + len(one.here)
    found.append(("", telling.quoted.text[at:]))
    return [(kind, words) for kind, words in found if words]


def marked(telling: Telling) -> str:
    """The words of a telling on one line: [-what the fullest has-] and {+what stands here instead+}."""
    marks = {"": "{}", "there": "[-{}-]", "here": "{{+{}+}}"}
    pieces: list[str] = []
    for kind, words in parts(telling):
        apart = kind == "there" and pieces and not pieces[-1].endswith((" ", "\n"))
        pieces += [" "] if apart else []
        pieces.append(marks[kind].format(words))
    return " ".join("".join(pieces).split())
