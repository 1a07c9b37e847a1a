"""Live blogs: pages of posts that each have a time of their own, newest first or last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from purport.read.dates import iso_date

_LIVE = re.compile(
    r"\blive\b|\bas it happened\b|\bminute by minute\b|\blive-?blog\b|\bticker\b|\brolling (?:coverage|updates)\b", re.I
)
_WHO = re.compile(r"(?:^|[\s_-])(?:author|byline|contributor)(?:$|[\s_-])", re.I)
_LEAST = 3
"""Posts from which on a page is a live blog."""
_TAGS = ("article", "section", "div", "li")


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a live blog: its element, its time as an ISO 8601 date or date and time (None where it tells none), who
    wrote it and its heading ("" for none)."""

    element: Any
    published: str | None
    author: str
    title: str


def posts(tree: Any, title: str) -> list[Post]:
    """The posts of a page that calls itself live, in its order; none of any other page."""
    data = " ".join(script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    if not (_LIVE.search(title) or "LiveBlogPosting" in data):
        return []
    groups: dict[tuple[str, str], list[Any]] = {}
    for element in tree.iter(*_TAGS):
        classes = (element.get("class") or "").split()
        groups.setdefault((element.tag, classes[0] if classes else ""), []).append(element)
    best: list[Post] = []
    for group in groups.values():
        inner = set(group)
        timed = [
            (element, time)
            for element in group
            if (time := next(element.iter("time"), None)) is not None and inner.isdisjoint(element.iterancestors())
        ]
        if len(timed) >= max(_LEAST, len(best) + 1) and 2 * len(timed) >= len(group):
            best = [_post(element, time) for element, time in timed]
    return best


def _post(element: Any, time: Any) -> Post:
    heading = next(element.iter("h2", "h3", "h4"), None)
    who = next(
        (one for one in element.iter() if isinstance(one.tag, str) and _WHO.search(one.get("class") or "")), None
    )
    stamp = (time.get("datetime") or _words(time)).strip()
    return Post(element, iso_date(stamp), _words(who)[:100], _words(heading)[:300])


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
