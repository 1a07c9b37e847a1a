"""Expressions of time as TimeML's TIMEX3 (Pustejovsky et al. 2003): a type and a value in ISO 8601's manner.

What is relative is reckoned from the document's date, or from the date named last before it; where there is none the
expression is kept without a value. Nothing is filled in that nobody said: an X stands for each digit that is not told,
as TIMEX3 has it, so that "in March" of a text without a date is "XXXX-03".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from purport.lexicons.classes import listed, words_of
from purport.model.document import Block, Span
from purport.model.record import Proposition, Record, Timex
from purport.runtime.packed import packed
from purport.syntax.names_with_times import in_a_name

_MONTHS = (
    listed("months"),
    listed("short months"),
)
_DAYS = listed("weekdays")
_NUMBERS = {word: int(number) for word, number in map(str.split, listed("numbers"))}
_UNITS = dict(one.split() for one in listed("units of time"))
_RECURRING = dict(one.split() for one in listed("adverbs of recurrence"))
_BEFORE, _AFTER = ("last", "past", "previous"), ("next", "coming", "following")
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = dict(one.split() for one in listed("parts of the day"))
_FUTURE = frozenset({"predicted", "intended", "ordered"})

_month = "|".join(sorted({*_MONTHS[0], *(f"{m}\\.?" for m in _MONTHS[1]), "sept\\.?"}, key=len, reverse=True))
_day = "|".join(_DAYS)
_number = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_unit = "|".join(_UNITS)
_season = "|".join(_SEASONS)
_part = "morning|afternoon|evening|night"
_year = r"(?:1[0-9]|20)\d\d"
_nth = r"(?:3[01]|[12]?\d)(?:st|nd|rd|th)?"


@dataclass(frozen=True, slots=True)
class _Found:
    """A match while its value is worked out: `future` where what it belongs to is yet to come."""

    match: re.Match[str]
    today: date | None
    anchor: date | None
    future: bool

    def __getitem__(self, name: str) -> str:
        """A group in lower case; "" for one that the pattern lacks or that did not match."""
        groups = self.match.groupdict()
        found = groups.get(name) or (groups.get("half2") if name == "half" else None) or ""
        return found.strip().lower()


Told = tuple[str, str, date | None]
"""Type, value, and the day that what follows may be reckoned from."""


def _month_of(word: str) -> int:
    return next(n for n, known in enumerate(_MONTHS[1], 1) if word.startswith(known))


def _date(found: _Found) -> Told:
    month, day = _month_of(found["month"]), int(re.sub(r"\D", "", found["day"]))
    year = int(found["year"]) if found["year"] else _near_year(found, month, day)
    if year is None:
        return "DATE", f"XXXX-{month:02}-{day:02}", None
    try:
        exact = date(year, month, day)
    except ValueError:
        return "DATE", f"{year}-{month:02}", None
    return "DATE", exact.isoformat(), exact


def _near_year(found: _Found, month: int, day: int = 1) -> int | None:
    """The year of a day that is named without one: the nearest such day to the document's date."""
    today = found.today
    if today is None:
        return None
    years = (today.year - 1, today.year, today.year + 1)

    def distance(year: int) -> tuple[int, int]:
        away = (year - today.year) * 372 + (month - today.month) * 31 + day - today.day
        late = away < 0 if found.future else away > 0
        return abs(away) + (200 if late else 0), year

    return min(years, key=distance)


def _iso(found: _Found) -> Told:
    try:
        exact = date.fromisoformat(found.match[0])
    except ValueError:
        return "DATE", "", None
    return "DATE", exact.isoformat(), exact


def _month_year(found: _Found) -> Told:
    month = _month_of(found["month"])
    year = int(found["year"]) if found["year"] else _near_year(found, month)
    return "DATE", f"{year if year is not None else 'XXXX'}-{month:02}", None


def _year_alone(found: _Found) -> Told:
    return "DATE", found["year"] + (f"/{found['until']}" if found["until"] else ""), None


def _decade(found: _Found) -> Told:
    return "DATE", found["year"][:3], None


