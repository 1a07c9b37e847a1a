"""Whether a mention is of a man, a woman or neither, by its words."""

from __future__ import annotations

from collections.abc import Mapping

from purport.model.analysis import Analysis
from purport.resolve.document.candidates import Candidate, person_of

_MALE = frozenset(
    "man men boy boys father son brother husband king prince uncle nephew grandfather gentleman lord sir mr mister "
    "actor businessman congressman chairman spokesman policeman fisherman widower duke monk priest emperor".split()
)
_FEMALE = frozenset(
    "woman women girl girls mother daughter sister wife queen princess aunt niece grandmother lady madam mrs ms miss "
    "actress businesswoman congresswoman chairwoman spokeswoman policewoman widow duchess nun empress".split()
)


def gender_of_noun(word: str) -> str:
    """ "m" or "f" of a noun that only a man, or a woman, is called by; else ""."""
    return "m" if word in _MALE else "f" if word in _FEMALE else ""


def gender_of(analysis: Analysis, one: Candidate, given: Mapping[str, float]) -> int:
    """1 a man, 2 a woman, 3 neither, 0 unknown."""
    person = person_of(analysis.word(one.head))
    if person:
        return {"he": 1, "she": 2, "it": 3}.get(person, 0)
    named = analysis.tokens[one.head].pos == "PROPN"
    near = [analysis.word(i).lower().strip(".") for i in range(one.first, one.head + 1)]
    if near[-1] in _MALE or (named and not _SIRS.isdisjoint(near)):
        return 1
    if near[-1] in _FEMALE or (named and not _LADIES.isdisjoint(near)):
        return 2
    share = next((given[word] for word in near if word in given), None) if named else None
    return 0 if share is None else 2 if share > SURELY else 1 if share < 1 - SURELY else 0


SURELY = 0.8
"""Share of those of a given name that are women, from which on it is taken for a woman's."""
_SIRS = frozenset({"mr", "sir", "lord", "king"})
_LADIES = frozenset({"mrs", "ms", "miss", "lady", "queen"})
