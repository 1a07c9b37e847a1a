"""How sure an attribution is: a probability that its source and its content are right.

A logistic regression (Platt 1999) over what the tagger says of its parts and of their links, fitted on articles held
out of training, so that of the attributions with confidence .8 four in five are right by PolNeAR's measure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from purport.extract.attribution.join import Joined
from purport.extract.attribution.tagged import Likely
from purport.model.analysis import Link

NAMES = (
    "always", "content", "cue", "source", "no cue", "no source", "cue of content", "source of cue", "pieces",
    "length", "no cue and no source",
)  # fmt: skip
"""What is weighed, in the order of the weights."""


def evidence(one: Joined, likely: Likely) -> tuple[float, ...]:
    """The numbers that are weighed for an attribution, in the order of `NAMES`."""
    content = sum(_odds(role.confidence) for role in one.contents) / len(one.contents)
    cue = _odds(one.cue.confidence) if one.cue else 0.0
    source = _odds(one.source.confidence) if one.source else 0.0
    to_cue = min(_odds(likely(Link.CUE_OF_CONTENT, role, one.cue)) for role in one.contents) if one.cue else 0.0
    to_source = _odds(likely(Link.SOURCE_OF_CUE, one.cue, one.source)) if one.cue and one.source else 0.0
    return (
        1.0,
        content,
        cue,
        source,
        float(one.cue is None),
        float(one.source is None),
        to_cue,
        to_source,
        float(min(3, len(one.contents) - 1)),
        math.log(1 + sum(map(len, one.content))),
        float(one.cue is None and one.source is None),
    )


def confidence(numbers: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that they weigh, 0..1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(float.__mul__, numbers, weights))))))


def _odds(chance: float) -> float:
    """The logarithm of the odds, within bounds."""
    chance = min(0.999, max(0.001, chance))
    return math.log(chance / (1 - chance))
