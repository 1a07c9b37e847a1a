"""What a text says of the codes, signs and parts by which it calls those who speak: "PK  Pauli Ketterick", "(1) Anselm
Kreytz, mayor", "red  Dagobert Ruhl", "Complainant: Mrs Finnemore", "Rosina Althorp (RA)", "[^2]: Bram Tull, editor"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from purport.extract.voices.keys import keyed
from purport.lexicons.classes import listed, words_of
from purport.lexicons.titles import titles
from purport.model.document import Block, BlockKind, Span
from purport.syntax.intervals import Intervals
from purport.syntax.speakers import names, person

_PAIR = re.compile(
    r"^[ \t>*•-]{0,24}(?P<key>[\[(]?\^?[^\W_][\w’' ?/.-]{0,30}?[\])]?)"
    r"(?P<mark>[ \t]{0,12}[:=][*_]{0,3}[ \t]{0,24}|[ \t]{1,4}[–—-][ \t]{1,4}"
    r"|[ \t]?\.{3,60}[ \t]?|[ \t]{2,40}|(?<=[\d\])])\.?[ \t]|[ \t]{0,12}\|[ \t]{0,12})"
    r"(?P<who>[^\W_][^\n|]{2,120})$",
    re.MULTILINE,
)
"""A line with a key and who it stands for."""
_INSIDE = re.compile(
    r"(?P<who>(?:[^\W\d_a-z][\w.'’-]{0,30}[ \t]){1,4}[^\W\d_a-z][\w.'’-]{0,30})[ \t]{1,20}"
    r"\((?P<key>[A-Z]{1,4}\d?|(?:[A-Z]\.){2,4})\)"
)
_RUN_IN = re.compile(
    r"\b(?P<key>[A-Z]{2,4})(?:[ \t]|[ \t]?[=:–-][ \t]?)(?:the \w{3,20},? )?"
    r"(?P<who>(?:[^\W\d_a-z][\w.'’-]{1,30}[ \t]){1,3}[^\W\d_a-z][\w'’-]{1,30})"
)
_EQUALS = re.compile(
    r"(?<![\w-])(?P<key>[A-Z]{1,6}-?\d{0,3})[ \t]?=[ \t]?(?P<who>[^\W\d_][^\n;=]{2,60}?)(?=;|\.?$|\n)", re.M
)
_AFTER = re.compile(r"(?P<who>[^\W\d_a-z][^\n|]{2,60}?)[ \t]{2,40}(?P<key>[A-Z][a-z]{2,20})$", re.MULTILINE)
_NAME_ENDS = re.compile(r"\s*(?:[,;(|]|\s[-–—]\s|[ \t]{2,})")
_LEFT = re.compile(
    r"(?P<lead>\b(?:from )?(?:the )?left(?: to right)?\b[^\w\n]{1,4})"
    r"(?P<list>[^\n](?:[^\n]|\n(?![ \t]{0,20}\n)){20,900})"
)
_CITED = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\bpp?\. ?\d|\bibid|\bvol\.|https?:|\bdoi\b", re.I)
"""What stands in a note that cites a book, and does not tell who speaks."""
_ORDINALS = listed("places in a row")
_GOES_ON = re.compile(r"[a-z]{2}\. [A-Z]")
"""The end of a sentence behind which another goes on, as in what is said and not in a key."""
_SHOUTED = re.compile(r"[^\W\d_][a-z]{2,20} [A-Z]{3,20}(?: [A-Z]{2,20}){0,3}$")
_DIGIT = re.compile(r"\d|\?")
_MOST = 14
"""Words of a line of a key behind the key itself at most."""
_STEM = 5
"""Letters by which a side and who is on it are alike: "claim", "claimant"."""
_WORDS = 4
"""Words of a part at most."""
_CODE = re.compile(r"[A-Z]{1,4}\d?|[A-Z]{1,6}-?[\d?]{1,3}|\d{1,2}|[A-Z]|(?:[a-z]\.){2,3}|[A-Z]{1,2}\d{0,2}[a-z]?")


@dataclass(frozen=True, slots=True)
class Entry:
    """Who a key stands for, and the place of the line that says so."""

    who: Span
    place: Span


@dataclass(slots=True)
class Legend:
    """Who codes (in any dress: `codes`) and parts (in small letters: `parts`) stand for, as often as it is said."""

    codes: dict[str, list[Entry]] = field(default_factory=dict)
    parts: dict[str, list[Entry]] = field(default_factory=dict)
    places: list[Span] = field(default_factory=list)
    """Where all this is said."""
    order: list[Span] = field(default_factory=list)
    """Those whom a text names in the order in which a picture shows them."""
    _held: Intervals[None] | None = None

    def code(self, words: str) -> Span | None:
        """Who a code stands for, whatever brackets it is in."""
        found = self.codes.get(bare(words))
        return found[0].who if found else None

    def part(self, words: str, at: int) -> Span | None:
        """Who takes a part, by the last line above a place that says so, else by the first."""
        found = self.parts.get(" ".join(words.lower().strip(" .:()[]").split()))
        if not found:
            return None
        return found[max(0, bisect_left(found, at, key=lambda entry: entry.place.start) - 1)].who

    def placed(self, words: str) -> Span | None:
        """Whom a line names by where a picture shows them: "Second from left", "Far right"."""
        low = words.lower().split()
        if len(self.order) < 2 or not 1 < len(low) <= 5 or not {"left", "right", "row"} & set(low):
            return None
        at = next((_ORDINALS.index(word) for word in low if word in _ORDINALS), None)
        if at is None:
            at = 0 if low[-1] == "left" else len(self.order) - 1
            return self.order[at] if low[0] in ("far", "on", "at", "last") else None
        if low[-1] == "right":
            at = len(self.order) - 1 - at
        return self.order[at] if 0 <= at < len(self.order) else None

    def told_in(self, words: str, at: int) -> Span | None:
        """Whom words name by a part: "Argument of the mover", "Part A  for the complainant"."""
        low = re.findall(r"[^\W_]+", words.lower())
        for size in (3, 2, 1):
            for first in range(len(low) - size + 1):
                found = self.part(" ".join(low[first : first + size]), at)
                if found is not None:
                    return found
        return None

    def side(self, words: str) -> Span | None:
        """Whose a side is by the stem of a word: "Claim" where a claimant is named, "Defence" where a defendant is."""
        stem = words.lower().strip(" .:")[:_STEM]
        if len(stem) < _STEM or " " in stem:
            return None
        told = [entries[0].who for part, entries in self.parts.items() if part.startswith(stem)]
        return told[0] if told else None

    def sole(self) -> Span | None:
        """The only one who takes a part in the record, those aside who ask or take down."""
        asks = words_of("who takes down") | words_of("who asks")
        told = {entry.who for part, entries in self.parts.items() if part.split()[-1] not in asks for entry in entries}
        return told.pop() if len(told) == 1 else None

    def tells(self, span: Span) -> bool:
        """Whether a place is one where the key is given."""
        if self._held is None:
            self._held = Intervals((place, None) for place in self.places)
        return next(self._held.meeting(span), None) is not None


def initialled(text: str, code: str) -> Span | None:
    """The only name near the beginning of a text that has the initials of a code: "L.M." where "edited by Leonie Marsh"
    stands above."""
    letters = [letter for letter in code if letter.isalpha()]
    if not 2 <= len(letters) <= 3 or not all(map(str.isupper, letters)):
        return None
    found: dict[str, Span] = {}
    for match in _NAME.finditer(text, 0, min(len(text), _FAR)):
        words = list(re.finditer(r"[^\s-]+", match[0]))
        for first in range(len(words) - len(letters) + 1):
            part = words[first : first + len(letters)]
            if [word[0][0] for word in part] == letters and not match[0].isupper():
                span = Span(match.start() + part[0].start(), match.start() + part[-1].end())
                found.setdefault(span.of(text), span)
    return next(iter(found.values())) if len(found) == 1 else None


_NAME = re.compile(r"[^\W\d_a-z][\w'’]{1,30}(?:[ -][^\W\d_a-z][\w'’.]{0,30}){1,4}")
_FAR = 3000
"""Characters from the beginning in which names stand that initials are of."""


def bare(words: str) -> str:
    """A code without the brackets and marks around it."""
    return words.strip(" \t[](){}<>^.:*_")


def legend(text: str, blocks: Sequence[Block]) -> Legend:
    """All that a text says of its codes and parts."""
    found = Legend()
    for match in (*_PAIR.finditer(text), *_AFTER.finditer(text)):
        _line(text, match, found)
    for match in _INSIDE.finditer(text):
        letters = [word[0].upper() for word in re.split(r"[ \t-]+", match["who"])]
        code = bare(match["key"])
        if code[0] in letters and code.rstrip("0123456789")[-1] in letters:
            _add(found, code, Span(*match.span("who")), match)
    for match in _EQUALS.finditer(text):
        if match["key"] not in found.codes:
            _add(found, match["key"], Span(*match.span("who")), match)
    for match in _RUN_IN.finditer(text):
        letters = [word[0].upper() for word in match["who"].split()]
        if match["key"][0] == letters[0] and match["key"][-1] in letters[1:]:
            _add(found, match["key"], Span(*match.span("who")), match)
    for code, who in keyed(text).items():
        firsts = {word[0].upper() for word in re.split(r"[ -]", who.of(text)) if word}
        if (
            not _label(text, code, who)
            and _is_name(who.of(text))
            and (len(code) == 1 or {code[0].upper(), bare(code)[-1].upper()} <= firsts)
        ):
            found.codes.setdefault(bare(code), []).append(Entry(who, who))
    found.order = _pictured(text)
    for who, key in _cells(text, blocks):
        low = " ".join(key.of(text).lower().split())
        place = Span(min(who.start, key.start), max(who.end, key.end))
        if _CODE.fullmatch(bare(key.of(text))):
            found.codes.setdefault(bare(key.of(text)), []).append(Entry(who, place))
            found.places.append(place)
        elif low in words_of("heads of who speaks") | words_of("sides") | words_of("roles of speakers"):
            found.parts.setdefault(low, []).append(Entry(who, place))
            found.places.append(place)
    return found


def _label(text: str, code: str, who: Span) -> bool:
    """Whether a code is the label of turns, and what stands behind it what somebody says: "Q: Mr Denk, is it so?"."""
    line = text[who.end : text.find("\n", who.end) if "\n" in text[who.end :] else len(text)].strip()
    begun = re.compile(rf"^[ \t>*_]{{0,8}}{re.escape(code)}[*_]{{0,3}}[ \t]?[:.)-]", re.MULTILINE)
    return bool(line) and line[-1] in '.!?…”"' and sum(1 for _ in begun.finditer(text)) > 1


def _pictured(text: str) -> list[Span]:
    """Those who are named from left to right."""
    match = _LEFT.search(text)
    if match is None:
        return []
    found = []
    at = match.end("lead")
    for piece in re.split(r"(;(?:\s+and)?|,\s+and\s)", match["list"]):
        name = re.split(r"\s*[,(]", piece.strip())[0]
        start = text.find(name, at) if name else -1
        if start >= 0 and names(" ".join(name.split())):
            found.append(Span(start, start + len(name)))
        at += len(piece)
    return found


def _line(text: str, match: re.Match[str], found: Legend) -> None:
    key, who = match["key"].strip(), match["who"].strip()
    mark = match.groupdict().get("mark", "  ")
    wide = mark.strip() != "" or len(mark) > 1
    name = _NAME_ENDS.split(who)[0].strip(" .")
    if who[-1] in "!?…" or who.endswith((".”", '."')) or len(who.split()) > _MOST or (not wide and key.isalpha()):
        return
    at = match.start("who")
    code = bare(key)
    single = code.islower() and len(code.split()) == 1 and code not in words_of("heads of who speaks")
    coded = _CODE.fullmatch(code) is not None or single
    named = _is_name(name) and (who[-1] != "." or ("," in who and not _GOES_ON.search(who)))
    if coded and named and not (key[:1] == "[" and _CITED.search(who)):
        _add(found, code, Span(at, at + len(name)), match)
    elif coded and wide and who[-1] != "." and _DIGIT.search(code) is not None and not code.isdigit():
        # What somebody is, for a code that comes again: "P2   student nurse".
        if len(re.findall(rf"(?<!\w){re.escape(code)}(?!\w)", text)) >= 2 and code not in found.codes:
            _add(found, code, Span(at, at + len(who)), match)
    elif coded and wide and code.isupper() and at < _FAR and _SHOUTED.search(name) and code not in found.codes:
        # What bears a name: "M    Motor vessel MARGIT DAHL".
        if len(re.findall(rf"(?<!\w){re.escape(code)}(?!\w)", text)) >= 2:
            _add(found, code, Span(at, at + len(name)), match)
    elif named and wide and not coded:
        low = key.lower().strip(" .:()[]").split()
        titled = len(low) > 2 and key.istitle()
        if len(low) <= _WORDS and not titled and _speaking(low[-1]):
            entry = Entry(Span(at, at + len(name)), Span(match.start(), match.end()))
            found.places.append(entry.place)
            for part in sorted({" ".join(low), low[-1]}):
                found.parts.setdefault(part, []).append(entry)


def _is_name(name: str) -> bool:
    words = name.split()
    if any(len(word) > len("J.") and word[-1] == "." and word.lower() not in titles() for word in words[:-1]):
        return False  # "Mara Denk. You", over the end of a sentence
    return names(name) and 2 <= len(words) <= 6 and not (name.isupper() and not person(name)) and words[0][0].isupper()


def _speaking(word: str) -> bool:
    """Whether a word is a part that somebody takes in a record, or a kind of person or body."""
    kinds = words_of("heads of who speaks") | words_of("sides") | words_of("roles of speakers") | words_of("persons")
    return word in kinds or word.endswith(tuple(words_of("endings of persons")))


def _add(found: Legend, code: str, who: Span, match: re.Match[str]) -> None:
    place = Span(match.start(), max(match.end("who"), match.end("key")))
    found.codes.setdefault(code, []).append(Entry(who, place))
    found.places.append(place)


def _cells(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Span, Span]]:
    """Who and as what, side by side in the rows of a table of two columns, in either order."""
    rows: dict[tuple[int, int], list[Span]] = {}
    for block in blocks:
        if block.kind is BlockKind.CELL and block.cell is not None:
            rows.setdefault(block.cell[:2], []).append(block.span)
    for cells in rows.values():
        if len(cells) != 2:
            continue
        for who, key in (cells, cells[::-1]):
            name = _NAME_ENDS.split(who.of(text))[0]
            if names(name) and len(name.split()) >= 2 and len(key) <= 30:
                yield Span(who.start, who.start + len(name)), key
                break
