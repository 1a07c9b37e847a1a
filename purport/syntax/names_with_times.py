"""Names that have a word of time in them: "China Daily", "the Daily Lantern", "Orrin Now", "Bloody Sunday"."""

from __future__ import annotations

import re

from purport.lexicons.classes import words_of

_BEFORE, _BEHIND = re.compile(r"[A-Z][\w’'-]* $"), re.compile(r" [A-Z]")
_NEAR = 30
"""Characters before a word in which another of the same name ends."""


def in_a_name(match: re.Match[str]) -> bool:
    """Whether a word of time with a capital is a word of a name: "China Daily", "the Daily Lantern", "Bloody Sunday".

    Which day of which year a named day is, its weekday does not tell.
    """
    word, text = match[0], match.string
    if not word[0].isupper():
        return False
    before = text[max(0, match.start() - _NEAR) : match.start()]
    named = _BEFORE.search(before)
    if named and named[0].strip().lower() in words_of("words before a weekday in a name"):
        return True
    if word.lower() not in words_of("times in names"):
        return False
    if named and not before.endswith(("The ", "On ")):
        return True
    return word in ("Daily", "Nightly", "Weekly", "Monthly") and _BEHIND.match(text, match.end()) is not None
