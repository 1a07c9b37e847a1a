"""Keys: which person the initials or the code of a text stand for."""

from __future__ import annotations

import re

from purport.model.document import Span
from purport.syntax.speakers import names

_KEYED = re.compile(
    r"(?P<code>(?:[A-Za-z]\.){1,3}|[A-Z]{1,4}(?:-?\d{1,2})?)[ \t]{0,8}(?:is|=|:|[-–—]|[ \t]{2,8})[ \t]{0,8}"
    r"(?P<who>(?:the \w+ )?[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_a-z][\w.'’-]{0,30}){1,3})"
)
_BRACKETED = re.compile(
    r"(?P<who>(?:[^\W\d_a-z][\w.'’-]{0,30}[ \t]){1,4}[^\W\d_a-z][\w.'’-]{0,30})[ \t]\((?P<code>[A-Z]{2,4})\)"
)
_LED = re.compile(
    r"(?P<who>(?:[^\W\d_a-z][\w'’-]{0,30}[ \t]){1,4}[^\W\d_a-z][\w'’-]{0,30})[ \t]*\.{4,60}[ \t]*"
    r"(?P<code>(?:[A-Z]\.?-?){2,5})"
)
_ARTICLE = re.compile(r"(?:the \w+ )(?=[A-Z])")
_FAR = 4000
"""Characters from the beginning in which a key stands."""


def in_key(text: str, code: str) -> Span | bool:
    """Whom a line of a key gives a code to: a name; True where the line names nobody, False where there is none."""
    pattern = rf"^[ \t]*{re.escape(code)}(?:[ \t]{{2,}}|[ \t]*[=:–][ \t]*|\t)(?P<who>[^\W\d_][^\n,(;]{{2,60}})"
    match = re.compile(pattern, re.MULTILINE).search(text, 0, min(len(text), _FAR))
    if match is None:
        return False
    name = match["who"].strip()
    found = names(name) and len(name.split()) >= 2
    return Span(match.start("who"), match.start("who") + len(name)) if found else True


def keyed(text: str) -> dict[str, Span]:
    """The names that a key near the beginning of a text gives to codes: "e.h. is Edda Hoyen", "Gwen Abelard (GA)"."""
    found: dict[str, Span] = {}
    for match in _KEYED.finditer(text, 0, min(len(text), _FAR)):
        start = match.start("who")
        article = _ARTICLE.match(text, start)
        found.setdefault(match["code"], Span(article.end() if article else start, match.end("who")))
    for match in _LED.finditer(text, 0, min(len(text), _FAR)):
        found.setdefault(match["code"], Span(*match.span("who")))
    for match in _BRACKETED.finditer(text, 0, min(len(text), _FAR)):
        letters = [word[0] for word in re.split(r"[ -]", match["who"])]
        if letters[-1] == match["code"][-1] and match["code"][0] in letters:
            found.setdefault(match["code"], Span(*match.span("who")))
    return found