def _season_of(found: _Found) -> Told:
    season = _SEASONS[found["season"]]
    year: int | None = int(found["year"]) if found["year"] else None
    if year is None and found.today is not None:
        year = found.today.year + {"last": -1, "next": 1}.get(found["which"], 0)
        if found["which"] == "last" and found["season"] not in ("winter", "autumn", "fall"):
            year = found.today.year - (found.today.month < 9)
    return "DATE", f"{year if year is not None else 'XXXX'}-{season}", None


def _quarter(found: _Found) -> Told:
    which = {"first": 1, "second": 2, "third": 3, "fourth": 4}[found["nth"]]
    year = found["year"] or (str(found.today.year) if found.today else "XXXX")
    return "DATE", f"{year}-Q{which}", None


def _weekday(found: _Found) -> Told:
    number = _DAYS.index(found["weekday"])
    if found["each"] or found["plural"]:
        return "SET", f"XXXX-WXX-{number + 1}", None
    today = found.today
    if today is None:
        return "DATE", f"XXXX-WXX-{number + 1}", None
    ahead = (number - today.weekday()) % 7
    if found["which"] == "next":
        exact = today + timedelta(ahead or 7)
    elif found["which"] == "last":
        exact = today - timedelta((-ahead) % 7 or 7)
    else:
        exact = today + timedelta(ahead) if found.future else today - timedelta((-ahead) % 7)
    return _with_part(found, exact)


def _with_part(found: _Found, exact: date) -> Told:
    if found["part"]:
        return "TIME", f"{exact.isoformat()}T{_PARTS[found['part']]}", exact
    return "DATE", exact.isoformat(), exact


def _deictic(found: _Found) -> Told:
    words = found["word"]
    if words in words_of("words for the present"):
        return "DATE", "PRESENT_REF", None
    if words in ("recently", "lately", "in the past", "formerly", "previously"):
        return "DATE", "PAST_REF", None
    if words in ("in the future", "in future", "in the coming days", "soon"):
        return "DATE", "FUTURE_REF", None
    if found.today is None:
        return ("TIME" if words in ("tonight", "last night") else "DATE"), "", None
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2}
    exact = found.today + timedelta({"the day before yesterday": -2}.get(words, shift.get(words, 0)))
    if words in ("tonight", "last night"):
        return "TIME", f"{exact.isoformat()}TNI", exact
    return _with_part(found, exact)


def _this_part(found: _Found) -> Told:
    if found.today is None:
        return "TIME", "", None
    return "TIME", f"{found.today.isoformat()}T{_PARTS[found['part']]}", found.today


