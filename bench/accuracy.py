"""What `purport evaluate` prints of this build, on the gold that it is measured on."""

from __future__ import annotations

from collections.abc import Sequence

from bench.articles import EXAMPLES_GOLD, POLNEAR_DEV
from purport.analyse import parse
from purport.evaluate import Gold, Pair, Score, places_of, score
from purport.extract.attribution.find import attributions
from purport.model.document import Document
from purport.model.record import Attribution
from purport.read.files import read_bytes

RULES = "examples, rules alone"
"""The bundled gold once more, for what is found where no model is there."""
GOLD = {"examples": EXAMPLES_GOLD, RULES: EXAMPLES_GOLD, "PolNeAR dev": POLNEAR_DEV}
"""A row per gold standard: the bundled one, which is always there, and those that are used where they are."""
_NAMES = {"source": "token source", "cue": "token cue", "content": "token content"}


def scored(gold: Sequence[Gold], found: Sequence[Sequence[Attribution]]) -> dict[str, Score]:
    """The figures of `purport evaluate` by the names that floors have, of what was found in each text of the gold."""
    pairs = [
        Pair(one.text, places_of(own), annotated, 1 / len(one.annotated))
        for one, own in zip(gold, found, strict=True)
        for annotated in one.annotated
    ]
    return {_NAMES.get(name, name): one for name, one in score(pairs).items()}


def ruled(text: str) -> tuple[Attribution, ...]:
    """What the rules find in a text where no model is there."""
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return attributions(parse(document, tagger=False))
