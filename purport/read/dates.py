"""A date as it was published -> ISO 8601, or nothing: a month or day that nobody said is never filled in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from purport.errors import UsageError

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name[:size]: n for n, name in enumerate(_MONTHS, 1) for size in (3, len(name))} | {"sept": 9}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ZONE = r"(?:[a-z]{1,5}|[+-]\d\d:?\d\d(?:\s*\([a-z]{1,5}\))?)"
_CLOCK = rf"(?:,?\s*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\s*[ap]\.?m\.?)?(?:\s*{_ZONE})?)?"
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_STAMP = re.compile(
    r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?(?:\s?(?:Z|[+-]\d\d(?::?\d\d)?))?", re.I
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_COMPACT_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
"""As GDELT has it."""
_EPOCH = re.compile(r"(\d{9,10}|(\d{9,10})\d{3})(?:\.\d+)?")
"""Seconds or milliseconds since 1970 began."""
_EPOCH_YEARS = range(1990, 2100)
_YEAR_AT_END = re.compile(_WEEKDAY + r"([a-z]+) (\d{1,2}) (\d\d:\d\d:\d\d)(?: ([+-]\d{4}))? (\d{4})", re.I)
"""As Twitter and C's `ctime` have it: "Tue Mar 04 10:00:00 +0000 2031"."""
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})" + _CLOCK, re.I)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _CLOCK, re.I)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4})" + _CLOCK, re.I
)
_MONTH_DAY = re.compile(_WEEKDAY + r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _CLOCK, re.I)
_MONTH_YEAR = re.compile(r"([a-z]+)\.?,?\s+(\d{4})", re.I)


def iso_date(text: str) -> str | None:
    """`text` as ISO 8601: "2031", "2031-04", "2031-04-02" or a date and time. None where it is not surely a date.

    "03/04/2031" may be March or April, so it is None; "13/04/2031" can only be April. A time of day is kept where
    the text is in ISO form itself or a machine's stamp (20310304101500, "Tue Mar 04 10:00:00 +0000 2031", seconds or
    milliseconds since 1970 from 1990 on), and left out else.
    """
    text = " ".join(text.split())
    if not text.isascii():
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        whole = _date(int(year), int(month or 1), int(day or 1))
        return None if whole is None else text
    if _STAMP.fullmatch(text):
        return _stamp(text)
    if found := _COMPACT_STAMP.fullmatch(text):
        year, month, day, hour, minute, second = found.groups()
        return _date(int(year), int(month), int(day)) and _stamp(f"{year}-{month}-{day}T{hour}:{minute}:{second}")
    if found := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(found[2] or found[1]), UTC)
        return at.isoformat() if at.year in _EPOCH_YEARS else None
    if found := _YEAR_AT_END.fullmatch(text):
        of_day = _date(int(found[5]), _MONTH.get(found[1].lower(), 0), int(found[2]))
        return of_day and _stamp(f"{of_day}T{found[3]}{found[4] or ''}")
    return _written(text)


def users_date(text: str) -> str:
    """A date that the user gave, as ISO 8601. Raises `UsageError` where it is not surely a date."""
    found = iso_date(text)
    if found is None:
        raise UsageError(f"{text!r} is not surely a date; write it as 2031-04-02, 2031-04 or 2031")
    return found


def _written(text: str) -> str | None:
    if found := _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _date(*(int(part) for part in found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        if first <= 12 and second <= 12 and first != second:
            return None
        return _date(year, first, second) if second > 12 else _date(year, second, first)
    if found := _DAY_MONTH.fullmatch(text):
        return _date(int(found[3]), _MONTH.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _date(int(found[3]), _MONTH.get(found[1].lower(), 0), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(text):
        whole = _date(int(found[2]), _MONTH.get(found[1].lower(), 0), 1)
        return whole and whole[:7]
    return None


def _stamp(text: str) -> str | None:
    shortened = (
        re.sub(r"([.,]\d{1,6})\d*", r"\1", text.upper()).replace(" +", "+").replace(" -", "-").replace(" Z", "Z")
    )
    try:
        return datetime.fromisoformat(shortened).isoformat()
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> str | None:
    if not 1000 <= year <= 2999:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