def _shifted_unit(found: _Found) -> Told:
    """ "last week", "this month", "next year"."""
    today = found.today
    by = -1 if found["which"] in _BEFORE else 1 if found["which"] in _AFTER else 0
    if found["which"] in ("previous", "following"):
        today = found.anchor
    if today is None:
        return "DATE", "", None
    unit = found["unit"]
    if unit == "year":
        return "DATE", str(today.year + by), None
    if unit == "month":
        count = today.year * 12 + today.month - 1 + by
        return "DATE", f"{count // 12}-{count % 12 + 1:02}", None
    if unit == "week":
        year, week, _ = (today + timedelta(7 * by)).isocalendar()
        return "DATE", f"{year}-W{week:02}", None
    if unit == "weekend":
        year, week, _ = (today + timedelta(7 * by)).isocalendar()
        return "DATE", f"{year}-W{week:02}-WE", None
    if unit == "decade":
        return "DATE", str(today.year // 10 + by), None
    if unit == "century":
        return "DATE", str(today.year // 100 + by), None
    return "DATE", (today + timedelta(by)).isoformat(), today + timedelta(by)


def _count(words: str) -> str:
    """A number in digits; "X" for one that is not told."""
    if words.isdigit():
        return words
    if words in _NUMBERS:
        return str(_NUMBERS[words])
    tens, _, ones = words.partition("-")
    if tens in _NUMBERS and ones in _NUMBERS:
        return str(_NUMBERS[tens] + _NUMBERS[ones])
    return "X"


def _length(count: str, unit: str) -> str:
    code = _UNITS[unit]
    if code[0] == "T":
        return f"PT{count}{code[1]}"
    times = re.match(r"\d*", code)
    factor = int(times[0]) if times is not None and times[0] else 1
    own = code.lstrip("0123456789")
    return f"P{int(count) * factor if count.isdigit() else 'X'}{own}"


def _duration(found: _Found) -> Told:
    return "DURATION", _length(_count(found["count"]), found["unit"]), None


def _ago(found: _Found) -> Told:
    """ "two days ago", "three weeks later"."""
    count, unit = _count(found["count"]), found["unit"]
    back = found["way"] in ("ago", "earlier", "before")
    base = found.today if found["way"] in ("ago", "from now") else found.anchor
    if base is None or not count.isdigit():
        return "DATE", "PAST_REF" if found["way"] == "ago" else "", None
    number = -int(count) if back else int(count)
    if unit in ("year", "decade", "century"):
        return "DATE", str(base.year + number * {"year": 1, "decade": 10, "century": 100}[unit]), None
    if unit == "month":
        total = base.year * 12 + base.month - 1 + number
        return "DATE", f"{total // 12}-{total % 12 + 1:02}", None
    if unit in ("week", "fortnight"):
        year, week, _ = (base + timedelta(7 * number * (2 if unit == "fortnight" else 1))).isocalendar()
        return "DATE", f"{year}-W{week:02}", None
    if unit in ("day", "night"):
        exact = base + timedelta(number)
        return "DATE", exact.isoformat(), exact
    return "TIME", base.isoformat(), base


def _from_anchor(found: _Found) -> Told:
    """ "the next day", "the day before", "that day"."""
    if found.anchor is None:
        return "DATE", "", None
    words = found["word"]
    by = -1 if "before" in words or "previous" in words else 0 if "same" in words or "that" in words else 1
    return "DATE", (found.anchor + timedelta(by)).isoformat(), found.anchor + timedelta(by)


def _set(found: _Found) -> Told:
    words, unit = found["word"], found["unit"]
    return "SET", _length("1", unit or _RECURRING.get(words, "day")), None


def _clock(found: _Found) -> Told:
    day = (found.anchor or found.today) if found.anchor or found.today else None
    hour = int(found["hour"])
    minute = found["minute"] or "00"
    half = found["half"].replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 24 or int(minute) > 59:
        return "TIME", "", None
    return "TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{hour:02}:{minute}", None


def _of_day(found: _Found) -> Told:
    value = _PARTS[found["word"]]
    day = (found.anchor or found.today) if found.anchor or found.today else None
    return (
        "TIME",
        f"{day.isoformat() if day else 'XXXX-XX-XX'}{value if value[0] == 'T' and ':' in value else 'T' + value}",
        None,
    )


class _Row(NamedTuple):
    """A kind of expression: how it looks, what it says, and words of which a text has at least one wherever one stands
    in it; none where it is told by digits alone, and so stands only where a digit does."""

    pattern: re.Pattern[str]
    told: Callable[[_Found], Told]
    needs: frozenset[str]


def _row(pattern: str, told: Callable[[_Found], Told], needs: Iterable[str] = ()) -> _Row:
    return _Row(re.compile(pattern, re.IGNORECASE), told, frozenset(needs))


_ANY_MONTH = frozenset({*_MONTHS[0], *_MONTHS[1], "sept"})
_ANY_DAY = frozenset({*_DAYS, *(f"{day}s" for day in _DAYS)})
_ANY_UNIT = frozenset({*_UNITS, *(f"{unit}s" for unit in _UNITS)})
_ANY_PART = frozenset(_part.split("|"))
_NOWADAYS = words_of("adverbs of now and then")
_RECURS = ("every", "each", "once", "twice", *_RECURRING)
_WORD, _DIGIT = re.compile(r"[a-z]+"), re.compile(r"\d")


_ROWS = (
    _row(r"\b\d{4}-\d{2}-\d{2}\b", _iso),
    _row(
        rf"\b(?:(?:{_day}),? )?(?P<month>{_month}) (?P<day>{_nth})(?:(?:,? |,)(?P<year>{_year}))?\b(?!:)",
        _date,
        _ANY_MONTH,
    ),
    _row(rf"\b(?P<day>{_nth})(?: of)? (?P<month>{_month})(?:,? (?P<year>{_year}))?\b", _date, _ANY_MONTH),
    _row(rf"\b(?:(?:early|mid|late)[ -])?(?P<month>{_month}),? (?:of )?(?P<year>{_year})\b", _month_year, _ANY_MONTH),
    _row(
        rf"\b(?:the )?(?:(?P<which>last|this|next) )?(?P<season>{_season}) (?:of )?(?P<year>{_year})\b",
        _season_of,
        _SEASONS,
    ),
    _row(rf"\b(?P<which>last|this|next) (?P<season>{_season})(?P<year>\b)", _season_of, _SEASONS),
    _row(rf"\b(?:the )?(?P<nth>first|second|third|fourth) quarter(?: of (?P<year>{_year}))?\b", _quarter, ("quarter",)),
    _row(r"\b(?:the )?(?:early |mid-|late )?(?P<year>1[0-9]\d0|20\d0)s\b", _decade),
    _row(
        rf"\b(?:(?P<which>last|next|this|(?P<each>every|each)) )?(?P<weekday>{_day})(?P<plural>s)?"
        rf"(?: (?P<part>{_part}))?\b",
        _weekday,
        _ANY_DAY,
    ),
    _row(
        rf"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night)"
        rf"(?: (?P<part>{_part}))?\b",
        _deictic,
        ("yesterday", "today", "tomorrow", "tonight", "last"),
    ),
    _row(
        r"\b(?P<word>now|currently|at present|nowadays|these days|at the moment|recently|lately|in the past(?! \w+ "
        rf"(?:{_unit}))|formerly|previously|in the future|in future(?! [a-z])|in the coming days)\b(?! that\b)",
        _deictic,
        _NOWADAYS,
    ),
    _row(rf"\bthis (?P<part>{_part})\b", _this_part, _ANY_PART),
    _row(
        rf"\b(?:(?:about|some|nearly|almost|more than|over|around) )?(?P<count>{_number}|\d+|several|many|few|a few"
        rf"|some)[ -](?P<unit>{_unit})s? (?P<way>ago|earlier|later|before|after that|from now)\b",
        _ago,
        _ANY_UNIT,
    ),
    _row(
        r"\b(?P<which>last|past|this|next|coming|previous|following) "
        r"(?P<unit>year|month|weekend|week|decade|century)\b",
        _shifted_unit,
        _ANY_UNIT,
    ),
    _row(
        r"\b(?P<word>the (?:next|following|previous|same) day|that (?:same )?day|the day (?:before|after))\b",
        _from_anchor,
        ("day",),
    ),
    _row(
        r"\b(?P<word>every|each|once an?|twice an?|daily|weekly|monthly|yearly|annually|nightly)"
        r"(?: (?P<unit>day|night|week|month|year))?(?<!every)(?<!each)(?<!once a)(?<!twice a)(?<!an)\b",
        _set,
        _RECURS,
    ),
    _row(
        rf"\b(?:(?:for|in|during|over) )?(?:the )?(?:(?:past|(?<!ll )(?<!ld )(?<!to )(?<!can )last|next|coming|first) "
        rf")?(?:(?:about|some|nearly|almost|more than|over|around|at least) )?(?P<count>(?:{_number})"
        rf"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
        rf"|\d+|several|many|a few|few|whole|entire)[ -](?P<unit>{_unit})s?\b(?! old\b|-long\b)",
        _duration,
        _ANY_UNIT,
    ),
    _row(rf"\b(?:for|over) (?P<count>)(?P<unit>{_unit})s\b", _duration, _ANY_UNIT),
    _row(
        r"(?<![\d:])\b(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)(?: ?(?P<half>[ap]\.?m\b\.?))?"
        r"|(?P<half2> ?[ap]\.?m\b\.?))",
        _clock,
    ),
    _row(r"\bat (?P<word>noon|midday|midnight|dawn|daybreak|dusk|nightfall)\b", _of_day, _PARTS),
    _row(
        r"(?=[12])"  # most places are none, and are told so at once
        rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\bby )|(?<=\buntil )|(?<=\bfrom )|(?<=\bduring )|(?<=\bto )|"
        rf"(?<=\bbefore )|(?<=\bafter )|(?<=\bthe )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)|(?<=\()|(?<=\bIn )|"
        rf"(?<=\bSince )|(?<=\bBy )|(?<=\byear ))(?P<year>{_year})(?:[-–](?P<until>{_year}))?\b(?![\d,.]*\d)"
        rf"(?! (?:{_unit})s)(?! people| men|%)",
        _year_alone,
    ),
    _row(
        rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\blast )|(?<=\bIn )|(?<=\bearly )|(?<=\blate ))"
        rf"(?P<month>{'|'.join(_MONTHS[0])})(?P<year>\b)(?! \d)",
        _month_year,
        _MONTHS[0],
    ),
)
"""How each kind of expression looks and what it says; of two that overlap the longer one holds, else the earlier."""


