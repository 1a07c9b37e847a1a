"""What a text says its own names mean: "the Food Standards Agency (FSA)", "Emil Strand, better known as Ox".

Short forms are found as Schwartz and Hearst (2003) find them: letters in parentheses behind words that begin with them.
The document's own word goes before the world's: what it defines bars what a lexicon says of the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.model.lexicon import Defined

_LETTERS = r"[A-Z][A-Za-z&.’'/-]{0,8}[A-Za-z]"
_MARK = r"[\"“”„'‘’«»]"
_WORD = r"[\w.’'&-]{1,40}"
_BRACKETED = re.compile(
    r"[(\[]\s?(?:(?:or|hereafter|hereinafter|also|known as|called|the)\s){0,2}"
    rf"{_MARK}?(?P<short>{_LETTERS}['’]?){_MARK}?"
    r"(?:[;,–—-][^()\[\]\n]{0,60})?\s?[)\]]"
)
_TOLD = re.compile(
    rf",\s(?:or|known as|called|abbreviated as|abbreviated)\s(?:the\s)?{_MARK}?(?P<short>{_LETTERS}){_MARK}?\s?[,.;)]"
)
_DASHED = re.compile(
    r"(?:\s[–—-]|,|\s\()\s?(?:or\s)?(?P<short>[A-Z]{2,8})(?:\sfor\sshort)?\s?(?:[–—-]\s|(?<=short)[,.)])"
)
_BEFORE = re.compile(
    rf"\b(?P<short>{_LETTERS})\s?\((?:the\s)?(?P<long>[A-Z][^()\n]{{5,90}}?)(?:[;,][^()\n]{{0,40}})?\)"
)
_COMMA = re.compile(rf"\b[Tt]he\s(?P<short>[A-Z]{{2,8}}),\s(?:or\s)?the\s(?P<long>[A-Z]{_WORD}(?:\s{_WORD}){{1,8}}?),")
_STANDS = re.compile(
    rf"\b(?P<short>[A-Z]{{2,8}}),?\s(?:which\s)?(?:stands|is\sshort|short)\sfor\s{_MARK}?(?:the\s)?"
    rf"(?P<long>[A-Z]{_WORD}(?:\s{_WORD}){{1,8}})"
)
_QUOTED = re.compile(
    r"[(\[]\s?(?:(?:hereafter|hereinafter|henceforth|referred to as|or|the)\s){0,3}"
    r"[\"“„«](?P<short>(?:the\s)?[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30}){0,2})[\"”“»]\s?[)\]]"
)
_INITIALS = re.compile(
    rf"[(\[]\s?{_MARK}?(?P<short>{_LETTERS}){_MARK}?,?\s(?:from|after|by|for|in)\s[^()\[\]\n]{{0,30}}"
    r"(?:initials|acronym|abbreviation|letters)[^()\[\]\n]{0,40}[)\]]"
)
_BACK = 160
"""Characters before a short form in which its long form is sought."""
_TOKEN = re.compile(r"[^\s()\[\],;:]+")


def definitions(text: str) -> Defined:
    """What a text explains of its own names. The first explanation of a short form holds."""
    letters: dict[str, str] = {}
    short: dict[str, str] = {}
    for match in _matches(text):
        name = _PLURAL.sub("", match["short"].strip("’'.-/"))
        if "long" in match.re.groupindex:
            long = _begun(match["long"], name)
        else:
            long = _spelled(text[max(0, match.start() - _BACK) : match.start()], name)
        if long and _capitals(name):
            letters.setdefault(name, long)
    for match in _INITIALS.finditer(text):
        long = _run_before(text[max(0, match.start() - _BACK) : match.start()])
        if long and _capitals(match["short"]):
            letters.setdefault(match["short"], long)
    for match in _QUOTED.finditer(text):
        name = match["short"].removeprefix("the ")
        long = _run_before(text[max(0, match.start() - _BACK) : match.start()])
        if long and name not in letters and name != long:
            short.setdefault(name, long)
    return Defined(letters, short, dict(_others(text)))


@cache
def _small() -> frozenset[str]:
    """Words without a capital in long forms."""
    return words_of("small words in names")


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_BRACKETED, _TOLD, _DASHED, _BEFORE, _COMMA, _STANDS):
        yield from pattern.finditer(text)


_PLURAL = re.compile(r"(?:['’]s|(?<=[A-Z])s)$")


def _capitals(short: str) -> bool:
    """Whether letters are such as stand for a name: two capitals or more, and few others."""
    return sum(map(str.isupper, short)) >= max(2, sum(map(str.islower, short)))


def _plain(short: str) -> str:
    return "".join(filter(str.isalpha, short)).lower()


def _spelled(before: str, short: str) -> str:
    """The words right before a short form whose first letters it is, "" where they are not: the fewest that do, which
    begin with a capital."""
    before = re.sub(r"(?<=\w)['’]s?$", "", re.sub(r"[\s\"“”'‘’,–—-]+$", "", before.rstrip()))
    line = re.split(r"[\n;:!?]|\.\s(?=[A-Z])", before)[-1]
    words = list(_TOKEN.finditer(line))
    most = min(len(_plain(short)) + 5, 2 * len(_plain(short)) + 1)
    for one in reversed(words[-most:]):
        if one[0][0].isupper() and _spells(line[one.start() :], short):
            return line[one.start() :].strip()
    return ""


def _begun(long: str, short: str) -> str:
    """A long form that is given, cut where the letters end; "" where they do not stand for it."""
    words = long.split()
    for size in range(2, len(words) + 1):
        if words[size - 1].lower() not in _small() and _spells(" ".join(words[:size]), short):
            return " ".join(words[:size]).rstrip(".,;")
    return ""


def _spells(long: str, short: str) -> bool:
    """Whether letters are the first of the words of a long form in order, those of small words or of parts of compounds
    left out or not; or all of them capitals within it."""
    words = [word for word in re.split(r"[\s/-]+", re.sub(r"['’]s\b|[\"“”‘’'().,]", "", long)) if word]
    if len(words) < 2:
        return False
    heads = [word[0].lower() for word in words]
    large = [word[0].lower() for word in words if word.lower() not in _small()]
    wanted = _plain(short)
    if wanted in ("".join(heads), "".join(large)):
        return True
    # "MoD", "InterCom": each letter begins a word or goes on in the one begun, and every large word has one.
    at = 0
    for place, word in enumerate(words):
        low, used = word.lower(), 0
        while at < len(wanted) and used < len(low) and used < _SYLLABLE and wanted[at] == low[used]:
            at, used = at + 1, used + 1
            if at < len(wanted) and wanted[at] == _next(words, place):
                break
        if not used and low not in _small():
            return False
    return at == len(wanted)


_SYLLABLE = 4
"""Letters of one word that a short form may take."""


def _next(words: list[str], place: int) -> str:
    """The first letter of the next word that is no small one."""
    later = [word for word in words[place + 1 :] if word.lower() not in _small()] or words[place + 1 :][-1:]
    return later[0][0].lower() if later else ""


_RUN = re.compile(r"[A-Z][\w.’'&-]*(?:\s(?:of|the|for|and|on|in|to|de|al|&|[A-Z][\w.’'&-]*)){0,10}$")


def _run_before(before: str) -> str:
    """The words with capitals right before, from the first on: a name of two words at least."""
    before = re.sub(r"[\s\"“”'‘’,–—-]+$", "", before)
    match = _RUN.search(before)
    words = match[0].split() if match else []
    while words and words[0] in ("The", "A", "An"):
        words = words[1:]
    return " ".join(words) if len(words) > 1 and words[-1][:1].isupper() else ""


_NICKNAME = re.compile(
    r"(?<![\w.])(?P<given>[A-Z][\w’'-]{1,20})(?:\s[A-Z]\.)?\s(?P<aside>(?:[\"“„«'‘]{1,2}(?:[Tt]he\s)?(?P<nick>[A-Z][\w-]{1,20}(?:\s[A-Z][\w-]{1,20})?)"
    r"[\"”“»'’]{1,2}|\([\"“'‘]?(?:[Tt]he\s)?(?P<short>[A-Z][a-z]{1,20})[\"”'’]?\))\s)(?P<next>[A-Z][\w’'-]+)"
)


def marked_nicknames(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    """Nicknames in marks in the middle of a person's name: the range of each with the white space behind it, the
    nickname and the name without it (`Harold "Buck" Tanner`); in parentheses only behind a given name (`Susan (Sue)
    Ferro`)."""
    for match in _NICKNAME.finditer(text, start, end):
        bare = match["short"] and "the " not in match["aside"].lower()
        if match["given"].lower() not in given() and (bare or not _borne(text, match["given"], match["next"])):
            continue
        name = text[match.start() : match.start("aside")] + match["next"]
        yield match.start("aside"), match.end("aside"), match["nick"] or match["short"], name


def _borne(text: str, first: str, last: str) -> bool:
    """Whether a text uses two words as a name elsewhere, or the last by itself, as persons' names are ("Strand
    said")."""
    return not last.lower().endswith("s") and (f"{first} {last}" in named_in_two_words(text) or last in _alone(text))


