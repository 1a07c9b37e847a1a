"""Versions of one article: what one outlet published again, corrected, updated or under another headline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from purport.stories.texts import StoryText

ALIKE = 0.5
"""The share of the smaller text's runs of words that the other must have (containment; Broder 1997): an update mostly
adds, so that what both have together is no measure."""
_RUN = 4
_LEAST = 12
"""Runs of words that a text must have: two short notes of one outlet are alike by its fixed phrases."""
_MOST = 200
"""Texts of one outlet that are compared with each other; beyond, each with so many next to it in time."""
_WORD = re.compile(r"\w+")


def versions(texts: Iterable[StoryText]) -> list[tuple[str, ...]]:
    """The ids of texts that are versions of one article, each article's by date (unknown last) and id, the earliest
    first; what has one version alone is left out. The order of `texts` does not matter; they are those of one story.
    """
    by_outlet: dict[str, list[StoryText]] = defaultdict(list)
    for text in texts:
        if text.outlet.strip():
            by_outlet[" ".join(text.outlet.split()).casefold()].append(text)
    found: list[tuple[str, ...]] = []
    for own in by_outlet.values():
        own.sort(key=lambda one: (one.published or "~", one.id))
        found += _groups(own)
    return sorted(found)


def _groups(texts: list[StoryText]) -> list[tuple[str, ...]]:
    runs = [_runs(one.text) for one in texts]
    root = list(range(len(texts)))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for later in range(len(texts)):
        for earlier in range(max(0, later - _MOST), later):
            if find(earlier) != find(later) and _same(runs[earlier], runs[later]):
                root[find(later)] = find(earlier)
    groups: dict[int, list[str]] = defaultdict(list)
    for at, one in enumerate(texts):
        groups[find(at)].append(one.id)
    return [tuple(ids) for ids in groups.values() if len(ids) > 1]


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller >= _LEAST and len(one & other) >= ALIKE * smaller


def _runs(text: str) -> frozenset[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