def timexes(
    text: str, blocks: Sequence[Block], published: str | None, future: Callable[[int], bool] = lambda _: False
) -> Iterator[Timex]:
    """All expressions of time, in order. `published` is the document's date (of "2031-04" nothing is reckoned);
    `future(position)` says whether what stands there is yet to come."""
    today = None
    if published is not None and len(published) >= 10:
        try:
            today = date.fromisoformat(published[:10])
        except ValueError:
            today = None
    anchor = today
    for block in blocks:
        for match, told in _matches(text, block.span):
            place = Span(match.start(), match.end())
            coming = future(match.start())
            kind, value, day = told(_Found(match, today, anchor, coming))
            anchor = day or anchor
            yield Timex(place, kind, value, coming)


def _meant(match: re.Match[str]) -> bool:
    """Whether it is no other word: months and days have a capital, and "a second" is rarely one of time."""
    told = match.groupdict()
    names = (told.get("month"), told.get("weekday"))
    if any(name and not name[0].isupper() for name in names) or in_a_name(match):
        return False
    return bool(match[0]) and not (
        told.get("unit") == "second" and (told.get("count") or "").lower() in ("a", "an", "")
    )


@lru_cache(maxsize=512)
def _matches(text: str, span: Span) -> Sequence[tuple[re.Match[str], Callable[[_Found], Told]]]:
    # Kept, since what a document's times mean is reckoned again once its claims are known.
    own = text[span.start : span.end].lower()
    words = set(_WORD.findall(own))
    digits = _DIGIT.search(own) is not None
    found = [
        (match, told)
        for pattern, told, needs in _ROWS
        if (not needs.isdisjoint(words) if needs else digits)
        for match in pattern.finditer(text, span.start, span.end)
        if _meant(match)
    ]
    # Of those that run into one another the longest holds; runs are short, however long the block is.
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[tuple[re.Match[str], Callable[[_Found], Told]]] = []
    run: list[tuple[re.Match[str], Callable[[_Found], Told]]] = []
    reach = span.start
    for pair in found:
        if pair[0].start() >= reach:
            kept += _longest(run)
            run = []
        run.append(pair)
        reach = max(reach, pair[0].end())
    return kept + _longest(run)