_PAIR = re.compile(r"(?<![\w’'-])(?=([A-Z][\w’'-]*)\s([A-Z][\w’'-]*))")
_BY_ITSELF = re.compile(r"(?:^|[a-z,.;:!?]\s|\n)([A-Z][\w’'-]*)(?=\s[a-z])")


@lru_cache(maxsize=4)
def named_in_two_words(text: str) -> frozenset[str]:
    """All words with a capital beside another in a text, as "First Last"."""
    return frozenset(f"{match[1]} {match[2]}" for match in _PAIR.finditer(text))


@lru_cache(maxsize=4)
def _alone(text: str) -> frozenset[str]:
    """The words with a capital that stand by themselves before a small one."""
    return frozenset(match[1] for match in _BY_ITSELF.finditer(text))


_PART = r"(?:[A-Z][a-z]{0,2}\.|[A-Z][\w’'-]*|(?:al|el|ad|as|ash|an|ar|abu)-[A-Z][\w’'-]*)"
_NAME = rf"{_PART}(?:\s(?:{_PART}|al|bin|ibn|van|von|de|del|der|of|the)){{0,5}}"


def _others(text: str) -> Iterator[tuple[str, str]]:
    """Further names with the name that they are brought in beside: "Emil Strand, better known as Ox"."""
    for _, _, other, name in marked_nicknames(text, 0, len(text)):
        yield other, name
    for match in _beside().finditer(text):
        name, other, way = (
            " ".join((one or "").split()) for one in (match["name"], match["marked"] or match["bare"], match["way"])
        )
        other = re.sub(r"['’]s$", "", other.rstrip(".,"))
        marked = bool(match["marked"])
        if way in words_of("calls by a name") and not marked and not match["the"]:
            continue  # "Kask, called Reiss a liar"
        if way == "born" and " " not in other:
            continue  # "born Catholic"
        if other and other != name:
            yield other, name


@cache
def _beside() -> re.Pattern[str]:
    words = sorted(words_of("brings in another name") | words_of("calls by a name"), key=lambda way: (-len(way), way))
    ways = "|".join(re.escape(way).replace(r"\ ", r"\s") for way in words)
    return re.compile(
        rf"(?P<name>{_NAME}),?\s\(?(?:who\s(?:is|was)\s|who\s(?=goes|went)|whose\s)?(?P<way>{ways})\s(?:of\s|is\s|was\s)?(?P<the>the\s)?"
        rf"(?:{_MARK}(?:the\s)?(?P<marked>[A-Z][^\"“”«»\n]{{1,40}}?)[,.]?{_MARK}|(?P<bare>{_NAME}))"
    )


@lru_cache(maxsize=4)
def surnames(text: str) -> frozenset[str]:
    """The last words of names in two words, the first of which is a given name."""
    two = (name.split() for name in named_in_two_words(text))
    return frozenset(words[-1] for words in two if words[0].lower() in given())


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|President)\.? ([A-Z][\w’'-]{1,30})")


@lru_cache(maxsize=4)
def titled_names(text: str) -> frozenset[str]:
    """The words right behind a title of a person ("Mr. Orrin")."""
    return frozenset(_TITLED.findall(text))
