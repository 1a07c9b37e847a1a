"""Names that are nearly another, for whoever mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from purport.resolve.corpus.folding import fold

LIKE = 62
"""Likeness (0..100) from which on a name is offered for another."""
_OFFERED = 3
"""Names that are offered at most."""


def nearly(asked: str, known: Iterable[str], least: float = LIKE) -> list[str]:
    """The names that are most like one, by at least so much, the likest first; of equal ones those that come first."""
    names = list(dict.fromkeys(known))
    folded = [fold(name) or name for name in names]
    scored = process.extract(fold(asked) or asked, folded, scorer=_alike, limit=_OFFERED, score_cutoff=least)
    return [names[at] for _, _, at in sorted(scored, key=lambda one: (-one[1], one[2]))]


def _alike(one: str, other: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """How alike two names are: as a whole, or one and a word of the other ("Breitbrt", "Breitbart News")."""
    whole = fuzz.ratio(one, other, score_cutoff=score_cutoff)
    words = max((fuzz.ratio(one, word) for word in other.split()), default=0.0)
    return float(max(whole, 0.95 * words, 0.95 * fuzz.token_sort_ratio(one, other)))