def _longest(
    run: list[tuple[re.Match[str], Callable[[_Found], Told]]],
) -> list[tuple[re.Match[str], Callable[[_Found], Told]]]:
    """Matches that overlap in a row, without those that a longer one meets; in order."""
    kept: list[tuple[re.Match[str], Callable[[_Found], Told]]] = []
    for match, told in sorted(run, key=lambda pair: (pair[0].start() - pair[0].end(), pair[0].start())):
        if all(match.end() <= other.start() or match.start() >= other.end() for other, _ in kept):
            kept.append((match, told))
    return sorted(kept, key=lambda pair: pair[0].start())


def dated(
    text: str, blocks: Sequence[Block], published: str | None, propositions: Sequence[Proposition]
) -> Sequence[Proposition]:
    """The propositions with the values of their times reckoned from that date of publication."""
    coming = {time.span.start for one in propositions for time in one.times if time.future}
    if not any(one.times for one in propositions):
        return propositions
    known = {time.span: time for time in timexes(text, blocks, published, lambda at: at in coming)}
    return packed(
        replace(one, times=tuple(known.get(time.span, time) for time in one.times)) if one.times else one
        for one in propositions
    )


def dated_record(record: Record) -> Record:
    """The record with the values of its times as its document's date of publication makes them."""
    document = record.document
    own = dated(document.text, document.blocks, document.metadata.published, record.propositions)
    return replace(record, propositions=own)
